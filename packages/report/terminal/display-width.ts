// Blocks of characters that take two columns: the East Asian wide ones (Unicode Standard Annex 11) and emoji.
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
// Marks that stand on the character before them; variation selectors are among them. Joiners (Cf) are as narrow.
const NONE = /^(?:\p{Mn}|\p{Me}|\p{Cf})$/u;
const PLAIN = /^[\x20-\x7E]*$/u;

function characterWidth(character: string): number {
  if (character < "\u0300") return 1;
  if (NONE.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** How many columns of a terminal a printable text takes. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The part of a text between two columns, 0-based. A character that only half fits is left out. */
export function sliceColumns(text: string, from: number, to: number): string {
  if (PLAIN.test(text)) return text.slice(from, to);
  let part = "";
  let column = 0;
  for (const character of text) {
    const width = characterWidth(character);
    if (column >= from && column + width <= to) part += character;
    column += width;
  }
  return part;
}

/** Cuts a text that is too wide, with `…` at its end. */
export function clip(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${sliceColumns(text, 0, Math.max(0, width - 1))}…`;
}

/** Fills a text with spaces up to a width. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}
