// Source maps, version 3: https://tc39.es/ecma426/
import { positionAt } from "../diagnostics/line-table.ts";
import type { LinePlace } from "./code-writer.ts";

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The source map of some lines of code: each line points to the Rego it came from. */
export function sourceMap(lines: readonly LinePlace[]): string {
  const sources: string[] = [];
  const contents: string[] = [];
  const known = new Map<string, number>();
  let mappings = "";
  let last = { source: 0, line: 0, column: 0 };
  lines.forEach((line, i) => {
    if (i > 0) mappings += ";";
    if (line.origin === null) return;
    let source = known.get(line.origin.file);
    if (source === undefined) {
      source = sources.length;
      known.set(line.origin.file, source);
      sources.push(line.origin.file);
      contents.push(line.origin.source);
    }
    const position = positionAt(line.origin.source, line.origin.offset);
    const now = { source, line: position.line - 1, column: position.column - 1 };
    mappings += vlq(2 * line.depth) + vlq(now.source - last.source) + vlq(now.line - last.line) + vlq(now.column - last.column);
    last = now;
  });
  return JSON.stringify({ version: 3, sources, sourcesContent: contents, names: [], mappings });
}

/** A number in base 64, five bits a digit, the sign in the lowest bit. */
function vlq(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = "";
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += digits.charAt(rest > 0 ? digit | 32 : digit);
  } while (rest > 0);
  return text;
}
