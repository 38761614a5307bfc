// How Go's YAML reads the scalars that are numbers, booleans or null: https://pkg.go.dev/sigs.k8s.io/yaml
import { NOT_RESOLVED } from "js-yaml";
import { Decimal, type PlainNumber } from "../runtime/decimal.ts";
import { canonicalInteger, parseNumber } from "../runtime/numbers.ts";
import type { RegoNumber } from "../runtime/value.ts";

export const truths: ReadonlySet<string> = new Set(["true", "True", "TRUE"]);
export const untruths: ReadonlySet<string> = new Set(["false", "False", "FALSE"]);
export const nothings: ReadonlySet<string> = new Set(["", "~", "null", "Null", "NULL"]);

const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

export function readInteger(source: string): PlainNumber | typeof NOT_RESOLVED {
  const match = integer.exec(source.startsWith("_") ? source : source.replaceAll("_", ""));
  if (match === null) return NOT_RESOLVED;
  const digits = match[2] as string;
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = match[1] === "-" ? -size : size;
  // What 64 bits do not hold is no integer, but a float64 if it is decimal.
  return isLong(value) ? canonicalInteger(value) : NOT_RESOLVED;
}

export function isLong(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value || BigInt.asUintN(64, value) === value;
}

/** Go's float64s as its JSON has them, which are written as JavaScript writes its numbers. */
export function readFloat(source: string): RegoNumber | typeof NOT_RESOLVED {
  const plain = source.startsWith("_") ? source : source.replaceAll("_", "");
  if (!float.test(plain)) return NOT_RESOLVED;
  const value = Number(plain);
  return (Object.is(value, -0) ? new Decimal("-0") : parseNumber(String(value))) ?? NOT_RESOLVED;
}
