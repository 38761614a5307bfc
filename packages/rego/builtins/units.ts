// https://www.openpolicyagent.org/docs/policy-reference#units: amounts with the units of Kubernetes. Amounts are calculated exactly, bytes as fractions are: with 64 bits.
import { canonicalInteger, parseNumber } from "../runtime/numbers.ts";
import type { RegoNumber } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { cutProduct } from "./extended-float.ts";
import { number, string } from "./type-description.ts";

/** A unit as a fraction. */
type Unit = readonly [numerator: bigint, denominator: bigint];

const prefixes = ["k", "m", "g", "t", "p", "e"];

function powers(base: bigint, suffix: string): [string, Unit][] {
  return prefixes.map((prefix, i) => [prefix + suffix, [base ** BigInt(i + 1), 1n]]);
}

const one: Unit = [1n, 1n];
/** In lower case; `m`, a thousandth, is told from `M` before. */
const units: ReadonlyMap<string, Unit> = new Map([["", one], ...powers(1000n, ""), ...powers(1024n, "i")]);
const byteUnits: ReadonlyMap<string, Unit> = new Map([...units, ...powers(1000n, "b"), ...powers(1024n, "ib")]);

/** Exponents beyond this are refused: a few bytes would stand for a number that fills the memory. */
const largestExponent = 1000;

/** An amount without its unit, as a fraction, and the unit. */
type Parsed = { readonly numerator: bigint; readonly denominator: bigint; readonly unit: Unit } | { readonly problem: string };

const amount = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)(.*)$/s;
const wellFormed = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;

function parse(text: string, known: ReadonlyMap<string, Unit>, what: string): Parsed {
  const plain = text.replaceAll('"', "");
  if (/\s/.test(plain)) return { problem: "spaces not allowed in resource strings" };
  const split = amount.exec(plain);
  if (split === null) return { problem: `no ${what} provided` };
  const [, digits = "", suffix = ""] = split;
  const match = wellFormed.exec(digits);
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match ?? [];
  if (match === null || whole + fraction === "") return { problem: `could not parse ${what} to a number` };
  const unit = known === units && suffix === "m" ? ([1n, 1000n] as const) : known.get(suffix.toLowerCase());
  if (unit === undefined) return { problem: `unit ${JSON.stringify(suffix)} is unknown` };
  const exponent = Number(exponentText) - fraction.length;
  if (Math.abs(exponent) > largestExponent) return { problem: "exponent too large" };
  const value = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  return exponent >= 0
    ? { numerator: value * 10n ** BigInt(exponent), denominator: 1n, unit }
    : { numerator: value, denominator: 10n ** BigInt(-exponent), unit };
}

/** An integer exactly, a fraction with ten digits behind the point. */
function quotient(numerator: bigint, denominator: bigint): RegoNumber | undefined {
  if (numerator % denominator === 0n) return canonicalInteger(numerator / denominator);
  const size = numerator < 0n ? -numerator : numerator;
  const digits = String((size * 20_000_000_000n + denominator) / (2n * denominator)).padStart(11, "0");
  return parseNumber(`${numerator < 0n ? "-" : ""}${digits.slice(0, -10)}.${digits.slice(-10)}`);
}

function report(context: BuiltinContext, parsed: { readonly problem: string }): undefined {
  return context.fail("eval_builtin_error", parsed.problem);
}

export const amounts: readonly Builtin[] = [
  define({
    name: "units.parse",
    args: [string],
    result: number,
    evaluate(context, text) {
      const parsed = parse(text, units, "amount");
      if ("problem" in parsed) return report(context, parsed);
      return quotient(parsed.numerator * parsed.unit[0], parsed.denominator * parsed.unit[1]);
    },
  }),
  define({
    name: "units.parse_bytes",
    args: [string],
    result: number,
    evaluate(context, text) {
      const parsed = parse(text, byteUnits, "byte amount");
      if ("problem" in parsed) return report(context, parsed);
      return canonicalInteger(cutProduct(parsed.numerator, parsed.denominator, parsed.unit[0]));
    },
  }),
];
