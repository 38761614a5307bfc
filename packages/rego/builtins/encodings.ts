// https://www.openpolicyagent.org/docs/policy-reference#encoding: base64, hex and URL queries. Bytes that are no UTF-8 decode to U+FFFD.
import { Buffer } from "node:buffer";
import { sortedKeys } from "../runtime/compare.ts";
import { own, setOwn } from "../runtime/own.ts";
import { SetValue } from "../runtime/value.ts";
import type { PlainObject, RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { textOfBytes } from "./byte-text.ts";
import { define } from "./define.ts";
import { any, arrayOf, boolean, objectOf, oneOf, setOf, string } from "./type-description.ts";

const padded = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const urlSafe = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}(?:==)?|[A-Za-z0-9_-]{3}=?)?$/;
const hexadecimal = /^(?:[0-9a-fA-F]{2})*$/;

/** The text that base64 stands for; line breaks in it are ignored. Undefined if it is no base64 with padding. */
function decodeBase64(text: string): string | undefined {
  const joined = /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, "") : text;
  return padded.test(joined) ? textOfBytes(Buffer.from(joined, "base64")) : undefined;
}

function encodeBase64Url(text: string): string {
  return Buffer.from(text, "utf8").toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

/** As in HTML forms: letters, digits and `-_.~` stand for themselves, a space becomes `+`. */
export function encodeQuery(text: string): string {
  const escaped = encodeURIComponent(text.toWellFormed());
  return escaped.replaceAll("%20", "+").replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Undefined if a `%` is not followed by two hexadecimal digits. */
function decodeQuery(text: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  const bytes: Buffer[] = [];
  for (const part of text.replaceAll("+", " ").split(/(%[0-9a-fA-F]{2})/))
    bytes.push(part.startsWith("%") ? Buffer.from(part.slice(1), "hex") : Buffer.from(part));
  return textOfBytes(Buffer.concat(bytes));
}

function encodeQueryObject(object: PlainObject): string | undefined {
  const pairs: string[] = [];
  for (const key of sortedKeys(object)) {
    const value = own(object, key) as RegoValue;
    const values: RegoArray = value instanceof SetValue ? value.sorted() : Array.isArray(value) ? (value as RegoArray) : [value];
    for (const item of values) pairs.push(`${encodeQuery(key)}=${encodeQuery(item as string)}`);
  }
  return pairs.join("&");
}

function decodeQueryObject(text: string): PlainObject | undefined {
  const lists = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    // Go refuses semicolons, which once separated parameters too.
    if (pair.includes(";")) return undefined;
    const equalsAt = pair.indexOf("=");
    const key = decodeQuery(equalsAt < 0 ? pair : pair.slice(0, equalsAt));
    const value = decodeQuery(equalsAt < 0 ? "" : pair.slice(equalsAt + 1));
    if (key === undefined || value === undefined) return undefined;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [value]);
    else list.push(value);
  }
  const result: Record<string, RegoValue> = {};
  for (const [key, list] of lists) setOwn(result, key, list);
  return result;
}

export const encodings: readonly Builtin[] = [
  define({ name: "base64.encode", args: [string], result: string, evaluate: (_, text) => Buffer.from(text, "utf8").toString("base64") }),
  define({
    name: "base64.decode",
    args: [string],
    result: string,
    evaluate: (context, text) => decodeBase64(text) ?? context.fail("eval_builtin_error", "illegal base64 data"),
  }),
  define({
    name: "base64.is_valid",
    args: [any],
    result: boolean,
    evaluate: (_, text) => typeof text === "string" && decodeBase64(text) !== undefined,
  }),
  define({ name: "base64url.encode", args: [string], result: string, evaluate: (_, text) => encodeBase64Url(text) }),
  define({
    name: "base64url.encode_no_pad",
    args: [string],
    result: string,
    evaluate: (_, text) => encodeBase64Url(text).replace(/=+$/, ""),
  }),
  define({
    name: "base64url.decode",
    args: [string],
    result: string,
    evaluate: (context, text) =>
      urlSafe.test(text) ? textOfBytes(Buffer.from(text, "base64url")) : context.fail("eval_builtin_error", "illegal base64url data"),
  }),
  define({ name: "hex.encode", args: [string], result: string, evaluate: (_, text) => Buffer.from(text, "utf8").toString("hex") }),
  define({
    name: "hex.decode",
    args: [string],
    result: string,
    evaluate: (context, text) =>
      hexadecimal.test(text) ? textOfBytes(Buffer.from(text, "hex")) : context.fail("eval_builtin_error", "illegal hexadecimal data"),
  }),
  define({ name: "urlquery.encode", args: [string], result: string, evaluate: (_, text) => encodeQuery(text) }),
  define({
    name: "urlquery.decode",
    args: [string],
    result: string,
    evaluate: (context, text) => decodeQuery(text) ?? context.fail("eval_builtin_error", "invalid URL escape"),
  }),
  define({
    name: "urlquery.encode_object",
    args: [objectOf(string, oneOf(string, arrayOf(string), setOf(string)))],
    result: string,
    evaluate: (_, object) => encodeQueryObject(object),
  }),
  define({
    name: "urlquery.decode_object",
    args: [string],
    result: objectOf(string, arrayOf(string)),
    evaluate: (context, text) => decodeQueryObject(text) ?? context.fail("eval_builtin_error", "invalid URL query"),
  }),
];
