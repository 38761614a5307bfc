// https://www.openpolicyagent.org/docs/policy-reference#regex
import type { RegoArray, RegoNumber, RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define, defineHot } from "./define.ts";
import { globsIntersect } from "./globs-intersect.ts";
import type { Match, Pattern } from "./pattern.ts";
import { compilePattern, quotePattern } from "./pattern.ts";
import { any, arrayOf, boolean, long, string } from "./type-description.ts";

function regexMatch(pattern: RegoValue, text: RegoValue): boolean | undefined {
  return typeof pattern === "string" && typeof text === "string" ? compilePattern(pattern)?.test(text) : undefined;
}

/** The matches, each with its groups; a group that took no part is empty. */
function submatches(pattern: Pattern, text: string, limit: RegoNumber): RegoArray {
  return pattern.matches(text, Number(limit)).map((match) => match.groups.map((group) => group ?? ""));
}

/** The parts between the matches, as Go's Regexp.Split: no empty part before an empty match at the start. */
function splitText(pattern: Pattern, source: string, text: string): string[] {
  if (source !== "" && text === "") return [""];
  const parts: string[] = [];
  let begin = 0;
  let end = 0;
  for (const match of pattern.matches(text, -1)) {
    end = match.start;
    if (match.end !== 0) parts.push(text.slice(begin, end));
    begin = match.end;
  }
  if (end !== text.length) parts.push(text.slice(begin));
  return parts;
}

function replaceMatches(pattern: Pattern, text: string, template: string): string {
  let result = "";
  let position = 0;
  for (const match of pattern.matches(text, -1)) {
    result += text.slice(position, match.start) + expand(template, match, pattern);
    position = match.end;
  }
  return result + text.slice(position);
}

/** The template with `$1`, `${1}`, `$name` and `${name}` replaced by groups, and `$$` by a dollar. A name reaches as far as it can: `$1x` is `${1x}`. */
function expand(template: string, match: Match, pattern: Pattern): string {
  if (!template.includes("$")) return template;
  return template.replace(/\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (reference, braced?: string, bare?: string) => {
    if (reference === "$$") return "$";
    const name = (braced ?? bare) as string;
    const group = /^[0-9]+$/.test(name) ? Number(name) : pattern.groupNumber(name);
    return group === undefined ? "" : (match.groups[group] ?? "");
  });
}

/** The pattern of a template, in which everything outside of the delimiters stands for itself; undefined if they do not pair. */
function templatePattern(template: string, open: string, close: string): string | undefined {
  let result = "^";
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < template.length; at++) {
    if (template[at] === open) {
      if (depth++ === 0) {
        result += quotePattern(template.slice(begin, at));
        begin = at + 1;
      }
    } else if (template[at] === close) {
      if (--depth < 0) return undefined;
      if (depth === 0) {
        result += `(${template.slice(begin, at)})`;
        begin = at + 1;
      }
    }
  }
  return depth === 0 ? `${result}${quotePattern(template.slice(begin))}$` : undefined;
}

/** What a function makes of the compiled pattern; fails if the source is no pattern. */
function withPattern(context: BuiltinContext, source: string, use: (pattern: Pattern) => RegoValue): RegoValue | undefined {
  const pattern = compilePattern(source);
  return pattern === undefined ? badPattern(context, source) : use(pattern);
}

function badPattern(context: BuiltinContext, source: string): undefined {
  return context.fail("eval_builtin_error", `no valid regular expression: ${JSON.stringify(source)}`);
}

const match = {
  args: [string, string],
  result: boolean,
  direct: regexMatch,
  explain: (context: BuiltinContext, source: string) => badPattern(context, source),
} as const;

export const regex: readonly Builtin[] = [
  defineHot({ name: "regex.match", ...match }),
  defineHot({ name: "re_match", ...match, deprecated: true }),
  define({
    name: "regex.is_valid",
    args: [any],
    result: boolean,
    evaluate: (_, source) => typeof source === "string" && compilePattern(source) !== undefined,
  }),
  define({
    name: "regex.find_n",
    args: [string, string, long],
    result: arrayOf(string),
    evaluate: (context, source, text, limit) =>
      withPattern(context, source, (pattern) => pattern.matches(text, Number(limit)).map((found) => text.slice(found.start, found.end))),
  }),
  define({
    name: "regex.find_all_string_submatch_n",
    args: [string, string, long],
    result: arrayOf(arrayOf(string)),
    evaluate: (context, source, text, limit) => withPattern(context, source, (pattern) => submatches(pattern, text, limit)),
  }),
  define({
    name: "regex.replace",
    args: [string, string, string],
    result: string,
    evaluate: (context, text, source, template) => withPattern(context, source, (pattern) => replaceMatches(pattern, text, template)),
  }),
  define({
    name: "regex.split",
    args: [string, string],
    result: arrayOf(string),
    evaluate: (context, source, text) => withPattern(context, source, (pattern) => splitText(pattern, source, text)),
  }),
  define({
    name: "regex.template_match",
    args: [string, string, string, string],
    result: boolean,
    evaluate(context, template, text, open, close) {
      if (!/^[\0-\x7f]$/.test(open) || !/^[\0-\x7f]$/.test(close))
        return context.fail("eval_builtin_error", "a delimiter must be one character of ASCII");
      const source = templatePattern(template, open, close);
      if (source === undefined) return context.fail("eval_builtin_error", "unbalanced delimiters in the template");
      return withPattern(context, source, (pattern) => pattern.test(text));
    },
  }),
  define({
    name: "regex.globs_match",
    args: [string, string],
    result: boolean,
    evaluate: (context, a, b) => globsIntersect(a, b) ?? context.fail("eval_builtin_error", "the input provided is invalid"),
  }),
];
