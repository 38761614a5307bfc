// Calculations with fractions as Rego makes them: on the decimal numbers that are written, with 64 bits of mantissa. A double has 53, and
// 0.1 + 0.2 is not 0.3 there. The results here are the doubles nearest to those with 64 bits.
import { canonicalInteger } from "../runtime/numbers.ts";
import type { RegoNumber } from "../runtime/value.ts";

/** numerator / denominator; the denominator is positive. */
interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const precision = 64;
const decimal = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e([+-]?[0-9]+))?$/;

export function addFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  const x = ratioOf(a);
  const y = ratioOf(b);
  return fromRatio({ numerator: x.numerator * y.denominator + y.numerator * x.denominator, denominator: x.denominator * y.denominator });
}

export function subtractFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  return addFractions(a, -b);
}

export function multiplyFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  const x = ratioOf(a);
  const y = ratioOf(b);
  return fromRatio({ numerator: x.numerator * y.numerator, denominator: x.denominator * y.denominator });
}

/** The divisor must not be zero. */
export function divideFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  const x = ratioOf(a);
  const y = ratioOf(b);
  const sign = y.numerator < 0n ? -1n : 1n;
  return fromRatio({ numerator: sign * x.numerator * y.denominator, denominator: sign * x.denominator * y.numerator });
}

/** The sum, rounded after each addition. */
export function sumOfFractions(values: readonly RegoNumber[]): RegoNumber {
  let total: Ratio = { numerator: 0n, denominator: 1n };
  for (const value of values) {
    const { numerator, denominator } = ratioOf(value);
    total = rounded({
      numerator: total.numerator * denominator + numerator * total.denominator,
      denominator: total.denominator * denominator,
    });
  }
  return fromRatio(total);
}

/** The product, rounded after each multiplication to the bits of a double, as OPA does. */
export function productOfFractions(values: readonly RegoNumber[]): RegoNumber {
  let total: Ratio = { numerator: 1n, denominator: 1n };
  for (const value of values) {
    const { numerator, denominator } = ratioOf(value);
    total = rounded({ numerator: total.numerator * numerator, denominator: total.denominator * denominator }, 53);
  }
  return fromRatio(total);
}

/** The number that its shortest text names, with 64 bits. */
function ratioOf(value: RegoNumber): Ratio {
  const [, sign = "", whole = "0", fraction = "", exponent = "0"] = decimal.exec(String(value)) ?? [];
  const digits = BigInt(sign + whole + fraction);
  const scale = Number(exponent) - fraction.length;
  return scale >= 0
    ? rounded({ numerator: digits * 10n ** BigInt(scale), denominator: 1n })
    : rounded({ numerator: digits, denominator: 10n ** BigInt(-scale) });
}

/** The nearest ratio with so many bits, ties to even. */
function rounded(ratio: Ratio, mostBits: number = precision): Ratio {
  const { numerator, denominator } = ratio;
  if (numerator === 0n) return ratio;
  const size = numerator < 0n ? -numerator : numerator;
  let shift = mostBits - (bits(size) - bits(denominator));
  let mantissa = quotient(size, denominator, shift);
  if (bits(mantissa) > mostBits) mantissa = quotient(size, denominator, --shift);
  if (bits(mantissa) > mostBits) mantissa = quotient(size, denominator, --shift);
  const signed = numerator < 0n ? -mantissa : mantissa;
  return shift >= 0 ? { numerator: signed, denominator: 1n << BigInt(shift) } : { numerator: signed << BigInt(-shift), denominator: 1n };
}

/** numerator × 2^shift / denominator, rounded half to even. */
function quotient(numerator: bigint, denominator: bigint, shift: number): bigint {
  const dividend = shift >= 0 ? numerator << BigInt(shift) : numerator;
  const divisor = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const whole = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  return twice > divisor || (twice === divisor && (whole & 1n) === 1n) ? whole + 1n : whole;
}

function bits(value: bigint): number {
  return value.toString(2).length;
}

/** The canonical number: an integer where the result is one, otherwise the nearest double. */
function fromRatio(exact: Ratio): RegoNumber {
  const { numerator, denominator } = rounded(exact);
  if (numerator % denominator === 0n) return canonicalInteger(numerator / denominator);
  return doubleOf(numerator, denominator);
}

/** The double nearest to a ratio whose denominator is a power of two. */
function doubleOf(numerator: bigint, denominator: bigint): number {
  const exponent = bits(denominator) - 1;
  // Dividing in two steps keeps the divisor within what a double holds.
  const first = Math.min(exponent, 1000);
  return Number(numerator) / 2 ** first / 2 ** (exponent - first) + 0;
}
