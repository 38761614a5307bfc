// https://www.openpolicyagent.org/docs/policy-reference#strings. Positions and lengths count code points.
import { sortedKeys } from "../runtime/compare.ts";
import { Decimal, longInteger, type PlainNumber } from "../runtime/decimal.ts";
import { own } from "../runtime/own.ts";
import { SetValue } from "../runtime/value.ts";
import type { RegoArray, RegoValue } from "../runtime/value.ts";
import { codePoints, countCodePoints, isFlat } from "./code-points.ts";
import type { Builtin } from "./define.ts";
import { define, defineDirect, defineHot } from "./define.ts";
import { neighbours } from "./extended-float.ts";
import { arrayOf, boolean, long, number, objectOf, oneOf, setOf, string } from "./type-description.ts";

const stringList = oneOf(arrayOf(string), setOf(string));
const stringOrList = oneOf(string, arrayOf(string), setOf(string));

function startsWith(text: RegoValue, prefix: RegoValue): boolean | undefined {
  return typeof text === "string" && typeof prefix === "string" ? text.startsWith(prefix) : undefined;
}

function endsWith(text: RegoValue, suffix: RegoValue): boolean | undefined {
  return typeof text === "string" && typeof suffix === "string" ? text.endsWith(suffix) : undefined;
}

function contains(text: RegoValue, part: RegoValue): boolean | undefined {
  return typeof text === "string" && typeof part === "string" ? text.includes(part) : undefined;
}

/** Joins an array of strings, or a set of strings in order. */
function concat(delimiter: RegoValue, parts: RegoValue): string | undefined {
  if (typeof delimiter !== "string") return undefined;
  const items = parts instanceof SetValue ? parts.sorted() : parts;
  if (!Array.isArray(items)) return undefined;
  for (let i = 0; i < items.length; i++) if (typeof items[i] !== "string") return undefined;
  if (items.length > fewParts) return items.join(delimiter);
  let joined = items.length > 0 ? (items[0] as string) : "";
  for (let i = 1; i < items.length; i++) joined += delimiter + (items[i] as string);
  return joined;
}

/** Up to this many parts are joined one by one, which costs less than a call of `join`. */
const fewParts = 8;

/** The parts between delimiters; for an empty delimiter, the characters. */
function split(text: RegoValue, delimiter: RegoValue): string[] | undefined {
  if (typeof text !== "string" || typeof delimiter !== "string") return undefined;
  return delimiter === "" ? codePoints(text) : text.split(delimiter);
}

function replace(text: RegoValue, old: RegoValue, replacement: RegoValue): string | undefined {
  if (typeof text !== "string" || typeof old !== "string" || typeof replacement !== "string") return undefined;
  if (old === "" && replacement === "") return text;
  if (old === "")
    return replacement + codePoints(text).reduce((done, character) => done + bytewise(character, replacement) + replacement, "");
  let at = text.indexOf(old);
  if (at < 0) return text;
  let result = "";
  let from = 0;
  for (; at >= 0; at = text.indexOf(old, from)) {
    result += text.slice(from, at) + replacement;
    from = at + old.length;
  }
  return result + text.slice(from);
}

/**
 * The bytes of a character in UTF-8 with a text between them, as OPA puts it between the bytes of a text, not between its characters. A byte that is no character any more
 * is written as U+FFFD.
 */
function bytewise(character: string, between: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character;
  return Array.from({ length: code < 0x800 ? 2 : code < 0x10000 ? 3 : 4 }, () => "\ufffd").join(between);
}

/** In lower case, character by character: no character becomes two. */
function lower(text: RegoValue): string | undefined {
  if (typeof text !== "string") return undefined;
  return isAscii(text) ? text.toLowerCase() : mapCase(text, (character) => (character === "\u0130" ? "i" : character.toLowerCase()));
}

/** In upper case, character by character: no character becomes two. */
function upper(text: RegoValue): string | undefined {
  if (typeof text !== "string") return undefined;
  return isAscii(text) ? text.toUpperCase() : mapCase(text, (character) => character.toUpperCase());
}

const ascii = /^\p{ASCII}*$/u;

/** Short texts are looked through here: to call a pattern costs more. */
function isAscii(text: string): boolean {
  if (text.length > 32) return ascii.test(text);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function mapCase(text: string, map: (character: string) => string): string {
  let result = "";
  for (const character of text) {
    const mapped = map(character);
    result += countCodePoints(mapped) === 1 ? mapped : character;
  }
  return result;
}

function trimPrefix(text: RegoValue, prefix: RegoValue): string | undefined {
  if (typeof text !== "string" || typeof prefix !== "string") return undefined;
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function trimSuffix(text: RegoValue, suffix: RegoValue): string | undefined {
  if (typeof text !== "string" || typeof suffix !== "string") return undefined;
  return text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text;
}

const bothEnds = { start: true, end: true };
const startOnly = { start: true, end: false };
const endOnly = { start: false, end: true };

/** Without the characters of `cutset` at its start and end, or at one of them. */
function trim(text: RegoValue, cutset: RegoValue, ends: { readonly start: boolean; readonly end: boolean }): string | undefined {
  if (typeof text !== "string" || typeof cutset !== "string") return undefined;
  if (isFlat(cutset)) {
    let from = 0;
    let to = text.length;
    if (ends.start) while (from < to && cutset.includes(text.charAt(from))) from++;
    if (ends.end) while (to > from && cutset.includes(text.charAt(to - 1))) to--;
    return text.slice(from, to);
  }
  const cut = new Set(codePoints(cutset));
  const characters = codePoints(text);
  let start = 0;
  let end = characters.length;
  if (ends.start) while (start < end && cut.has(characters[start] as string)) start++;
  if (ends.end) while (end > start && cut.has(characters[end - 1] as string)) end--;
  return characters.slice(start, end).join("");
}

/** What Unicode calls white space: unlike JavaScript's idea of it, with U+0085 and without U+FEFF. */
const whiteSpace =
  "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

function trimSpace(text: RegoValue): string | undefined {
  if (typeof text !== "string") return undefined;
  // Letters, digits and signs at both ends are what most texts have, and quickly seen.
  const [first, last] = [text.charCodeAt(0), text.charCodeAt(text.length - 1)];
  if (first > 32 && first < 127 && last > 32 && last < 127) return text;
  return trim(text, whiteSpace, bothEnds);
}

/** The part from `offset`, `length` code points long; a negative length stands for all the rest. */
function substring(text: RegoValue, offset: RegoValue, length: RegoValue): string | undefined {
  const [from, count] = [longInteger(offset), longInteger(length)];
  if (typeof text !== "string" || from === undefined || from < 0 || count === undefined) return undefined;
  // No text is so long that doubles would not do.
  const start = Number(from);
  const end = count < 0 ? undefined : start + Number(count);
  return isFlat(text) ? text.slice(start, end) : codePoints(text).slice(start, end).join("");
}

/** Where `part` first stands in the text, or -1. */
function indexOf(text: RegoValue, part: RegoValue): number | undefined {
  if (typeof text !== "string" || typeof part !== "string" || part === "") return undefined;
  const index = text.indexOf(part);
  return index < 0 || isFlat(text) ? index : countCodePoints(text.slice(0, index));
}

/** Where `part` stands in the text, overlapping places too. */
function indexesOf(text: string, part: string): number[] {
  const found: number[] = [];
  const flat = isFlat(text);
  let counted = 0;
  let position = 0;
  for (let index = text.indexOf(part); index >= 0; index = text.indexOf(part, index + 1)) {
    position += flat ? index - counted : countCodePoints(text.slice(counted, index));
    counted = index;
    found.push(position);
  }
  return found;
}

/** How often `part` stands in the text without overlapping. An empty one stands around each character. */
function countOf(text: string, part: string): number {
  return part === "" ? countCodePoints(text) + 1 : text.split(part).length - 1;
}

/** Up to `n` parts from the left, or from the right if `n` is negative. */
function splitN(text: string, delimiter: string, n: PlainNumber): string[] {
  const parts = split(text, delimiter) ?? [];
  return n < 0 ? parts.slice(Math.max(0, parts.length + Number(n))) : parts.slice(0, Number(n));
}

/** Replaces from left to right; where several patterns match, the first in order wins. What was replaced is not looked at again. */
function replaceAll(patterns: Record<string, string>, text: string): string {
  const keys = sortedKeys(patterns);
  const everywhere = (own(patterns, "") as string | undefined) || undefined;
  let result = "";
  let position = 0;
  let afterEmpty = false;
  while (position <= text.length) {
    const match = keys.find((key) => !(key === "" && afterEmpty) && text.startsWith(key, position));
    if (match !== undefined) result += own(patterns, match) as string;
    afterEmpty = match === "";
    if (match !== undefined && match !== "") position += match.length;
    if (match !== undefined) continue;
    const character = text.slice(position, position + ((text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1));
    result += everywhere === undefined ? character : bytewise(character, everywhere);
    position += Math.max(1, character.length);
  }
  return result;
}

/** The integer part of a number in base 2, 8, 10 or 16, which must be written so: `10.0` is no base. */
function formatInteger(value: RegoValue, base: RegoValue): string | undefined {
  // Only what is written as an integer keeps all its digits.
  if (value instanceof Decimal) return formatInteger(neighbours(value).cut, base);
  if ((typeof value !== "number" && typeof value !== "bigint") || typeof base !== "number" || ![2, 8, 10, 16].includes(base))
    return undefined;
  const whole = typeof value === "bigint" ? value : BigInt(Math.trunc(value));
  return whole.toString(base);
}

function listOf(value: string | RegoArray | SetValue): readonly string[] {
  return (typeof value === "string" ? [value] : value instanceof SetValue ? value.items : value) as readonly string[];
}

export const strings: readonly Builtin[] = [
  defineDirect({ name: "startswith", args: [string, string], result: boolean, direct: startsWith }),
  defineDirect({ name: "endswith", args: [string, string], result: boolean, direct: endsWith }),
  defineDirect({ name: "contains", args: [string, string], result: boolean, direct: contains }),
  defineDirect({ name: "concat", args: [string, stringList], result: string, direct: concat }),
  defineDirect({ name: "split", args: [string, string], result: arrayOf(string), direct: split }),
  defineDirect({ name: "replace", args: [string, string, string], result: string, direct: replace }),
  defineDirect({ name: "lower", args: [string], result: string, direct: lower }),
  defineDirect({ name: "upper", args: [string], result: string, direct: upper }),
  defineDirect({ name: "trim_prefix", args: [string, string], result: string, direct: trimPrefix }),
  defineDirect({ name: "trim_suffix", args: [string, string], result: string, direct: trimSuffix }),
  defineDirect({ name: "trim", args: [string, string], result: string, direct: (text, cutset) => trim(text, cutset, bothEnds) }),
  defineDirect({ name: "trim_left", args: [string, string], result: string, direct: (text, cutset) => trim(text, cutset, startOnly) }),
  defineDirect({ name: "trim_right", args: [string, string], result: string, direct: (text, cutset) => trim(text, cutset, endOnly) }),
  defineDirect({ name: "trim_space", args: [string], result: string, direct: trimSpace }),
  defineHot({
    name: "substring",
    args: [string, long, long],
    result: string,
    direct: substring,
    explain: (context) => context.fail("eval_builtin_error", "negative offset"),
  }),
  defineHot({
    name: "indexof",
    args: [string, string],
    result: number,
    direct: indexOf,
    explain: (context) => context.fail("eval_builtin_error", "empty search character"),
  }),
  define({
    name: "indexof_n",
    args: [string, string],
    result: arrayOf(number),
    evaluate: (context, text, part) => (part === "" ? context.fail("eval_builtin_error", "empty search character") : indexesOf(text, part)),
  }),
  defineHot({
    name: "format_int",
    args: [number, number],
    result: string,
    direct: formatInteger,
    explain: (context) => context.fail("eval_type_error", "operand 2 must be one of {2, 8, 10, 16}"),
  }),
  define({ name: "strings.reverse", args: [string], result: string, evaluate: (_, text) => codePoints(text).toReversed().join("") }),
  define({ name: "strings.count", args: [string, string], result: number, evaluate: (_, text, part) => countOf(text, part) }),
  define({
    name: "strings.split_n",
    args: [string, string, long],
    result: arrayOf(string),
    evaluate: (_, text, by, n) => splitN(text, by, n),
  }),
  define({
    name: "strings.replace_n",
    args: [objectOf(string, string), string],
    result: string,
    evaluate: (_, patterns, text) => replaceAll(patterns as Record<string, string>, text),
  }),
  define({
    name: "strings.any_prefix_match",
    args: [stringOrList, stringOrList],
    result: boolean,
    evaluate: (_, texts, prefixes) => listOf(texts).some((text) => listOf(prefixes).some((prefix) => text.startsWith(prefix))),
  }),
  define({
    name: "strings.any_suffix_match",
    args: [stringOrList, stringOrList],
    result: boolean,
    evaluate: (_, texts, suffixes) => listOf(texts).some((text) => listOf(suffixes).some((suffix) => text.endsWith(suffix))),
  }),
];
