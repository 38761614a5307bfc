import { access } from "node:fs/promises";
import path from "node:path";

/** The way from the root of the Git repository that a folder is in to the folder, with `/` between and at the end; empty at the root and outside of any. */
export async function sourcePrefix(folder: string): Promise<string> {
  for (let root = folder; ; root = path.dirname(root)) {
    try {
      await access(path.join(root, ".git"));
      const way = path.relative(root, folder).split(path.sep).join("/");
      return way === "" ? "" : `${way}/`;
    } catch {
      if (path.dirname(root) === root) return "";
    }
  }
}
