import type { Source } from "@holdfast/core";
import { displayWidth } from "../terminal/display-width.ts";
import { printable } from "../terminal/printable.ts";

/** A line of a listing: code with its number, an underline, or a gap where lines were left out. */
export interface ListingLine {
  readonly kind: "code" | "marked" | "removed" | "added" | "underline" | "gap";
  /** The line's number in its file. */
  readonly number?: number;
  /** Printable, without the number. */
  readonly text: string;
}

// What stands for a secret in an excerpt.
const MASK = "•••";
// What stands for the beginning of a line that is another object's.
const OTHERS = "… ";
const BEFORE = 2;
const AFTER = 1;
// Of a longer range only the start is shown.
const MOST_MARKED = 6;

/** The spaces and carets that underline a range of one line; null where there is nothing to underline. */
function underline(line: string, { column, endColumn }: Source): string | null {
  const mask = line.indexOf(MASK);
  // What is masked has another length than the secret, so what stands behind it has moved.
  if (column > line.length || line.startsWith(OTHERS) || (mask !== -1 && mask < column - 1)) return null;
  const before = displayWidth(printable(line.slice(0, column - 1)));
  const end = mask === column - 1 ? mask + MASK.length : (endColumn ?? column + 1) - 1;
  const length = displayWidth(printable(line.slice(column - 1, end)));
  return " ".repeat(before) + "^".repeat(Math.max(1, length));
}

/** The offending lines with a little around them; marked, and underlined where the place is exact. */
export function codeFrame(source: Source): readonly ListingLine[] {
  const { line: from, excerpt, exact } = source;
  if (excerpt.text === "") return [];
  const to = Math.max(from, source.endLine ?? from);
  const shownTo = exact ? Math.min(to, from + MOST_MARKED - 1) : from;
  const frame: ListingLine[] = [];
  for (const [i, line] of excerpt.text.split("\n").entries()) {
    const number = excerpt.line + i;
    if (number < from - BEFORE || number > shownTo + AFTER) continue;
    if (number > shownTo && shownTo < to && exact) {
      frame.push({ kind: "gap", text: `${to - shownTo} more lines` });
      break;
    }
    const text = printable(line).trimEnd();
    const marked = number >= from && number <= shownTo;
    if (text === "" && !marked) continue;
    frame.push({ kind: marked ? "marked" : "code", number, text });
    const carets = marked && exact && from === to ? underline(line, source) : null;
    if (carets !== null) frame.push({ kind: "underline", text: carets });
  }
  return frame.some(({ kind }) => kind === "marked") ? frame : [];
}
