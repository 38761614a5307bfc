import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Result } from "@holdfast/core";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { workTreeOf } from "./target-file.ts";

/** Folders that hold nothing that is rendered. */
const LEFT_OUT: ReadonlySet<string> = new Set([".git", "node_modules"]);
const PACKAGE = /^(?<file>.+?\.tgz)(?:\/|$)/u;
const IGNORE_FILES: readonly string[] = [".gitignore", ".holdfastignore"];

/**
 * A copy of what was scanned, in a temporary folder, at the same paths from there as from the root of the machine: the tools that render charts and overlays read files by
 * themselves, so what changes would do is tried where nothing is the user's.
 */
export class Mirror {
  /** The working folder's copy: from there everything has the names that results give it. */
  readonly workingFolder: string;
  readonly #root: string;
  readonly #original: string;
  /** Files that were written into it, by name. */
  #written: readonly string[] = [];

  /** Copies what a scan of these paths read. `root` is an empty folder. */
  constructor(
    root: string,
    workingFolder: string,
    { inputs }: Result,
    { paths, rendering, chartCache }: Pick<ScanConfiguration, "paths" | "rendering" | "chartCache">,
  ) {
    this.#root = root;
    this.#original = workingFolder;
    this.workingFolder = path.join(root, workingFolder);
    mkdirSync(this.workingFolder, { recursive: true });
    const rendered = inputs.rendered ?? [];
    const given = [...rendering.values, ...rendering.set, ...rendering.setFile].flatMap((option) => option.split(/[=,]/u));
    // It is there, whether or not a chart of it is used.
    if (chartCache !== undefined) mkdirSync(path.join(root, path.resolve(workingFolder, chartCache)), { recursive: true });
    for (const { file } of rendered) this.#copy(folderOf(path.resolve(workingFolder, file)));
    // A packaged chart is copied as it is.
    const packages = rendered.flatMap(({ file, files }) => [file, ...files]).flatMap((name) => PACKAGE.exec(name)?.groups?.["file"] ?? []);
    for (const name of [
      ...new Set(packages),
      ...rendered.flatMap(({ files }) => files),
      ...inputs.files.map(({ file }) => file),
      ...given,
      ...paths,
    ])
      this.#copyFile(path.resolve(workingFolder, name));
    for (const name of paths) this.#copyIgnoreFiles(path.resolve(workingFolder, name));
  }

  /** What a path that the user named is here. */
  pathOf(written: string): string {
    return path.isAbsolute(written) ? path.join(this.#root, written) : written;
  }

  /** Gives files these texts, and all others those that they have. */
  write(texts: ReadonlyMap<string, string>): void {
    for (const name of this.#written) {
      if (texts.has(name)) continue;
      const original = path.resolve(this.#original, name);
      this.#put(name, existsSync(original) ? readFileSync(original) : null);
    }
    for (const [name, text] of texts) this.#put(name, text);
    this.#written = [...texts.keys()];
  }

  /** Writes or removes a file of the copy, and never what a link leads to: that is the user's. */
  #put(name: string, content: string | Uint8Array | null): void {
    const copy = path.join(this.#root, path.resolve(this.#original, name));
    mkdirSync(path.dirname(copy), { recursive: true });
    if (!`${realpathSync(path.dirname(copy))}${path.sep}`.startsWith(`${realpathSync(this.#root)}${path.sep}`)) return;
    rmSync(copy, { force: true });
    if (content !== null) writeFileSync(copy, content);
  }

  #copy(folder: string): void {
    if (!existsSync(folder)) return;
    cpSync(folder, path.join(this.#root, folder), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !LEFT_OUT.has(path.basename(source)) && isCopied(source),
    });
  }

  #copyFile(file: string): void {
    const copy = path.join(this.#root, file);
    if (existsSync(copy) || !existsSync(file)) return;
    if (statSync(file).isFile()) {
      mkdirSync(path.dirname(copy), { recursive: true });
      copyFileSync(file, copy);
    } else if (statSync(file).isDirectory()) mkdirSync(copy, { recursive: true });
  }

  /** What says which files are left out, and where the repository ends. */
  #copyIgnoreFiles(target: string): void {
    const top = workTreeOf(target);
    for (let here = target; ; here = path.dirname(here)) {
      for (const name of IGNORE_FILES) this.#copyFile(path.join(here, name));
      if (here === top) mkdirSync(path.join(this.#root, here, ".git"), { recursive: true });
      if (here === top || path.dirname(here) === here) return;
    }
  }
}

/** Pipes, sockets and devices hold nothing that a tool should read. */
function isCopied(source: string): boolean {
  const stats = lstatSync(source);
  return stats.isFile() || stats.isDirectory() || stats.isSymbolicLink();
}

function folderOf(target: string): string {
  return existsSync(target) && statSync(target).isFile() ? path.dirname(target) : target;
}
