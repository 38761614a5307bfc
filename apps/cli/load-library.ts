import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Library } from "@holdfast/core";
import { compileLibrary, linkLibrary, readLibrary, type CompiledLibrary, type PrecompiledRules, type LibraryFile } from "@holdfast/posture";

/** All files of a library's folder that say something: pages, rules, frameworks, parameters. */
export function libraryFiles(folder: string): readonly LibraryFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|rego|ya?ml)$/u.test(entry.name))
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return { path: path.relative(folder, file).split(path.sep).join("/"), text: readFileSync(file, "utf8") };
    });
}

/**
 * The control library: compiled when the project was built, beside the bundle; in a checkout that was not built, compiled now from `library/`.
 */
export async function loadLibrary(): Promise<CompiledLibrary> {
  const facts = path.join(import.meta.dirname, "library.json");
  if (existsSync(facts)) {
    const rules = (await import(pathToFileURL(path.join(import.meta.dirname, "library-rules.js")).href)) as PrecompiledRules;
    return linkLibrary(JSON.parse(readFileSync(facts, "utf8")) as Library, rules);
  }
  return compileLibrary(readLibrary(libraryFiles(path.join(import.meta.dirname, "../../library"))));
}
