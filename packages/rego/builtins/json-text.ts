// https://www.openpolicyagent.org/docs/policy-reference#builtin-encoding-jsonmarshal
import { fromJson, stringify } from "../runtime/json.ts";
import { own } from "../runtime/own.ts";
import { sizeOf } from "../runtime/iteration.ts";
import { typeName } from "../runtime/value.ts";
import type { PlainObject, RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { any, boolean, objectOf, string } from "./type-description.ts";

/** JSON as Go's encoder writes it: safe to stand in HTML and JavaScript, control characters but the usual five as \u00XX. */
export function marshalJson(value: RegoValue): string {
  return goEscapes(stringify(value));
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["<", "\\u003c"],
  [">", "\\u003e"],
  ["&", "\\u0026"],
  ["\u2028", "\\u2028"],
  ["\u2029", "\\u2029"],
]);

function goEscapes(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => escapes.get(character) as string);
}

/** The value that JSON text stands for, or undefined if it is none. */
function readJson(text: string): RegoValue | undefined {
  try {
    return fromJson(/\\ud[89a-f]/i.test(text) ? withoutHalves(text) : text);
  } catch {
    return undefined;
  }
}

/** JSON text whose escapes name no halves of a character that stand alone: U+FFFD stands for them. */
function withoutHalves(text: string): string {
  const escapes = /\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\ud[89a-f][0-9a-f]{2}|\\[^]/gi;
  return text.replace(escapes, (escape) => (/^\\ud[89a-f]..$/i.test(escape) ? "\\ufffd" : escape));
}

/** The same, and as OPA reads it: what comes after a `null` that stands behind the value is not looked at. */
function unmarshalJson(text: string): RegoValue | undefined {
  const value = readJson(text);
  if (value !== undefined || !text.includes("null")) return value;
  const end = endOfFirstValue(text);
  return /^\s*null/.test(text.slice(end)) ? readJson(text.slice(0, end)) : undefined;
}

/** Where the first value of a JSON text ends, if it is one. */
function endOfFirstValue(text: string): number {
  const tokens = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]|null|true|false|[-+.0-9eE]+/g;
  let depth = 0;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    if (token[0] === "[" || token[0] === "{") depth++;
    else if (token[0] === "]" || token[0] === "}") depth--;
    if (depth <= 0) return tokens.lastIndex;
  }
  return text.length;
}

interface Layout {
  readonly indent: string;
  readonly prefix: string;
}

/** What the options ask for: null for JSON in one line; undefined if they are wrong, which has been reported then. */
function layoutOf(context: BuiltinContext, options: PlainObject): Layout | null | undefined {
  const found: { pretty?: boolean; indent?: string; prefix?: string } = {};
  for (const key of Object.keys(options)) {
    const value = own(options, key);
    if (key === "pretty" && typeof value === "boolean") found.pretty = value;
    else if ((key === "indent" || key === "prefix") && typeof value === "string") found[key] = value;
    else if (key === "pretty" || key === "indent" || key === "prefix") {
      return context.fail(
        "eval_type_error",
        `operand 2 has a value of type ${typeName(value as RegoValue)} for the key ${JSON.stringify(key)}`,
      );
    } else return context.fail("eval_type_error", `operand 2: object contained unknown key ${JSON.stringify(key)}`);
  }
  // Asking for an indent or a prefix is asking for lines.
  const pretty = found.pretty ?? (found.indent !== undefined || found.prefix !== undefined);
  return pretty ? { indent: found.indent ?? "\t", prefix: found.prefix ?? "" } : null;
}

/** JSON text over many lines, from JSON text without white space. */
function layOut(json: string, { indent, prefix }: Layout): string {
  let depth = 0;
  const newLine = (): string => `\n${prefix}${indent.repeat(depth)}`;
  const pretty = json.replace(/"(?:[^"\\]|\\.)*"|\[\]|\{\}|[[\]{},:]/g, (token) => {
    switch (token) {
      case "[":
      case "{":
        depth++;
        return token + newLine();
      case "]":
      case "}":
        depth--;
        return newLine() + token;
      case ",":
        return token + newLine();
      case ":":
        return ": ";
      default:
        return token;
    }
  });
  return prefix + pretty;
}

export const jsonText: readonly Builtin[] = [
  define({ name: "json.marshal", args: [any], result: string, evaluate: (_, value) => marshalJson(value) }),
  define({
    name: "json.marshal_with_options",
    args: [any, objectOf(string, any)],
    result: string,
    evaluate(context, value, options) {
      const layout = sizeOf(options) === 0 ? null : layoutOf(context, options);
      if (layout === undefined) return undefined;
      return layout === null ? marshalJson(value) : layOut(marshalJson(value), layout);
    },
  }),
  define({
    name: "json.unmarshal",
    args: [string],
    result: any,
    evaluate(context, text) {
      const value = unmarshalJson(text);
      return value === undefined ? context.fail("eval_builtin_error", "no valid JSON") : value;
    },
  }),
  define({
    name: "json.is_valid",
    args: [any],
    result: boolean,
    evaluate: (_, text) => typeof text === "string" && readJson(text) !== undefined,
  }),
];
