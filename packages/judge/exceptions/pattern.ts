import { RE2JS } from "re2js";

/** A pattern of an exception: a regular expression in Go's syntax that means the whole of a text. */
export interface Pattern {
  /** As it was written. */
  readonly source: string;
  /** Whether it matches a whole text. Takes time linear in its length. */
  readonly matches: (text: string) => boolean;
  /** True where it is plain text, which matches itself alone. */
  readonly literal: boolean;
}

/** The longest pattern that is read: names of Kubernetes have at most 253 characters. */
const LONGEST = 1000;

/** Plain text. A full stop is none, though in names it mostly means itself. */
const LITERAL = /^[A-Za-z0-9_/:@ -]+$/u;

/** A `*` that repeats what nobody repeats: its author had the patterns of shells in mind. */
const SHELL_STAR = /(?:^|[/:@-])\*/u;

/**
 * Reads a pattern. Gives what is wrong with it as a text that goes on from the pattern: it must be a regular expression in Go's syntax (RE2), and anchored on both sides or on none, in each of
 * its alternatives, since it means the whole text in any case.
 */
export function readPattern(source: string, letterCase: "sensitive" | "insensitive" = "sensitive"): Pattern | { readonly fault: string } {
  if (source === "") return { fault: "is empty, and would match nothing" };
  if (source.length > LONGEST) return { fault: `has more than ${LONGEST} characters` };
  if (LITERAL.test(source)) return literalPattern(source, letterCase);
  if (SHELL_STAR.test(source)) {
    const meant = source.replace(/(^|[/:@-])\*/gu, "$1.*");
    return { fault: `is no pattern: * repeats what stands before it. Did you mean ${JSON.stringify(meant)}?` };
  }
  try {
    RE2JS.compile(source);
  } catch {
    return { fault: "is no regular expression in Go's syntax (RE2)" };
  }
  if (!anchorsInPairs(source)) return { fault: "is anchored on one side only. A pattern always means the whole text: leave ^ and $ out" };
  const whole = RE2JS.compile(letterCase === "insensitive" ? `(?i)\\A(?:${source})\\z` : `\\A(?:${source})\\z`);
  return { source, matches: (text) => whole.test(text), literal: false };
}

function literalPattern(source: string, letterCase: "sensitive" | "insensitive"): Pattern {
  if (letterCase === "sensitive") return { source, matches: (text) => text === source, literal: true };
  const lower = source.toLowerCase();
  return { source, matches: (text) => text.toLowerCase() === lower, literal: true };
}

/** A pattern that matches exactly a text. */
export function quotePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/gu, "\\$&");
}

/** The one text that a pattern matches, where it is written so: plain, or with its special characters escaped; null where it may match several. */
export function textOfPattern(source: string): string | null {
  const bare = source.replace(/^\^/u, "").replace(/(?<!\\)\$$/u, "");
  const text = bare.replace(/\\([\\.+*?()|[\]{}^$])/gu, "$1");
  return quotePattern(text) === bare ? text : null;
}

/** Whether a pattern matches every one of texts that nobody's names are. */
export function matchesAll(pattern: Pattern, probes: readonly string[]): boolean {
  return !pattern.literal && probes.every((probe) => pattern.matches(probe));
}

/** What stands in a pattern beside characters: the ends of alternatives, and anchors. */
interface Token {
  readonly kind: "start-anchor" | "end-anchor" | "or" | "other";
  readonly depth: number;
}

const CLASS_NAME = /\[:\^?[a-z]+:\]/uy;

/** Where a class of characters ends that begins at an offset. A `]` that comes first is a member. */
function endOfClass(source: string, start: number): number {
  let at = start + 1;
  if (source[at] === "^") at++;
  if (source[at] === "]") at++;
  while (at < source.length && source[at] !== "]") {
    CLASS_NAME.lastIndex = at;
    if (CLASS_NAME.test(source)) at = CLASS_NAME.lastIndex;
    else at += source[at] === "\\" ? 2 : 1;
  }
  return at + 1;
}

/** The parts of a pattern that is known to be one. */
function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let at = 0; at < source.length;) {
    const character = source[at] ?? "";
    if (character === "\\") {
      const next = source[at + 1];
      if (next === "Q") {
        const end = source.indexOf("\\E", at + 2);
        at = end === -1 ? source.length : end + 2;
      } else at += 2;
      tokens.push({ kind: next === "A" ? "start-anchor" : next === "z" ? "end-anchor" : "other", depth });
      continue;
    }
    if (character === "[") at = endOfClass(source, at);
    else at++;
    if (character === ")") depth--;
    tokens.push({
      kind: character === "^" ? "start-anchor" : character === "$" ? "end-anchor" : character === "|" ? "or" : "other",
      depth,
    });
    if (character === "(") depth++;
  }
  return tokens;
}

/** Whether each alternative of a pattern has both anchors, at its ends, or none. */
function anchorsInPairs(source: string): boolean {
  const alternatives: Token[][] = [[]];
  for (const token of tokensOf(source)) {
    if (token.kind === "or" && token.depth === 0) alternatives.push([]);
    else alternatives.at(-1)?.push(token);
  }
  return alternatives.every((tokens) => {
    const anchors = tokens.filter(({ kind }) => kind === "start-anchor" || kind === "end-anchor").length;
    if (anchors === 0) return true;
    return anchors === 2 && tokens[0]?.kind === "start-anchor" && tokens.at(-1)?.kind === "end-anchor";
  });
}
