/**
 * The parser reports where scalars are, but not where a block scalar's `|`, a closing bracket or the place of a missing value is. These functions find
 * them between the last token and the next; only white space, comments and indicators stand there.
 */

/** The next offset that is neither white space nor within a comment. */
export function skipTrivia(text: string, at: number): number {
  let here = at;
  for (;;) {
    const character = text[here];
    if (character === " " || character === "\t" || character === "\n" || character === "\r") here += 1;
    else if (character === "#" && (here === 0 || /\s/u.test(text[here - 1] ?? ""))) here = endOfLine(text, here);
    else return here;
  }
}

/** Where the line of an offset ends, before its line break. */
export function endOfLine(text: string, at: number): number {
  let here = at;
  while (here < text.length && text[here] !== "\n" && text[here] !== "\r") here += 1;
  return here;
}

/** Where a block scalar's `|` or `>` stands, between the end of the token before it and the start of its content. */
export function startOfBlockScalar(text: string, from: number, content: number): number {
  for (let here = skipTrivia(text, from); here < content; here = skipTrivia(text, here + 1)) {
    if (text[here] === "|" || text[here] === ">") return here;
  }
  return from;
}

/** Where a missing value would stand: behind its indicator where there is one, else at the end of the token before it. */
export function startOfEmpty(text: string, from: number, indicator: ":" | "-" | "?"): number {
  const here = skipTrivia(text, from);
  return text[here] === indicator ? here + 1 : from;
}

/** The end of a flow collection whose last token ends at an offset. */
export function endOfCollection(text: string, from: number): number {
  let here = skipTrivia(text, from);
  while (text[here] === ",") here = skipTrivia(text, here + 1);
  return text[here] === "}" || text[here] === "]" ? here + 1 : from;
}
