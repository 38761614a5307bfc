// Numbers keep one canonical form: an integer that a double holds exactly is a `number`, a larger one a `bigint`.
import type { RegoNumber } from "./value.ts";

/** The canonical form of a double that may have come from outside, where large integers arrive as doubles too. There is one zero only. */
export function canonicalNumber(value: number): RegoNumber {
  return (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) && Number.isFinite(value) ? BigInt(value) : value + 0;
}

/** The canonical form of an integer. */
export function canonicalInteger(value: bigint): RegoNumber {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** Whether a number is an integer; 1.0 is one. */
export function isInteger(value: RegoNumber): boolean {
  return typeof value === "bigint" || Number.isInteger(value);
}

/** An integer as a bigint, whichever form it has. The number must be an integer. */
export function toBigInt(value: RegoNumber): bigint {
  return typeof value === "bigint" ? value : BigInt(value);
}

/** A number as JSON text: integers in full however large, the shortest digits that identify a fraction. */
export function numberText(value: RegoNumber): string {
  if (typeof value === "bigint") return value.toString();
  if (Object.is(value, -0)) return "0";
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value).toString() : String(value);
}

const jsonNumber = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** Integers of more digits than this are refused: a few bytes such as `1e999999999` would fill the memory. */
const mostDigits = 10_000;

/**
 * Reads a JSON number: integers exactly, whatever their size and notation (`1e3` and `10.0` are integers), anything else as the nearest double.
 * Undefined when the text is no JSON number, or one out of range.
 */
export function parseNumber(text: string): RegoNumber | undefined {
  const match = jsonNumber.exec(text);
  if (match === null) return undefined;
  const double = Number(text);
  if (Number.isSafeInteger(double)) return double === 0 ? 0 : double;
  if (!Number.isInteger(double) && Number.isFinite(double)) return double;
  return parseLargeInteger(match[1] as string, match[2] as string, match[3] ?? "", Number(match[4] ?? "0"));
}

function parseLargeInteger(sign: string, whole: string, fraction: string, exponent: number): RegoNumber | undefined {
  if (whole.length + exponent > mostDigits) return undefined;
  const digits = (whole + fraction).padEnd(whole.length + exponent, "0");
  // A double this large has no fraction, so digits behind the point can only round the last place.
  return canonicalInteger(BigInt(sign + digits.slice(0, whole.length + exponent)));
}
