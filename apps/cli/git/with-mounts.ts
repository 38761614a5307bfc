import path from "node:path";
import type { FileContent, FileFault, FileKind, FileSystem, ListedFile } from "@holdfast/posture";

/** A folder of the machine that is seen elsewhere; or why there is nothing to see. */
export type Mount = { readonly folder: string } | { readonly fault: FileFault };

/** A file system in which folders are seen at other paths too: a repository that was fetched, at the path that results name its files by. */
export function withMounts(files: FileSystem, mounts: ReadonlyMap<string, Mount>): FileSystem {
  return mounts.size === 0 ? files : new FilesWithMounts(files, mounts);
}

/** Where a file that is seen at a path lies on the machine. */
export function fileBehind(mounts: ReadonlyMap<string, Mount>, target: string): string {
  for (const [at, mount] of mounts)
    if ("folder" in mount && target.startsWith(at + path.sep)) return path.join(mount.folder, path.relative(at, target));
  return target;
}

class FilesWithMounts implements FileSystem {
  readonly #files: FileSystem;
  readonly #mounts: ReadonlyMap<string, Mount>;

  constructor(files: FileSystem, mounts: ReadonlyMap<string, Mount>) {
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
    for (const [at, mount] of this.#mounts) {
      if (target !== at && !target.startsWith(at + path.sep)) continue;
      if ("fault" in mount) throw mount.fault;
      return { at, folder: mount.folder, within: path.relative(at, target) };
    }
    return undefined;
  }
}
