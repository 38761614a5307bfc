// Regular expressions in RE2's syntax (https://github.com/google/re2/wiki/Syntax) and with its guarantee: time linear in the text.
import { RE2JS } from "re2js";
import { isFlat } from "./code-points.ts";
import { nativePattern, type NativePattern } from "./native-pattern.ts";

/** Where a pattern matched; groups that took no part are null, group 0 is the whole match. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | null)[];
}

const ascii = /^[\0-\x7f]*$/;

/** A compiled pattern. */
export class Pattern {
  private readonly source: string;
  private readonly native: NativePattern | undefined;
  private compiled: RE2JS | undefined;

  /** Throws for what is no pattern. */
  constructor(source: string) {
    this.source = source;
    this.native = nativePattern(source);
    // Compiling takes a few milliseconds, which most patterns never need.
    if (this.native === undefined) this.compiled = RE2JS.compile(source);
  }

  private get re2(): RE2JS {
    this.compiled ??= RE2JS.compile(this.source);
    return this.compiled;
  }

  /** The pattern for JavaScript's engine, where that one may match this text. */
  private nativeFor(text: string): NativePattern | undefined {
    if (this.native === undefined) return undefined;
    return (this.native.asciiOnly ? ascii.test(text) : isFlat(text)) ? this.native : undefined;
  }

  test(text: string): boolean {
    const native = this.nativeFor(text);
    if (native === undefined) return this.re2.test(text);
    native.expression.lastIndex = 0;
    return native.expression.test(text);
  }

  /** The number of a named group, or undefined. */
  groupNumber(name: string): number | undefined {
    const names = this.re2.namedGroups();
    return Object.hasOwn(names, name) ? names[name] : undefined;
  }

  /** Successive matches that do not overlap, as Go finds them: none that is empty right behind another. All of them if `limit` is negative. */
  matches(text: string, limit: number): Match[] {
    const found: Match[] = [];
    let previousEnd = -1;
    const native = this.native?.testOnly === true ? undefined : this.nativeFor(text);
    const next = native === undefined ? re2Matches(this.re2, text) : nativeMatches(native, text);
    while (found.length !== limit) {
      const match = next();
      if (match === undefined) break;
      if (match.start !== match.end || match.start !== previousEnd) found.push(match);
      previousEnd = match.end;
    }
    return found;
  }
}

function nativeMatches({ expression, next }: NativePattern, text: string): () => Match | undefined {
  let from = 0;
  return () => {
    let match: RegExpExecArray | null = null;
    if (next !== null && from > 0) {
      next.lastIndex = from;
      match = next.exec(text);
    }
    expression.lastIndex = from;
    match ??= expression.exec(text);
    if (match === null) return undefined;
    const end = match.index + match[0].length;
    from = match[0] === "" ? end + 1 : end;
    return { start: match.index, end, groups: match.map((group) => (group as string | undefined) ?? null) };
  };
}

function re2Matches(pattern: RE2JS, text: string): () => Match | undefined {
  const matcher = pattern.matcher(text);
  return () => {
    if (!matcher.find()) return undefined;
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group));
    return { start: matcher.start(), end: matcher.end(), groups };
  };
}

/** Patterns come from policies, of which there are few; those put together from data must not pile up. */
const cacheSize = 1000;
const cache = new Map<string, Pattern | null>();

/** The pattern compiled, or undefined if it is none. The last thousand are remembered. */
export function compilePattern(source: string): Pattern | undefined {
  const cached = cache.get(source);
  if (cached !== undefined) return cached ?? undefined;
  const pattern = compile(source);
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value as string);
  cache.set(source, pattern ?? null);
  return pattern;
}

function compile(source: string): Pattern | undefined {
  try {
    return new Pattern(source);
  } catch {
    return undefined;
  }
}

/** The text as a pattern that matches exactly it. */
export function quotePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
