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

/** What of the inputs could not be read or expanded: files, and the charts and overlays that go by a folder or a file. */
function lostInputs({ files, notExpanded }: Inputs): ReadonlySet<string> {
  return new Set([...files.filter(({ lost }) => lost > 0), ...(notExpanded ?? [])].map(({ file }) => file));
}

/** The inputs of which more was lost than in the other scan: files, and the charts and overlays that go by a folder or a file. */
export function newlyLost(inputs: Inputs, other: Inputs): readonly string[] {
  const before = new Map(other.files.map(({ file, lost }) => [file, lost]));
  return inputs.files.filter(({ file, lost }) => lost > (before.get(file) ?? 0)).map(({ file }) => file);
}

/** What was rendered from a file, or should have been. */
function renderedFrom(file: string, { rendered = [] }: Inputs): readonly string[] {
  return rendered.filter((unit) => unit.files.includes(file) || liesIn(file, unit.file)).map((unit) => unit.file);
}

/** The same as `made`, made once for each argument. */
function once<V>(made: (key: string) => V): (key: string) => V {
  const known = new Map<string, V>();
  return (key) => {
    const own = known.get(key) ?? made(key);
    known.set(key, own);
    return own;
  };
}

/** Whether a file or folder is there now, read or not; null where nobody can look. */
export type IsThere = ((file: string) => boolean) | null;

/** Whether a scan read a file, by itself or as a part of something that it rendered. */
function isRead(file: string, inputs: Inputs): boolean {
  const { files, rendered = [] } = inputs;
  // What goes by a folder, a chart say, may now be a part of another.
  return (
    files.some((one) => one.file === file) ||
    renderedFrom(file, inputs).length > 0 ||
    rendered.some((unit) => unit.files.some((one) => liesIn(one, file)))
  );
}

/** Whether a scan left a file out that lies in what was scanned and is there. */
export function isIgnored(file: string, inputs: Inputs, isThere: IsThere): boolean {
  return isThere?.(file) === true && inputs.roots.some((root) => liesIn(file, root)) && !isRead(file, inputs);
}

/** What held objects in the other scan, and is left out now by ignore files: where nobody can look, what is gone while more is left out. */
export function newlyIgnored(inputs: Inputs, other: Inputs, isThere: IsThere): readonly string[] {
  if (isThere === null && inputs.account.ignored <= other.account.ignored) return [];
  const own = new Set(inputs.files.map(({ file }) => file));
  return other.files
    .filter(({ file, resources }) => !own.has(file) && resources > 0 && isIgnored(file, inputs, isThere ?? (() => true)))
    .map(({ file }) => file);
}

/**
 * Says whether a scan of these inputs would have seen an object of a file. An object that was rendered would not have been seen where what renders it, now or in the other
 * scan, could not be rendered; nor is one known to be gone where a file that the other scan does not have could not be read: it may have been moved there.
 */
export function coveredFiles(inputs: Inputs): (file: string | undefined, other: Inputs | null) => Looked {
  const { roots, files, account } = inputs;
  const names = new Set(files.map(({ file }) => file));
  const lost = lostInputs(inputs);
  const lostFolders = files.filter((file) => file.loader === "none" && file.lost > 0).map(({ file }) => file);
  const unitsOf = once((file) => renderedFrom(file, inputs));
  // A file that was lost now and that the other scan does not have.
  const strangerOf = (other: Inputs | null): string | undefined => {
    if (other === null) return undefined;
    const known = new Set(other.files.map((one) => one.file));
    return files.find((one) => one.lost > 0 && !known.has(one.file))?.file;
  };
  const lookedInto = (file: string, other: Inputs | null, stranger: string | undefined): Looked => {
    const gone = (why: string): Looked => ({ looked: false, reason: "lost", why });
    if (lost.has(file)) return gone(`${file} could not be read as a whole`);
    const unit = [...unitsOf(file), ...(other === null ? [] : renderedFrom(file, other))].find((one) => lost.has(one));
    if (unit !== undefined) return gone(`${unit}, which it is part of, could not be rendered as a whole`);
    if (names.has(file)) return { looked: true };
    const folder = lostFolders.find((one) => liesIn(file, one));
    if (folder !== undefined) return gone(`${folder} could not be read`);
    if (!roots.some((root) => liesIn(file, root)))
      return { looked: false, reason: "not-covered", why: `${file} is in nothing of what was scanned (${roots.join(", ")})` };
    return stranger === undefined ? { looked: true } : gone(`${stranger} could not be read, and it may stand there now`);
  };
  let before: Inputs | null = null;
  let answers = once((file) => lookedInto(file, null, undefined));
  return (file, other) => {
    if (file === undefined) {
      if (account.lost === 0) return { looked: true };
      return { looked: false, reason: "lost", why: "something could not be read, and it may stand there" };
    }
    if (other !== before) {
      before = other;
      const stranger = strangerOf(other);
      answers = once((one) => lookedInto(one, other, stranger));
    }
    return answers(file);
  };
}
