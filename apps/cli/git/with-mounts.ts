import path from "node:path";
import type { FileContent, FileKind, FileSystem, ListedFile } from "@holdfast/posture";

/** A file system in which folders of the machine are seen at other paths too, the keys of `mounts`: a repository that was fetched, at the path that results name its files by. */
export function withMounts(files: FileSystem, mounts: ReadonlyMap<string, string>): FileSystem {
  return mounts.size === 0 ? files : new FilesWithMounts(files, mounts);
}

/** Where a file that is seen at a path lies on the machine. */
export function fileBehind(mounts: ReadonlyMap<string, string>, target: string): string {
  for (const [at, folder] of mounts) if (target.startsWith(at + path.sep)) return path.join(folder, path.relative(at, target));
  return target;
}

class FilesWithMounts implements FileSystem {
  readonly #files: FileSystem;
  readonly #mounts: ReadonlyMap<string, string>;

  constructor(files: FileSystem, mounts: ReadonlyMap<string, string>) {
    this.#files = files;
    this.#mounts = mounts;
  }

  readonly listFolder = async (folder: string): Promise<readonly ListedFile[]> => this.#files.listFolder(this.#real(folder));

  readonly kindOf = async (target: string): Promise<Exclude<FileKind, "symlink">> => this.#files.kindOf(this.#real(target));

  readonly readFile = async (target: string, limit: number): Promise<FileContent> => this.#files.readFile(this.#real(target), limit);

  readonly readStdin = async (limit: number): Promise<FileContent> => this.#files.readStdin(limit);

  /** What links lead to within the mount stays there; what they lead to outside is named as it is, and whoever asks sees that they leave. */
  readonly realPath = async (target: string): Promise<string> => {
    const found = this.#find(target);
    if (found === undefined) return this.#files.realPath(target);
    const [root, real] = await Promise.all([
      this.#files.realPath(found.folder),
      this.#files.realPath(path.join(found.folder, found.within)),
    ]);
    const within = path.relative(root, real);
    return within === ".." || within.startsWith(`..${path.sep}`) || path.isAbsolute(within) ? real : path.join(found.at, within);
  };

  #real(target: string): string {
    const found = this.#find(target);
    return found === undefined ? target : path.join(found.folder, found.within);
  }

  #find(target: string): { readonly at: string; readonly folder: string; readonly within: string } | undefined {
    for (const [at, folder] of this.#mounts)
      if (target === at || target.startsWith(at + path.sep)) return { at, folder, within: path.relative(at, target) };
    return undefined;
  }
}
