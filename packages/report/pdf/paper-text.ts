import { ranges } from "./fonts.ts";

// Characters that say nothing to a reader or reorder what stands beside them, though a font may have them.
const HIDDEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200B\u2060\uFEFF]/u;

const SHOWN: ReadonlySet<string> = new Set(
  ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, place) => String.fromCodePoint(from + place))),
);

function isShown(character: string): boolean {
  // U+FFFF is no character, though fonts name it.
  return SHOWN.has(character) && !HIDDEN.test(character) && character !== "\uFFFF";
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

const PLAIN = /^[\x20-\x7E]*$/u;

/**
 * A text as the document can show it. Its fonts have Latin and Cyrillic; any other character stands there by its code point, as `[U+65E5 U+672C]`, so that none is lost without
 * a word. Line breaks and tabs are spaces.
 */
export function paperText(text: string): string {
  if (PLAIN.test(text)) return text;
  const parts: string[] = [];
  let missing: string[] = [];
  const close = (): void => {
    if (missing.length > 0) parts.push(`[${missing.join(" ")}]`);
    missing = [];
  };
  for (const character of text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/\r?\n|\t/gu, " ")) {
    if (isShown(character)) {
      close();
      parts.push(character);
    } else missing.push(codePoint(character));
  }
  close();
  return parts.join("");
}

/** The same, cut where it is longer than `most` characters; how much is left out is said. */
export function cutText(text: string, most: number): string {
  const shown = paperText(text);
  if (shown.length <= most) return shown;
  return `${shown.slice(0, most).trimEnd()} … (${(shown.length - most).toLocaleString("en-US")} more characters)`;
}

/** A place as editors understand it, `file:line:column`, with every character of the name. */
export function paperPlace({ file, line, column }: { readonly file: string; readonly line?: number; readonly column?: number }): string {
  return [file === "-" ? "standard input" : file, ...[line, column].filter((part) => part !== undefined)].join(":");
}
