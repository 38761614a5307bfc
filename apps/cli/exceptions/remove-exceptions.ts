import type { ObjectPath } from "@holdfast/core";
import type { ReadException } from "@holdfast/judge/exceptions";
import type { DocumentSpan, ExceptionFile, FileDocument } from "./read-exception-files.ts";

/** The list that an exception is an element of; null where it is a document of its own. */
function listOf(path: ObjectPath): ObjectPath | null {
  return path.length === 0 ? null : path.slice(0, -1);
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The elements of a list of exceptions that are cut out; null where it is one that can't be cut in. `cut` are their places, ascending. */
function cutsInList(
  text: string,
  document: FileDocument,
  list: ObjectPath,
  size: number,
  cut: readonly number[],
): readonly DocumentSpan[] | null {
  const whole = document.spanOf(list);
  const spans = Array.from({ length: size }, (_, index) => document.spanOf([...list, index]));
  if (whole === null || spans.some((span) => span === null)) return null;
  const elements = spans.filter((span) => span !== null);
  const flow = text[whole.start] === "[";
  const start = (index: number): number => {
    const at = elements[index]?.start ?? whole.end;
    return flow ? at : startOfLine(text, at);
  };
  return cut.map((index): DocumentSpan => {
    if (index + 1 < size) return { start: start(index), end: start(index + 1) };
    // The last one goes with the comma or line break before it, from the end of the last that stays.
    let kept = index - 1;
    while (cut.includes(kept)) kept--;
    if (!flow) return { start: start(index), end: Math.max(whole.end, elements[index]?.end ?? 0) };
    return { start: elements[kept]?.end ?? start(index), end: elements[index]?.end ?? whole.end };
  });
}

/** The parts of a file to cut out so that some of its exceptions are gone; null where it is written in a way that can't be cut. */
export function cutsFor(
  { text, documents }: ExceptionFile,
  all: readonly ReadException[],
  removed: ReadonlySet<ReadException>,
): readonly DocumentSpan[] | null {
  const cuts: DocumentSpan[] = [];
  for (const document of documents) {
    const own = all.filter((one) => one.document === document);
    const gone = own.filter((one) => removed.has(one));
    if (gone.length === 0) continue;
    if (gone.length === own.length) {
      cuts.push(document.span);
      continue;
    }
    const lists = Map.groupBy(gone, ({ path }) => JSON.stringify(listOf(path)));
    for (const [key, members] of lists) {
      const list = JSON.parse(key) as ObjectPath | null;
      if (list === null) return null;
      const size = own.filter(({ path }) => JSON.stringify(listOf(path)) === key).length;
      const places = members.map(({ path }) => Number(path.at(-1))).toSorted((a, b) => a - b);
      // All of a list within a list: its brackets would stay, and that is for a person to do.
      if (members.length === size) return null;
      const found = cutsInList(text, document, list, size, places);
      if (found === null) return null;
      cuts.push(...found);
    }
  }
  return cuts;
}
