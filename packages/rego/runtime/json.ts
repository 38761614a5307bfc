// Values to JSON and back. Numbers keep all their digits both ways.
import { BeyondJson } from "./beyond-json.ts";
import { sortedKeys } from "./compare.ts";
import { Decimal } from "./decimal.ts";
import { canonicalInteger, numberText, parseNumber } from "./numbers.ts";
import { copyOwn, setOwn } from "./own.ts";
import { ObjectValue, SetValue } from "./value.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";

/** What JSON can say, with bigints for large integers and decimals for numbers that only their text carries. */
export type JsonValue = null | boolean | number | bigint | Decimal | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * The value as JSON has it: sets become arrays in Rego's order, keys that are no strings become their JSON text.
 * What is JSON already is not copied.
 */
export function toJson(value: RegoValue): JsonValue {
  return convert(value);
}

/** The value as JSON text without white space, object keys in order. */
export function stringify(value: RegoValue): string {
  const parts: string[] = [];
  write(value, parts);
  return parts.join("");
}

/** Only a text with something like this can contain a number that a double does not give back: many digits, an exponent, a zero at the end of a fraction, `-0`. */
const maybeUnusual = /(?:^|[\s[:,])-?(?:[0-9.]{16}|[0-9.]+[eE]|[0-9]+\.[0-9]*0(?:[\s,}\]]|$)|0\.0{5}|(?<=-)0(?:[\s,}\]]|$))/;

/**
 * Reads JSON text, as JSON.parse does, but numbers keep the digits that they are written with: see `RegoNumber`.
 * Throws a SyntaxError where JSON.parse would, and for numbers of more than 25,000 digits.
 */
export function fromJson(text: string): RegoValue {
  if (!maybeUnusual.test(text)) return JSON.parse(text) as RegoValue;
  const parse = JSON.parse as (
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ) => RegoValue;
  return parse(text, (_, value, context) => (typeof value === "number" ? readNumber(value, context.source) : value));
}

function readNumber(value: number, source: string | undefined): RegoValue {
  if (source === undefined) return Number.isInteger(value) ? canonicalInteger(BigInt(value)) : value;
  const exact = parseNumber(source);
  if (exact === undefined) throw new SyntaxError(`number out of range: ${source.slice(0, 40)}`);
  return exact;
}

/** What is JSON already is shared with the result, however deep it lies in what is not. */
function convert(value: RegoValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return convertArray(value as RegoArray);
  if (!(value instanceof BeyondJson)) return convertObject(value as PlainObject);
  if (value instanceof Decimal) return value;
  if (value instanceof SetValue) return value.onlyJson ? (value.sorted() as readonly JsonValue[]) : convertArray(value.sorted());
  const result: Record<string, JsonValue> = {};
  for (const key of value.sortedKeys()) setOwn(result, keyText(key), convert(value.get(key) as RegoValue));
  return result;
}

function convertArray(items: RegoArray): readonly JsonValue[] {
  let result: JsonValue[] | null = null;
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as RegoValue;
    const converted = typeof item === "object" && item !== null ? convert(item) : item;
    if (converted !== item) result ??= items.slice(0, i) as JsonValue[];
    if (result !== null) result.push(converted);
  }
  return result ?? (items as readonly JsonValue[]);
}

function convertObject(object: PlainObject): JsonValue {
  let result: Record<string, JsonValue> | null = null;
  for (const key in object) {
    const value = object[key] as RegoValue;
    if (typeof value !== "object" || value === null) continue;
    const converted = convert(value);
    if (converted === value) continue;
    result ??= copyOwn(object) as Record<string, JsonValue>;
    setOwn(result, key, converted);
  }
  return result ?? (object as JsonValue);
}

function keyText(key: RegoValue): string {
  return typeof key === "string" ? key : stringify(key);
}

function write(value: RegoValue, parts: string[]): void {
  if (typeof value === "string") {
    parts.push(JSON.stringify(value));
  } else if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal) {
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
  if (items.every(isPlainlyWritten)) {
    parts.push(JSON.stringify(items));
    return;
  }
  parts.push("[");
  for (let i = 0; i < items.length; i++) {
    if (i > 0) parts.push(",");
    write(items[i] as RegoValue, parts);
  }
  parts.push("]");
}

/** Whether JavaScript's own JSON writes a value as Rego does: integers beyond those that are safe, it would write with an exponent. */
function isPlainlyWritten(item: RegoValue): boolean {
  if (typeof item === "number") return Number.isSafeInteger(item) || !Number.isInteger(item);
  return typeof item === "string" || typeof item === "boolean" || item === null;
}

function writeObject(value: PlainObject | ObjectValue, parts: string[]): void {
  const object = value instanceof ObjectValue ? withTextKeys(value) : value;
  parts.push("{");
  let separator = "";
  for (const key of sortedKeys(object)) {
    parts.push(separator, JSON.stringify(key), ":");
    write(object[key] as RegoValue, parts);
    separator = ",";
  }
  parts.push("}");
}

/** The object with the texts of its keys, which is what orders them in JSON. Where two have the same text, the greater key stays. */
function withTextKeys(value: ObjectValue): PlainObject {
  const result: Record<string, RegoValue> = {};
  for (const key of value.sortedKeys()) setOwn(result, keyText(key), value.get(key) as RegoValue);
  return result;
}
