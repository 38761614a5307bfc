/** A place in a text: both numbers count from 1, the column in characters (code points). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The offsets at which the lines of sources begin. Sources are few and large, questions many, and go from one module of a program to the other. */
const tables: Map<string, readonly number[]> = new Map();

/** How many tables are kept. */
const keptTables = 32;

/** The offsets at which lines begin. A line ends with `\n`, `\r\n` or a lone `\r`. */
export function lineStarts(source: string): readonly number[] {
  const known = tables.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  if (source.includes("\r")) {
    for (const end of source.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  } else for (let end = source.indexOf("\n"); end >= 0; end = source.indexOf("\n", end + 1)) starts.push(end + 1);
  if (tables.size >= keptTables) tables.clear();
  tables.set(source, starts);
  return starts;
}

/** Line and column of a UTF-16 offset, which is brought into the text where it lies outside. */
export function positionAt(source: string, offset: number): Position {
  const starts = lineStarts(source);
  const place = Math.min(Math.max(offset, 0), source.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  let column = 1;
  for (let at = starts[low] ?? 0; at < place; column++) at += (source.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return { line: low + 1, column };
}
