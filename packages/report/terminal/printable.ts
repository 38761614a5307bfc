const TAB = "  ";
const PLAIN = /^[\x20-\x7E]*$/u;

/** One character that a terminal would obey or that hides or reorders others, as one that is seen. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\uFFFD";
}

/**
 * A line of text from outside that is safe on a terminal: control characters become visible ones, so that no input can move the cursor, change colours or hide
 * text; tabs become two spaces. Invisible direction marks too, with which a text reads otherwise than it is. The commands that build logs of Azure Pipelines and
 * GitHub obey anywhere in a line are broken up.
 */
export function printable(line: string): string {
  if (PLAIN.test(line) && !line.includes("##")) return line;
  return line
    .toWellFormed()
    .replaceAll("\t", TAB)
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200B\u2060\uFEFF]/gu, visible)
    .replaceAll(/##(?=vso\[|\[)/gu, "# #");
}

/** The same for prose: line breaks are spaces. */
export function printableText(text: string): string {
  return printable(text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/gu, " ")).trim();
}
