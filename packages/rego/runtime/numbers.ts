// Numbers keep one canonical form: an integer that a double holds exactly is a `number`, a larger one a `bigint`, a fraction the double that its text names;
// what neither carries is a `Decimal`.
import { Decimal, type PlainNumber } from "./decimal.ts";
import type { RegoNumber } from "./value.ts";

/** The canonical form of a double that may have come from outside, where large integers arrive as doubles too. There is one zero only. */
export function canonicalNumber(value: number): PlainNumber {
  return (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) && Number.isFinite(value) ? BigInt(value) : value + 0;
}

/** The canonical form of an integer. */
export function canonicalInteger(value: bigint): PlainNumber {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** Whether a number is an integer; 1.0 is one. */
export function isInteger(value: RegoNumber): boolean {
  if (value instanceof Decimal) {
    const plain = value.plainForm();
    return plain !== null && isInteger(plain);
  }
  return typeof value === "bigint" || Number.isInteger(value);
}

/** An integer as a bigint, whichever form it has. The number must be an integer. */
export function toBigInt(value: RegoNumber): bigint {
  if (typeof value === "bigint") return value;
  return value instanceof Decimal ? BigInt(value.plainForm() ?? 0) : BigInt(value);
}

/** A number as JSON text: as it was written, integers in full however large, the shortest digits that identify a fraction. */
export function numberText(value: RegoNumber): string {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Decimal) return value.writtenText();
  if (Object.is(value, -0)) return "0";
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value).toString() : String(value);
}

const jsonNumber = /^-?(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;
const wholeNumber = /^-?[0-9]+$/;

/** Numbers of more digits than this before or behind the point are refused: a few bytes such as `1e999999999` would fill the memory. */
const mostDigits = 25_000;

/** Reads a JSON number so that its text comes back from it. Undefined when the text is no JSON number, or has too many digits. */
export function parseNumber(text: string): RegoNumber | undefined {
  const double = Number(text);
  if (String(double) === text && Number.isFinite(double) && (Number.isSafeInteger(double) || !Number.isInteger(double))) return double;
  const match = jsonNumber.exec(text);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = match;
  if (whole.length + fraction.length + Math.abs(Number(exponent)) > mostDigits) return undefined;
  return wholeNumber.test(text) && text !== "-0" ? BigInt(text) : new Decimal(text);
}
