// https://www.openpolicyagent.org/docs/policy-reference#glob. A glob that is not simple is translated to a regular expression.
import type { RegoArray } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { compilePattern, quotePattern } from "./pattern.ts";
import { simpleGlob, type GlobMatcher } from "./simple-glob.ts";
import { arrayOf, boolean, nullType, oneOf, string } from "./type-description.ts";

const special = /[*?\\[\]{}]/g;

type GlobCache = Map<string, GlobMatcher | null>;

/** Globs without delimiters, compiled; null for those that are none. */
const plain: GlobCache = new Map();
/** The others, by their delimiters and text. */
const delimited: GlobCache = new Map();
const cacheSize = 1000;

/** The glob compiled, or undefined if it is none. The last thousand are remembered. */
export function compileGlob(glob: string, delimiters: readonly string[]): GlobMatcher | undefined {
  const cache = delimiters.length === 0 ? plain : delimited;
  const key = delimiters.length === 0 ? glob : `${delimiters.length} ${delimiters.join("")}${glob}`;
  const cached = cache.get(key);
  if (cached !== undefined) return cached ?? undefined;
  const pattern = simpleGlob(glob, delimiters) ?? compileTranslated(glob, delimiters);
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value as string);
  cache.set(key, pattern ?? null);
  return pattern;
}

function compileTranslated(glob: string, delimiters: readonly string[]): GlobMatcher | undefined {
  const source = translateGlob(glob, delimiters);
  return source === undefined ? undefined : compilePattern(source);
}

/** The regular expression of a glob; undefined for unbalanced brackets. */
export function translateGlob(glob: string, delimiters: readonly string[]): string | undefined {
  const one = delimiters.length === 0 ? "(?s:.)" : `[^${delimiters.map(quoteInSet).join("")}]`;
  const characters = Array.from(glob);
  let result = "^";
  let depth = 0;
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (character === "*") {
      const start = at;
      while (characters[at + 1] === "*") at++;
      result += at > start ? "(?s:.*)" : `${one}*`;
    } else if (character === "?") result += one;
    else if (character === "{") {
      depth++;
      result += "(?:";
    } else if (character === "}" && depth > 0) {
      depth--;
      result += ")";
    } else if (character === "," && depth > 0) result += "|";
    else if (character === "[") {
      const end = characters.indexOf("]", at + 2);
      const set = end < 0 ? undefined : characterSet(characters.slice(at + 1, end));
      if (set === undefined) return undefined;
      result += set;
      at = end;
    } else if (character === "\\") {
      at++;
      if (at >= characters.length) return undefined;
      result += quotePattern(characters[at] as string);
    } else result += quotePattern(character);
  }
  return depth === 0 ? `${result}$` : undefined;
}

/** `[abc]`, `[a-z]`, and either with `!` for what is not there. Undefined for a range that goes on: `[a-zA-Z]` is no set. */
function characterSet(inside: readonly string[]): string | undefined {
  const negated = inside[0] === "!";
  const members = negated ? inside.slice(1) : inside;
  const isRange = members[1] === "-";
  if (isRange && members.length !== 3) return undefined;
  const set = isRange ? `${quoteInSet(members[0] as string)}-${quoteInSet(members[2] as string)}` : members.map(quoteInSet).join("");
  return `[${negated ? "^" : ""}${set}]`;
}

function quoteInSet(character: string): string {
  return /[\\\][^-]/.test(character) ? `\\${character}` : character;
}

/** No delimiters where null was given, the dot where none were named, and otherwise the given ones, a character each. */
function delimitersOf(given: RegoArray | null): readonly string[] {
  if (given === null) return [];
  if (given.length === 0) return ["."];
  return (given as readonly string[]).slice();
}

export const glob: readonly Builtin[] = [
  define({
    name: "glob.match",
    args: [string, oneOf(nullType, arrayOf(string)), string],
    result: boolean,
    evaluate(context, source, delimiters, text) {
      if (delimiters?.some((one) => Array.from(one).length !== 1) === true)
        return context.fail("eval_type_error", "operand 2 must be array of runes but got array containing string");
      const pattern = compileGlob(source, delimitersOf(delimiters));
      return pattern?.test(text) ?? context.fail("eval_builtin_error", `no valid glob: ${JSON.stringify(source)}`);
    },
  }),
  define({ name: "glob.quote_meta", args: [string], result: string, evaluate: (_, text) => text.replace(special, "\\$&") }),
];
