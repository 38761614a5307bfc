import { isFlat } from "./code-points.ts";

/** What tells whether a text is what a glob stands for. */
export interface GlobMatcher {
  test(text: string): boolean;
}

/**
 * The matcher of a glob that has nothing but characters and stars, all of which either stop at delimiters or don't: most that are in use. It needs no pattern to be
 * compiled. Null for others, and for what is no glob. The delimiters are characters.
 */
export function simpleGlob(glob: string, delimiters: readonly string[]): GlobMatcher | null {
  if (/[?[{}]/.test(glob) || !isFlat(glob) || !delimiters.every(isFlat)) return null;
  const parts = [""];
  let [stopping, passing] = [false, false];
  for (let at = 0; at < glob.length; at++) {
    const character = glob.charAt(at);
    if (character === "*") {
      const start = at;
      while (glob.charAt(at + 1) === "*") at++;
      if (at > start || delimiters.length === 0) passing = true;
      else stopping = true;
      parts.push("");
      continue;
    }
    if (character === "\\") at++;
    if (at === glob.length) return null;
    parts.push((parts.pop() ?? "") + glob.charAt(at));
  }
  if (stopping && passing) return null;
  return new SimpleGlob(parts, stopping ? delimiters : []);
}

class SimpleGlob implements GlobMatcher {
  /** The texts between the stars. */
  private readonly first: string;
  private readonly middle: readonly string[];
  /** Null where there are no stars. */
  private readonly last: string | null;
  /** What no star stands for. */
  private readonly delimiters: readonly string[];

  constructor(parts: readonly string[], delimiters: readonly string[]) {
    const [first = "", ...others] = parts;
    this.first = first;
    this.last = others.pop() ?? null;
    this.middle = others;
    this.delimiters = delimiters;
  }

  /**
   * Each part is taken where it stands first. Nothing is missed by that: parts that stand further to the right leave no more room to those behind them, and hold no more of
   * the delimiters that the stars must not stand for.
   */
  test(text: string): boolean {
    const { first, middle, last } = this;
    if (last === null) return text === first;
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    for (let i = 0; i < middle.length; i++) {
      const part = middle[i] as string;
      const at = text.indexOf(part, from);
      if (at < 0 || at + part.length > end || this.isCut(text, from, at)) return false;
      from = at + part.length;
    }
    return !this.isCut(text, from, end);
  }

  /** Whether a delimiter stands somewhere between two places. */
  private isCut(text: string, from: number, to: number): boolean {
    return this.delimiters.some((delimiter) => {
      const at = text.indexOf(delimiter, from);
      return at >= 0 && at < to;
    });
  }
}
