import { displayWidth, sliceColumns } from "./display-width.ts";

/** A word in pieces that fit; a word that fits is its only piece. */
function pieces(word: string, width: number): readonly string[] {
  const all: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    const piece = sliceColumns(rest, 0, width);
    if (piece === "") break;
    all.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...all, rest];
}

/** Breaks prose into lines of at most `width` columns, between words, and inside a word only where it is wider than a line. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(2, width);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/u).flatMap((word) => pieces(word, room))) {
    if (word === "") continue;
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}
