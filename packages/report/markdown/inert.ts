import { printableText } from "../terminal/printable.ts";

const PUNCTUATION = /[\\`*_{}[\]<>()#+!|~$^=]/gu;
// An address, a mention, a number of an issue, a hash of a commit: code hosts make links of them, and tell people that they were named.
const REFERENCE = /@(?=\w)|#(?=\d)|:(?=\/\/|\w+:)|(?<=\bwww)\.|\b(?=[0-9a-f]{7,40}\b)(?<=[^0-9a-z])/giu;
const NOTHING_SEEN = "\u200C";

/** One line, in which no address or mention is one to a code host. */
function unlinked(text: string): string {
  return printableText(text).replaceAll(REFERENCE, (mark) => `${mark}${NOTHING_SEEN}`);
}

/** A text from outside inside an element of HTML that stands in Markdown, where Markdown's own escapes are none. */
export function inertHtml(text: string): string {
  return unlinked(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A text from outside as prose in Markdown: one line, without markup, links, mentions, HTML or formulas, as code hosts understand it. */
export function inert(text: string): string {
  return unlinked(text)
    .replaceAll("&", "&amp;")
    .replaceAll(PUNCTUATION, String.raw`\$&`);
}

/** A text from outside as code in a line of Markdown, to be copied as it is. It must not stand in a cell of a table, which ends at a bar even there. */
export function code(text: string): string {
  const shown = printableText(text);
  if (shown === "") return "";
  const longest = Math.max(0, ...(shown.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^[ `]|[ `]$/u.test(shown) ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines of code as a block that nothing in them can end. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${lines.join("\n")}\n${fence}\n`;
}
