import type { Inputs } from "@holdfast/core";
import type { Looked } from "./scan-view.ts";

/** A path as it is compared: without `./` before it and `/` behind it; the working folder is `.`. */
export function normalPath(path: string): string {
  let text = path;
  while (text.startsWith("./")) text = text.slice(2).replace(/^\/+/u, "");
  text = text.replace(/\/+$/u, "");
  return text === "" ? (path.startsWith("/") ? "/" : ".") : text;
}

/** Whether a path is another one, or lies below it. Standard input is below nothing. */
export function liesIn(path: string, folder: string): boolean {
  const [inner, outer] = [normalPath(path), normalPath(folder)];
  if (inner === outer) return true;
  if (inner === "-" || outer === "-") return false;
  if (outer === ".") return !inner.startsWith("/") && inner !== ".." && !inner.startsWith("../");
  return inner.startsWith(outer === "/" ? "/" : `${outer}/`);
}

/** Says whether a scan of these inputs would have seen what stands in a file. */
export function coveredFiles({ roots, files, account }: Inputs): (file: string | undefined) => Looked {
  const byName = new Map(files.map((file) => [file.file, file]));
  const lostFolders = files.filter(({ loader, lost }) => loader === "none" && lost > 0).map(({ file }) => file);
  return (file) => {
    if (file === undefined) {
      if (account.lost === 0) return { looked: true };
      return { looked: false, reason: "lost", why: "something could not be read, and it may stand there" };
    }
    const own = byName.get(file);
    if (own !== undefined && own.lost > 0) return { looked: false, reason: "lost", why: `${file} could not be read as a whole` };
    if (own !== undefined) return { looked: true };
    const lost = lostFolders.find((folder) => liesIn(file, folder));
    if (lost !== undefined) return { looked: false, reason: "lost", why: `${lost} could not be read` };
    if (roots.some((root) => liesIn(file, root))) return { looked: true };
    return { looked: false, reason: "not-covered", why: `${file} is in nothing of what was scanned (${roots.join(", ")})` };
  };
}
