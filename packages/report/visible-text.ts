// Characters that a reader would not see, or that make a text read otherwise than it is: controls but tab and newline, direction marks, separators that no font shows.
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200B\u2060\uFEFF]/gu;

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\uFFFD";
}

/**
 * A text from outside as a document shows it: what would be invisible, or would reorder what stands beside it, becomes a character that is seen. Tabs and newlines stay, and
 * so does the length in UTF-16 code units, so that columns hold.
 */
export function visibleText(text: string): string {
  return text.toWellFormed().replaceAll(HIDDEN, visible);
}
