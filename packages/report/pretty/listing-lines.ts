import { clip, displayWidth, sliceColumns } from "../terminal/display-width.ts";
import type { Painter, Style } from "../terminal/painter.ts";
import type { ListingLine } from "./code-frame.ts";

const STYLES: Readonly<Record<ListingLine["kind"], readonly Style[]>> = {
  code: ["dim"],
  marked: [],
  removed: ["red"],
  added: ["green"],
  underline: ["red", "bold"],
  gap: ["dim"],
};
const BARS: Readonly<Record<ListingLine["kind"], string>> = { code: "|", marked: "|", removed: "-", added: "+", underline: "|", gap: "⋮" };

/** How code is set so that it fits: the width of the numbers, and how many columns every line loses at its start. */
export interface ListingLayout {
  readonly indent: number;
  readonly numberWidth: number;
  readonly shift: number;
  readonly room: number;
}

/** One layout for all listings of a finding, so that they stand under each other. What is too wide loses the indentation that all lines have. */
export function listingLayout(listings: readonly (readonly ListingLine[])[], indent: number, width: number): ListingLayout {
  const lines = listings.flat();
  const numberWidth = Math.max(2, ...lines.map(({ number }) => String(number ?? "").length));
  const room = width - indent - 2 - numberWidth - 3;
  const code = lines.filter(({ kind, text }) => kind !== "gap" && kind !== "underline" && text.trim() !== "");
  if (code.every(({ text }) => displayWidth(text) <= room)) return { indent, numberWidth, shift: 0, room };
  const common = Math.min(...code.map(({ text }) => text.length - text.trimStart().length));
  const caret = lines.find(({ kind }) => kind === "underline")?.text.indexOf("^") ?? 0;
  // What is underlined must be seen, wherever in a long line it is.
  const shift = caret - common >= room - 1 ? caret - Math.floor(room / 2) : common;
  return { indent, numberWidth, shift, room };
}

/** A text in parts of so many columns. */
function parts(text: string, width: number): readonly string[] {
  const all: string[] = [];
  for (let from = 0; from === 0 || from < displayWidth(text); from += width) all.push(sliceColumns(text, from, from + width));
  return all;
}

/** Writes a listing: `> 12 | code`, with the underline beneath. What is too wide is cut, but for changes: of them every character counts. */
export function* listingLines(listing: readonly ListingLine[], layout: ListingLayout, paint: Painter): Iterable<string> {
  const { indent, numberWidth, shift, room } = layout;
  for (const { kind, number, text } of listing) {
    const mark = kind === "marked" ? paint(">", "red", "bold") : " ";
    const changed = kind === "removed" || kind === "added";
    const bar = changed ? paint(BARS[kind], ...STYLES[kind]) : paint(BARS[kind], "dim");
    const shifted = shift === 0 || kind === "gap" ? text : sliceColumns(text, shift, Number.MAX_SAFE_INTEGER);
    const cut = kind === "underline" ? sliceColumns(shifted, 0, room) : clip(shifted, room);
    for (const [i, part] of (changed ? parts(shifted, room) : [cut]).entries()) {
      const gutter = String(i === 0 ? (number ?? "") : "").padStart(numberWidth);
      yield `${" ".repeat(indent)}${mark} ${paint(gutter, "dim")} ${bar} ${paint(part, ...STYLES[kind])}`.trimEnd();
    }
  }
}
