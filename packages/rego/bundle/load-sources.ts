import path from "node:path/posix";
import type { ModuleSource } from "../6-link/program.ts";
import { isPlainObject, type PlainObject } from "../runtime/value.ts";
import { DataTree } from "./data-tree.ts";
import { readDocument } from "./read-document.ts";

/** The files that sources are read from. Paths have forward slashes. Methods throw what the system says. */
export interface SourceFileSystem {
  /** The entries of a folder; null when the path is a file. */
  readonly list: (path: string) => readonly { readonly name: string; readonly folder: boolean }[] | null;
  readonly read: (path: string) => Uint8Array;
  /** Whether a file lies in a folder when links are followed. Without it all that are listed do. */
  readonly isInside?: (path: string, folder: string) => boolean;
}

/** What is wrong with a source that was to be loaded. */
export interface SourceFault {
  readonly file: string;
  readonly message: string;
  readonly remedy: string;
}

/** Modules and base documents, with all that was wrong. Whoever evaluates them should not when there are faults. */
export interface LoadedSources {
  readonly modules: readonly ModuleSource[];
  readonly data: PlainObject;
  readonly faults: readonly SourceFault[];
}

export interface LoadOptions {
  /** The version of the language that modules are in. */
  readonly version: "v0" | "v1" | "auto";
  /** Names of files and folders to leave out, where `*` stands for any characters. */
  readonly ignore?: readonly string[];
}

const MODULE = /\.rego$/u;
const DOCUMENT = /\.(?:json|ya?ml)$/u;
const DEEPEST = 64;

function ignored(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/gu, "\\$&"));
    return new RegExp(`^${source.join(".*")}$`, "u").test(name);
  });
}

/** `a.b:file` puts the documents of the file at `data.a.b`. Drive letters and files with a colon in their names are none. */
function splitPrefix(given: string): { readonly file: string; readonly prefix: readonly string[] } {
  const match = /^(?<prefix>[A-Za-z_]\w*(?:\.\w+)*):(?![\\/])(?<file>.+)$/u.exec(given);
  if (match?.groups === undefined) return { file: given, prefix: [] };
  const names = (match.groups["prefix"] ?? "").split(".");
  return { file: match.groups["file"] ?? "", prefix: names[0] === "data" ? names.slice(1) : names };
}

class Loader {
  readonly modules: ModuleSource[] = [];
  readonly tree: DataTree = new DataTree();
  readonly faults: SourceFault[] = [];
  readonly #files: SourceFileSystem;
  readonly #options: LoadOptions;
  readonly #seen: Set<string> = new Set();

  constructor(files: SourceFileSystem, options: LoadOptions) {
    this.#files = files;
    this.#options = options;
  }

  /** Loads what a user named: a folder with all below it, or a file, which must be one that can be loaded. */
  load(given: string): void {
    const { file, prefix } = splitPrefix(given);
    try {
      const entries = this.#files.list(file);
      if (entries === null) this.#file(file, prefix, true);
      else this.#folder(file, prefix, entries, 0);
    } catch (error) {
      this.#unreadable(file, error);
    }
  }

  #folder(
    folder: string,
    prefix: readonly string[],
    entries: readonly { readonly name: string; readonly folder: boolean }[],
    depth: number,
  ): void {
    if (depth > DEEPEST) {
      this.faults.push({
        file: folder,
        message: `folders are nested more than ${DEEPEST} deep`,
        remedy: "Name the folders that hold the sources.",
      });
      return;
    }
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (ignored(entry.name, this.#options.ignore ?? [])) continue;
      const inner = path.join(folder, entry.name);
      try {
        if (entry.folder) this.#folder(inner, [...prefix, entry.name], this.#files.list(inner) ?? [], depth + 1);
        else this.#file(inner, prefix, false);
      } catch (error) {
        this.#unreadable(inner, error);
      }
    }
  }

  #file(file: string, prefix: readonly string[], named: boolean): void {
    if (!MODULE.test(file) && !DOCUMENT.test(file) && !named) return;
    if (this.#seen.has(file)) return;
    this.#seen.add(file);
    const text = new TextDecoder().decode(this.#files.read(file));
    if (MODULE.test(file)) this.modules.push({ file, source: text, version: this.#options.version });
    else this.#document(file, prefix, text);
  }

  #document(file: string, prefix: readonly string[], text: string): void {
    if (file.endsWith(".tar.gz")) {
      this.faults.push({ file, message: "it is a bundle, not a document", remedy: "Load it as a bundle: --bundle." });
      return;
    }
    const { value, fault } = readDocument(file, text);
    if (fault !== null) {
      this.faults.push({ file, message: fault, remedy: "Correct it, leave it out with --ignore, or name the files that are meant." });
    } else if (prefix.length === 0 && !isPlainObject(value)) {
      this.faults.push({ file, message: "the document at the root of data is no object", remedy: `Put it below a name: name:${file}` });
    } else {
      const conflict = this.tree.add(prefix, value, file);
      if (conflict !== null) {
        const message = `data.${conflict.path.join(".")} is in ${conflict.other} already`;
        this.faults.push({ file, message, remedy: "Objects are merged, other values are not: take it from one of the two files." });
      }
    }
  }

  #unreadable(file: string, error: unknown): void {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const message = code === "ENOENT" ? "there is no such file or folder" : `it can't be read${code === "" ? "" : ` (${code})`}`;
    this.faults.push({ file, message, remedy: "Name files and folders that exist and can be read." });
  }
}

/**
 * Loads modules (`.rego`) and base documents (`.json`, `.yaml`, `.yml`) from files and folders, as `opa eval --data` does: a document lies at the path of its folder below
 * the folder that was named, whatever its file is called. Goes on after a fault and tells all of them.
 */
export function loadSources(paths: readonly string[], files: SourceFileSystem, options: LoadOptions): LoadedSources {
  const loader = new Loader(files, options);
  for (const each of paths) loader.load(each);
  return { modules: loader.modules, data: loader.tree.value, faults: loader.faults };
}
