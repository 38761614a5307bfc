import path from "node:path";
import { systemError, type FileContent, type FileKind, type ListedFile } from "../file-system.ts";
import { archiveFault, type Archive, type ArchiveEntry } from "./archive.ts";
import { isArchiveName } from "./archive-name.ts";

/** How many links are followed one after the other. */
const MOST_LINKS = 40;

interface Folder {
  readonly names: Map<string, ArchiveEntry | undefined>;
}

/** The entries of an archive as a tree of folders. Paths are within the archive, with `/`; the empty one is its root. */
export class ArchiveTree {
  readonly #entries = new Map<string, ArchiveEntry>();
  readonly #folders = new Map<string, Folder>([["", { names: new Map() }]]);
  readonly #leaving: readonly string[];

  constructor({ entries, leaving }: Archive) {
    this.#leaving = leaving;
    // Of two entries of one name the later counts, as where it is unpacked.
    for (const entry of entries) {
      if (entry.kind === "directory") this.#folder(entry.path);
      else this.#add(entry);
    }
  }

  #add(entry: ArchiveEntry): void {
    if (this.#folders.has(entry.path)) return;
    this.#entries.set(entry.path, entry);
    this.#folder(parentOf(entry.path)).names.set(path.posix.basename(entry.path), entry);
  }

  #folder(folder: string): Folder {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const made: Folder = { names: new Map() };
    this.#folders.set(folder, made);
    this.#entries.delete(folder);
    this.#folder(parentOf(folder)).names.set(path.posix.basename(folder), undefined);
    return made;
  }

  list(folder: string): readonly ListedFile[] {
    const real = this.realPath(folder);
    const found = this.#folders.get(real);
    if (found === undefined) throw systemError(this.#entries.has(real) ? "ENOTDIR" : "ENOENT");
    const listed: ListedFile[] = [...found.names].map(([name, entry]) => listedFile(name, entry));
    const [first] = this.#leaving;
    if (real === "" && first !== undefined) {
      const reason = `${this.#leaving.length === 1 ? "an entry has a name that leaves" : `${this.#leaving.length} entries have names that leave`} the archive: ${JSON.stringify(first)}`;
      listed.push({ name: "", kind: "other", fault: archiveFault("archive-name", reason) });
    }
    return listed;
  }

  kindOf(target: string): Exclude<FileKind, "symlink"> {
    const real = this.realPath(target);
    if (this.#folders.has(real)) return "directory";
    return this.#entries.get(real)?.kind === "file" ? "file" : "other";
  }

  read(target: string, limit: number): FileContent {
    const real = this.realPath(target);
    const entry = this.#entries.get(real);
    if (entry === undefined || entry.kind !== "file") throw systemError(this.#folders.has(real) ? "EISDIR" : "ENOENT");
    return entry.size > limit ? { size: entry.size } : { size: entry.size, bytes: entry.read() };
  }

  /** The path that links lead to. Throws a `FileFault` for links that leave the archive, and as a file system does for what isn't there. */
  realPath(target: string): string {
    return this.#resolve(target, 0);
  }

  #resolve(target: string, links: number): string {
    if (links > MOST_LINKS) throw systemError("ELOOP");
    const parts = target.split("/").filter((part) => part !== "");
    let here = "";
    for (const [at, part] of parts.entries()) {
      here = here === "" ? part : `${here}/${part}`;
      const entry = this.#entries.get(here);
      if (entry?.kind !== "link") continue;
      const rest = parts.slice(at + 1).join("/");
      const led = targetOf(entry);
      const next = path.posix.normalize(`${led}/${rest}`).replace(/\/$/u, "");
      return this.#resolve(next === "." ? "" : next, links + 1);
    }
    if (!this.#entries.has(here) && !this.#folders.has(here)) {
      if (links > 0) throw archiveFault("archive-link", "its link names what the archive does not hold");
      throw systemError("ENOENT");
    }
    return here;
  }
}

/** Where a link leads, within the archive. */
function targetOf({ path: from, target = "" }: ArchiveEntry): string {
  const led = target.startsWith("/") ? target.slice(1) : path.posix.join(parentOf(from), target);
  const normal = path.posix.normalize(led);
  if (normal === ".." || normal.startsWith("../")) throw archiveFault("archive-link", "its link leaves the archive");
  return normal;
}

function parentOf(entry: string): string {
  const parent = path.posix.dirname(entry);
  return parent === "." ? "" : parent;
}

function listedFile(name: string, entry: ArchiveEntry | undefined): ListedFile {
  if (entry === undefined) return { name, kind: "directory" };
  if (entry.kind === "link") return { name, kind: "symlink" };
  if (entry.kind === "file" && isArchiveName(name))
    return { name, kind: "file", fault: archiveFault("archive-nested", "it lies within another archive") };
  return { name, kind: entry.kind };
}
