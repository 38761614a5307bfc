import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

/** A file that is to be changed. */
export interface TargetFile {
  /** Its name in results. */
  readonly file: string;
  /** The machine's path, links followed. */
  readonly real: string;
  /** Its text as it is on the disk. */
  readonly text: string;
  /** The top folder of the Git work tree that it lies in; null where it lies in none. */
  readonly workTree: string | null;
}

/** Why a file can't be changed: its problem and what happened. */
export interface Refusal {
  readonly code: "fix-not-a-file" | "fix-outside" | "fix-encoding";
  readonly cause: string;
}

/**
 * Looks at a file that is to be changed. It must lie in one of the folders of {@link changeableFolders}, links followed: what a link leads to, or a base of an overlay, may be somebody
 * else's.
 */
export function targetFile(file: string, workingFolder: string, folders: readonly string[]): TargetFile | Refusal {
  const target = path.resolve(workingFolder, file);
  let real: string;
  try {
    real = realpathSync(target);
    if (!statSync(real).isFile()) return { code: "fix-not-a-file", cause: "it is no regular file" };
  } catch {
    return { code: "fix-not-a-file", cause: "there is no such file on the disk: it stands in an archive, or came from elsewhere" };
  }
  if (!folders.some((folder) => isWithin(folder, real)))
    return { code: "fix-outside", cause: "it lies outside of what was named, of the working folder and of their repositories" };
  const bytes = readFileSync(real);
  const text = bytes.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(bytes)) return { code: "fix-encoding", cause: "it is not UTF-8" };
  return { file, real, text, workTree: workTreeOf(real) };
}

/** The folders that files may be changed in: those that were named, those of named files, the working folder, and the Git work trees of all of them. */
export function changeableFolders(workingFolder: string, roots: readonly string[]): readonly string[] {
  const folders = roots.flatMap((root) => {
    const named = path.resolve(workingFolder, root);
    if (!existsSync(named)) return [];
    return [statSync(named).isDirectory() ? realpathSync(named) : realpathSync(path.dirname(named))];
  });
  return [realpathSync(workingFolder), ...folders].flatMap((folder) => [folder, workTreeOf(folder) ?? folder]);
}

function isWithin(folder: string, target: string): boolean {
  return target === folder || target.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

/** The nearest folder above with a `.git`, which of a work tree of its own is a file. */
export function workTreeOf(target: string): string | null {
  for (let here = target; ; here = path.dirname(here)) {
    if (existsSync(path.join(here, ".git"))) return here;
    if (path.dirname(here) === here) return null;
  }
}
