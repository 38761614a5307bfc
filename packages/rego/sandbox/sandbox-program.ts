import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** The program of a sandbox's process, and all that it may read. */
export interface SandboxProgram {
  readonly file: string;
  readonly readable: readonly string[];
}

/**
 * The program that belongs to this code: built into one file beside a bundle, which is then all it may read; in the sources, the file beside this one, which may read the
 * package and the packages it depends on.
 */
export function sandboxProgram(): SandboxProgram {
  const here = import.meta.filename;
  if (!here.endsWith("sandbox-program.ts")) {
    const file = realpathSync(path.join(import.meta.dirname, "rego-sandbox.js"));
    return { file, readable: [file] };
  }
  const home = path.dirname(import.meta.dirname);
  const require = createRequire(import.meta.url);
  const packages = ["js-yaml", "re2js"].map((name) => {
    const entry = realpathSync(require.resolve(name));
    const end = entry.lastIndexOf(`${path.sep}${name}${path.sep}`) + name.length + 1;
    return `${entry.slice(0, end)}${path.sep}`;
  });
  return { file: path.join(import.meta.dirname, "child.ts"), readable: [`${home}${path.sep}`, ...packages] };
}
