import type { Result } from "@holdfast/core";
import type { ReportOptions } from "../formats/define.ts";
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

/** Prose from outside, made printable, broken into lines, and set in by `indent` columns; what follows the first line by `hang` columns more. */
export function prose({ width, paint }: Sheet, text: string, indent: number, hang = 0, ...styles: readonly Style[]): readonly string[] {
  const room = Math.min(width, PROSE) - indent - hang;
  return wrap(printableText(text), room).map((line, i) => " ".repeat(indent + (i === 0 ? 0 : hang)) + paint(line, ...styles));
}
