import path from "node:path";
import type { FileContent, FileKind, FileSystem, ListedFile } from "../file-system.ts";
import { ARCHIVE_LIMITS, archiveFault } from "./archive.ts";
import { archivePrefixes, isArchiveName } from "./archive-name.ts";
import type { ArchiveTree } from "./archive-tree.ts";

/**
 * A file system in which archives are folders: what `deploy.tar.gz` holds stands under `deploy.tar.gz/`.
 * An archive is read when somebody looks into it; its faults are those of the folder that it stands for.
 */
export function withArchives(files: FileSystem): FileSystem {
  return new FilesWithArchives(files);
}

/** A path that lies in an archive, or is one. */
interface Inside {
  readonly archive: string;
  readonly tree: ArchiveTree;
  /** The path within it, with `/`; empty for the archive itself. */
  readonly within: string;
}

class FilesWithArchives implements FileSystem {
  readonly #files: FileSystem;
  /** By the archive's path: what is in it, or null for what is no archive but a folder. */
  readonly #trees = new Map<string, Promise<ArchiveTree | null>>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  readonly listFolder = async (folder: string): Promise<readonly ListedFile[]> => {
    const inside = await this.#inside(folder);
    if (inside !== null) return inside.tree.list(inside.within);
    const listed = await this.#files.listFolder(folder);
    return listed.some(({ name }) => isArchiveName(name)) ? Promise.all(listed.map(async (one) => this.#listed(folder, one))) : listed;
  };

  readonly kindOf = async (target: string): Promise<Exclude<FileKind, "symlink">> => {
    if (isArchiveName(target) && (await this.#isFaulty(target))) return "directory";
    const inside = await this.#inside(target);
    return inside === null ? this.#files.kindOf(target) : inside.tree.kindOf(inside.within);
  };

  readonly readFile = async (target: string, limit: number): Promise<FileContent> => {
    const inside = await this.#inside(target);
    return inside === null ? this.#files.readFile(target, limit) : inside.tree.read(inside.within, limit);
  };

  readonly realPath = async (target: string): Promise<string> => {
    if (isArchiveName(target) && (await this.#isFaulty(target))) return this.#files.realPath(target);
    const inside = await this.#inside(target);
    if (inside === null) return this.#files.realPath(target);
    const archive = await this.#files.realPath(inside.archive);
    return path.join(archive, ...inside.tree.realPath(inside.within).split("/"));
  };

  readonly readStdin = async (limit: number): Promise<FileContent> => this.#files.readStdin(limit);

  /** An archive is listed as a folder, also one that can't be read: whoever goes into it learns why. */
  async #listed(folder: string, one: ListedFile): Promise<ListedFile> {
    if (one.kind !== "file" || !isArchiveName(one.name)) return one;
    const target = path.join(folder, one.name);
    if (await this.#isFaulty(target)) return { name: one.name, kind: "directory" };
    return (await this.#tree(target)) === null ? one : { name: one.name, kind: "directory" };
  }

  async #isFaulty(archive: string): Promise<boolean> {
    return this.#tree(archive).then(
      () => false,
      () => true,
    );
  }

  async #inside(target: string): Promise<Inside | null> {
    for (const archive of archivePrefixes(target)) {
      const tree = await this.#tree(archive);
      if (tree !== null) return { archive, tree, within: path.relative(archive, target).split(path.sep).join("/") };
    }
    return null;
  }

  async #tree(archive: string): Promise<ArchiveTree | null> {
    const known = this.#trees.get(archive);
    if (known !== undefined) return known;
    const made = this.#open(archive);
    this.#trees.set(archive, made);
    return made;
  }

  async #open(archive: string): Promise<ArchiveTree | null> {
    try {
      if ((await this.#files.kindOf(archive)) !== "file") return null;
    } catch {
      // Whoever asked for it asks again beneath, and learns why.
      return null;
    }
    const { bytes, size } = await this.#files.readFile(archive, ARCHIVE_LIMITS.packed);
    if (bytes === undefined)
      throw archiveFault("archive-too-large", `it has ${size} bytes, more than the ${ARCHIVE_LIMITS.packed} (256 MiB) that are read`);
    const [{ readTar }, { readZip }, { ArchiveTree: Tree }] = await Promise.all([
      import("./read-tar.ts"),
      import("./read-zip.ts"),
      import("./archive-tree.ts"),
    ]);
    return new Tree(/\.zip$/iu.test(archive) ? readZip(bytes) : await readTar(bytes));
  }
}
