// Values to JSON and back. Integers of any size keep all their digits both ways.
import { sortedKeys } from "./compare.ts";
import { canonicalInteger, numberText, parseNumber } from "./numbers.ts";
import { setOwn } from "./own.ts";
import { ObjectValue, SetValue } from "./value.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";

/** What JSON can say, with bigints for large integers. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * The value as JSON has it: sets become arrays in Rego's order, keys that are no strings become their JSON text.
 * A value that is JSON already is returned as it is, not copied.
 */
export function toJson(value: RegoValue): JsonValue {
  return isJson(value) ? (value as JsonValue) : convert(value);
}

/** The value as JSON text without white space, object keys in order. */
export function stringify(value: RegoValue): string {
  const parts: string[] = [];
  write(value, parts);
  return parts.join("");
}

/** A long run of digits, or an exponent: only a text with one of them can contain an integer that a double does not hold. */
const maybeLarge = /[0-9]{16}|[0-9][eE]/;

/**
 * Reads JSON text, as JSON.parse does, but with integers beyond doubles as bigints.
 * Throws a SyntaxError where JSON.parse would, and for integers of more than ten thousand digits.
 */
export function fromJson(text: string): RegoValue {
  if (!maybeLarge.test(text)) return JSON.parse(text) as RegoValue;
  const parse = JSON.parse as (
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ) => RegoValue;
  return parse(text, (_, value, context) =>
    typeof value === "number" && !Number.isSafeInteger(value) ? readLarge(value, context.source) : value,
  );
}

function readLarge(value: number, source: string | undefined): RegoValue {
  if (source === undefined) return Number.isInteger(value) ? canonicalInteger(BigInt(value)) : value;
  const exact = parseNumber(source);
  if (exact === undefined) throw new SyntaxError(`number out of range: ${source.slice(0, 40)}`);
  return exact;
}

function isJson(value: RegoValue): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isJson);
  if (value instanceof SetValue || value instanceof ObjectValue) return false;
  const object = value as PlainObject;
  for (const key in object) {
    if (!isJson(object[key] as RegoValue)) return false;
  }
  return true;
}

function convert(value: RegoValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as RegoArray).map(convert);
  if (value instanceof SetValue) return value.sorted().map(convert);
  const result: Record<string, JsonValue> = {};
  if (value instanceof ObjectValue) {
    for (const key of value.sortedKeys()) setOwn(result, keyText(key), convert(value.get(key) as RegoValue));
  } else {
    const object = value as PlainObject;
    for (const key of Object.keys(object)) setOwn(result, key, convert(object[key] as RegoValue));
  }
  return result;
}

function keyText(key: RegoValue): string {
  return typeof key === "string" ? key : stringify(key);
}

function write(value: RegoValue, parts: string[]): void {
  if (typeof value === "string") {
    parts.push(JSON.stringify(value));
  } else if (typeof value === "number" || typeof value === "bigint") {
    parts.push(numberText(value));
  } else if (typeof value === "boolean" || value === null) {
    parts.push(String(value));
  } else if (Array.isArray(value)) {
    writeArray(value, parts);
  } else if (value instanceof SetValue) {
    writeArray(value.sorted(), parts);
  } else {
    writeObject(value as PlainObject | ObjectValue, parts);
  }
}

function writeArray(items: RegoArray, parts: string[]): void {
  parts.push("[");
  for (let i = 0; i < items.length; i++) {
    if (i > 0) parts.push(",");
    write(items[i] as RegoValue, parts);
  }
  parts.push("]");
}

function writeObject(value: PlainObject | ObjectValue, parts: string[]): void {
  parts.push("{");
  let separator = "";
  for (const key of value instanceof ObjectValue ? value.sortedKeys() : sortedKeys(value)) {
    parts.push(separator, JSON.stringify(keyText(key)), ":");
    write((value instanceof ObjectValue ? value.get(key) : value[key as string]) as RegoValue, parts);
    separator = ",";
  }
  parts.push("}");
}
