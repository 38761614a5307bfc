import path from "node:path";
import type { FileContent, FileKind, FileSystem, ListedFile } from "../1-load/file-system.ts";

/** What stands under a path: text or bytes of a file, a link, a pipe, or something that the system refuses to open. */
export type MemoryNode =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly special: true }
  | { readonly refused: "file" | "directory" };

/** Files in memory under `/`, for tests. Folders are there because of what is in them; a name that ends in `/` is an empty folder. */
export function memoryFiles(tree: Readonly<Record<string, MemoryNode>>, stdin = ""): FileSystem {
  return new MemoryFiles(tree, stdin);
}

class MemoryFiles implements FileSystem {
  readonly #tree: ReadonlyMap<string, MemoryNode>;
  readonly #stdin: string;
  readonly #folders = new Set<string>(["/"]);

  constructor(tree: Readonly<Record<string, MemoryNode>>, stdin: string) {
    this.#tree = new Map(Object.entries(tree).filter(([name]) => !name.endsWith("/")));
    this.#stdin = stdin;
    for (const [name, node] of Object.entries(tree)) {
      if (name.endsWith("/")) this.#folders.add(name.slice(0, -1));
      if (isRefused(node) && node.refused === "directory") this.#folders.add(name);
      for (let folder = path.posix.dirname(name); !this.#folders.has(folder); folder = path.posix.dirname(folder))
        this.#folders.add(folder);
    }
  }

  readonly listFolder = async (folder: string): Promise<readonly ListedFile[]> => {
    const real = await this.realPath(folder);
    const node = this.#tree.get(real);
    if (isRefused(node)) throw refusal("EACCES");
    if (!this.#folders.has(real)) throw refusal("ENOTDIR");
    const names = new Set<string>();
    for (const name of [...this.#tree.keys(), ...this.#folders])
      if (name !== "/" && path.posix.dirname(name) === real) names.add(path.posix.basename(name));
    // In the reverse order, since systems promise none.
    return [...names]
      .sort()
      .reverse()
      .map((name) => ({ name, kind: this.#kind(path.posix.join(real, name)) }));
  };

  readonly kindOf = async (target: string): Promise<Exclude<FileKind, "symlink">> => {
    const kind = this.#kind(await this.realPath(target));
    return kind === "symlink" ? "other" : kind;
  };

  readonly readFile = async (target: string, limit: number): Promise<FileContent> => {
    const node = this.#tree.get(await this.realPath(target));
    if (isRefused(node)) throw refusal("EACCES");
    if (typeof node !== "string" && !(node instanceof Uint8Array)) throw refusal("EISDIR");
    return content(node, limit);
  };

  readonly realPath = async (target: string): Promise<string> => this.#resolve(target, 0);

  readonly readStdin = async (limit: number): Promise<FileContent> => content(this.#stdin, limit);

  #kind(real: string): FileKind {
    const node = this.#tree.get(real);
    if (this.#folders.has(real)) return "directory";
    if (typeof node === "object" && "link" in node) return "symlink";
    return typeof node === "object" && "special" in node ? "other" : "file";
  }

  #resolve(target: string, links: number): string {
    if (links > 20) throw refusal("ELOOP");
    let real = "/";
    const parts = target.split("/").filter((part) => part !== "");
    for (const [at, part] of parts.entries()) {
      real = path.posix.join(real, part);
      const node = this.#tree.get(real);
      if (typeof node !== "object" || !("link" in node)) continue;
      return this.#resolve(path.posix.resolve(path.posix.dirname(real), node.link, ...parts.slice(at + 1)), links + 1);
    }
    if (!this.#tree.has(real) && !this.#folders.has(real)) throw refusal("ENOENT");
    return real;
  }
}

function content(node: string | Uint8Array, limit: number): FileContent {
  const bytes = typeof node === "string" ? new TextEncoder().encode(node) : node;
  return bytes.length > limit ? { size: bytes.length } : { size: bytes.length, bytes };
}

function isRefused(node: MemoryNode | undefined): node is { readonly refused: "file" | "directory" } {
  return typeof node === "object" && "refused" in node;
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}
