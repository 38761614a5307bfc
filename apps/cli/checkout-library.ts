import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { compileLibrary, readLibrary, type CompiledLibrary, type ImageSignatures, type LibraryFile } from "@holdfast/posture";

/** All files of a library's folder that say something: pages, rules, frameworks, parameters. */
export function libraryFiles(folder: string): readonly LibraryFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|rego|ya?ml)$/u.test(entry.name))
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return { path: path.relative(folder, file).split(path.sep).join("/"), text: readFileSync(file, "utf8") };
    });
}

/** The files of a checkout's library. */
export function checkoutFiles(): readonly LibraryFile[] {
  return libraryFiles(path.join(import.meta.dirname, "../../library"));
}

/** The control library of a checkout, compiled now; `signatures` answers rules about the signatures of images. */
export function checkoutLibrary(signatures: ImageSignatures | null = null): CompiledLibrary {
  return compileLibrary(readLibrary(checkoutFiles()), signatures);
}
