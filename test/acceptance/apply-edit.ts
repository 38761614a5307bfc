import type { Edit } from "@holdfast/core";

/** Applies the replacements of an edit to the text of its file, as an editor or a code host would: places are 1-based, columns in UTF-16 units, ends exclusive. */
export function applyEdit(text: string, { replacements }: Pick<Edit, "replacements">): string {
  const lineStarts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  const offset = (line: number, column: number): number => {
    const start = lineStarts[line - 1];
    if (start === undefined) throw new Error(`the file has no line ${line}`);
    return start + column - 1;
  };
  const pieces = replacements
    .map(({ startLine, startColumn, endLine, endColumn, text }) => ({
      start: offset(startLine, startColumn),
      end: offset(endLine, endColumn),
      text,
    }))
    .toSorted((a, b) => b.start - a.start);
  let edited = text;
  for (const piece of pieces) edited = edited.slice(0, piece.start) + piece.text + edited.slice(piece.end);
  return edited;
}

/** The text of a region: places are 1-based, the end exclusive. */
export function textAt(text: string, startLine: number, startColumn: number, endLine: number, endColumn: number): string {
  const lines = text.split("\n").slice(startLine - 1, endLine);
  const last = lines.length - 1;
  return lines.map((line, i) => line.slice(i === 0 ? startColumn - 1 : 0, i === last ? endColumn - 1 : undefined)).join("\n");
}
