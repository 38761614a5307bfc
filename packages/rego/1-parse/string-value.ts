/** What is wrong with an escape, and where: `at` is the offset of its backslash in the text given. */
export interface EscapeProblem {
  readonly at: number;
  readonly length: number;
}

const simple: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/**
 * Resolves JSON's escapes in the text between two quotes; in template strings `\{` is one more. Half surrogate pairs become U+FFFD, as in OPA.
 */
export function unescape(text: string, template: boolean): string | EscapeProblem {
  let backslash = text.indexOf("\\");
  if (backslash < 0) return text;
  let out = "";
  let from = 0;
  while (backslash >= 0) {
    out += text.slice(from, backslash);
    const letter = text.charAt(backslash + 1);
    if (letter === "u") {
      const hex = text.slice(backslash + 2, backslash + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) return { at: backslash, length: 2 };
      out += String.fromCharCode(Number.parseInt(hex, 16));
      from = backslash + 6;
    } else {
      const plain = template && letter === "{" ? "{" : simple.get(letter);
      if (plain === undefined) return { at: backslash, length: 2 };
      out += plain;
      from = backslash + 2;
    }
    backslash = text.indexOf("\\", from);
  }
  return (out + text.slice(from)).toWellFormed();
}
