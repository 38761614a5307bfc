import type { Replacement } from "@holdfast/core";
import type { LineIndex } from "../yaml/line-index.ts";

/** Puts `text` in place of what stands from `start` up to `end`; an insertion where both are the same. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Edits in the order of the text, those that touch joined into one. Edits that overlap contradict each other: null. Insertions at one place keep the order
 * in which they were given.
 */
export function joinEdits(edits: readonly TextEdit[]): TextEdit[] | null {
  const joined: TextEdit[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last === undefined || edit.start > last.end) {
      joined.push(edit);
    } else if (edit.start === last.end) {
      joined[joined.length - 1] = { start: last.start, end: edit.end, text: last.text + edit.text };
    } else {
      return null;
    }
  }
  return joined.filter((edit) => edit.start !== edit.end || edit.text !== "");
}

/** Applies edits as {@link joinEdits} gives them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

/** Edits as a result writes them, by line and column. */
export function replacementsOf(lines: LineIndex, edits: readonly TextEdit[]): Replacement[] {
  return edits.map((edit) => {
    const start = lines.placeOf(edit.start);
    const end = lines.placeOf(edit.end);
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column, text: edit.text };
  });
}
