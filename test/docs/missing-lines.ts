const ANYTHING = "…";

/** The lines of a shortened text, between `…`, that don't stand in the whole text in one piece and behind those before them; empty when the text is what it says. */
export function missingLines(shortened: readonly string[], whole: readonly string[]): readonly string[] {
  let from = 0;
  let anchored = true;
  for (const piece of pieces(shortened)) {
    if (piece.length > 0) {
      const at = placeOf(piece, whole, from, anchored);
      if (at === -1) return piece;
      from = at + piece.length;
    }
    anchored = false;
  }
  return [];
}

function pieces(lines: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [[]];
  for (const line of lines) {
    if (line.trim() === ANYTHING) all.push([]);
    else all.at(-1)?.push(line);
  }
  return all;
}

function placeOf(piece: readonly string[], whole: readonly string[], from: number, anchored: boolean): number {
  for (let at = from; at <= (anchored ? from : whole.length - piece.length); at++)
    if (piece.every((line, i) => whole[at + i]?.trimEnd() === line.trimEnd())) return at;
  return -1;
}
