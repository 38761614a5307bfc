import type { Result } from "@holdfast/core";
import type { ReportOptions } from "../formats/define.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { printableText } from "../terminal/printable.ts";
import { painter, type Painter, type Style } from "../terminal/painter.ts";
import { wrap } from "../terminal/wrap.ts";

const NARROWEST = 40;
const WIDEST = 200;
// Prose in longer lines is hard to read.
const PROSE = 110;

/** What the sections of a page write with: the result, the width, the colours. */
export interface Sheet {
  readonly result: Result;
  readonly width: number;
  readonly paint: Painter;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/** A section of the page: its lines without line breaks; none where it has nothing to say. */
export type Section = (sheet: Sheet) => Iterable<string>;

/** The sheet for a result. */
export function sheetFor(result: Result, { width, color, verbose, quiet }: ReportOptions): Sheet {
  const columns = Number.isFinite(width) ? Math.trunc(width) : NARROWEST;
  return { result, width: Math.min(WIDEST, Math.max(NARROWEST, columns)), paint: painter(color), verbose, quiet };
}

/** A piece of a line that is never broken, and how it looks. */
export interface Piece {
  readonly text: string;
  readonly styles: readonly Style[];
}

/** Pieces beside each other with a space between, and in the next line, set in by two columns, where they do not fit. */
export function flow({ width, paint }: Sheet, pieces: readonly Piece[]): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const { text, styles } of pieces) {
    const columns = displayWidth(text);
    if (used > 0 && used + 1 + columns > width) {
      lines.push(line);
      line = "  ";
      used = 2 + columns;
    } else {
      if (used > 0) line += " ";
      used += (used > 0 ? 1 : 0) + columns;
    }
    line += paint(text, ...styles);
  }
  return line === "" ? lines : [...lines, line];
}

/** The head of a section: a word in capitals, and what it is about. */
export function heading(sheet: Sheet, word: string, about: string, ...styles: readonly Style[]): readonly string[] {
  const lines = prose(sheet, about, word.length + 2);
  const [first = "", ...rest] = lines;
  return [`${sheet.paint(word, "bold", ...styles)}${first.slice(word.length)}`, ...rest];
}

/** Prose from outside, made printable, broken into lines, and set in by `indent` columns; what follows the first line by `hang` columns more. */
export function prose({ width, paint }: Sheet, text: string, indent: number, hang = 0, ...styles: readonly Style[]): readonly string[] {
  const room = Math.min(width, PROSE) - indent - hang;
  return wrap(printableText(text), room).map((line, i) => " ".repeat(indent + (i === 0 ? 0 : hang)) + paint(line, ...styles));
}
