// Calculations with fractions as Rego makes them: on the decimal numbers that are written, with 64 bits of mantissa. A double has 53, and
// 0.1 + 0.2 is not 0.3 there; quick-float.ts does the same for most numbers that are written with few digits. A result is written with the fewest digits that tell its 64 bits: https://pkg.go.dev/math/big#Float.Text
import { parseNumber } from "../runtime/numbers.ts";
import type { RegoNumber } from "../runtime/value.ts";
import { decimalText, type Digits } from "./float-text.ts";

/** numerator / denominator; the denominator is positive. */
interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const precision = 64;
const decimal = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e([+-]?[0-9]+))?$/i;

export function addFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  const x = ratioOf(a);
  const y = ratioOf(b);
  return fromRatio({ numerator: x.numerator * y.denominator + y.numerator * x.denominator, denominator: x.denominator * y.denominator });
}

export function subtractFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  const x = ratioOf(a);
  const y = ratioOf(b);
  return fromRatio({ numerator: x.numerator * y.denominator - y.numerator * x.denominator, denominator: x.denominator * y.denominator });
}

/** A number as calculations give it. */
export function roundedFraction(value: RegoNumber): RegoNumber {
  return fromRatio(ratioOf(value));
}

/** The number nearest to numerator / denominator, which is positive. */
export function fractionOf(numerator: bigint, denominator: bigint): RegoNumber {
  return fromRatio({ numerator, denominator });
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
  return fromRatio(total, 53);
}

/** The integers at or next to a number, below, above and towards zero. */
export function neighbours(value: RegoNumber): {
  readonly below: bigint;
  readonly above: bigint;
  readonly nearest: bigint;
  readonly cut: bigint;
} {
  const { numerator, denominator } = ratioOf(value);
  const cut = numerator / denominator;
  const rest = numerator % denominator;
  // One half is added before the fraction is cut off, and this sum has 64 bits as well.
  const half = rounded({ numerator: 2n * numerator + (numerator < 0n ? -denominator : denominator), denominator: 2n * denominator });
  return {
    below: rest < 0n ? cut - 1n : cut,
    above: rest > 0n ? cut + 1n : cut,
    nearest: half.numerator / half.denominator,
    cut,
  };
}

/** numerator / denominator times an integer, cut off to an integer: both the quotient and the product are rounded before. The denominator must be positive. */
export function cutProduct(numerator: bigint, denominator: bigint, factor: bigint): bigint {
  const quotient = rounded({ numerator, denominator });
  const product = rounded({ numerator: quotient.numerator * factor, denominator: quotient.denominator });
  return product.numerator / product.denominator;
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
  const { mantissa, shift } = binary(numerator < 0n ? -numerator : numerator, denominator, mostBits);
  const signed = numerator < 0n ? -mantissa : mantissa;
  return shift >= 0 ? { numerator: signed, denominator: 1n << BigInt(shift) } : { numerator: signed << BigInt(-shift), denominator: 1n };
}

/** A positive ratio as mantissa × 2^-shift, the mantissa having that many bits. */
function binary(numerator: bigint, denominator: bigint, mostBits: number): { readonly mantissa: bigint; readonly shift: number } {
  let shift = mostBits - (bits(numerator) - bits(denominator));
  let mantissa = quotient(numerator, denominator, shift);
  if (bits(mantissa) > mostBits) mantissa = quotient(numerator, denominator, --shift);
  if (bits(mantissa) > mostBits) mantissa = quotient(numerator, denominator, --shift);
  return { mantissa, shift };
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
  const digits = value.toString(16);
  return digits.length * 4 - (Math.clz32(Number.parseInt(digits.charAt(0), 16)) - 28);
}

function fromRatio(exact: Ratio, mostBits: number = precision): RegoNumber {
  const { numerator, denominator } = exact;
  if (numerator === 0n) return 0;
  const { mantissa, shift } = binary(numerator < 0n ? -numerator : numerator, denominator, mostBits);
  return numberOfMantissa(numerator < 0n ? -mantissa : mantissa, shift);
}

/**
 * The number that the fewest digits name which tell mantissa × 2^-shift from its neighbours; the mantissa has all bits that it may have. An integer is written
 * without an exponent.
 */
export function numberOfMantissa(mantissa: bigint, shift: number): RegoNumber {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const shortest = shortestDigits(size, shift);
  const whole = shift <= 0 || (size & ((1n << BigInt(shift)) - 1n)) === 0n;
  const text = whole ? shortest.digits.padEnd(shortest.point, "0") : decimalText(shortest);
  return parseNumber(mantissa < 0n ? `-${text}` : text) ?? 0;
}

/** The fewest digits between mantissa × 2^-shift and the middles to its neighbours, which count where the mantissa is even. */
function shortestDigits(mantissa: bigint, shift: number): Digits {
  const inclusive = (mantissa & 1n) === 0n;
  const value = exactDigits(mantissa * 2n, shift + 1);
  const { digits: lower } = exactDigits(mantissa * 2n - 1n, shift + 1);
  const { digits: upper } = exactDigits(mantissa * 2n + 1n, shift + 1);
  const { digits, point } = value;
  for (let i = 0; i < digits.length; i++) {
    const [l, m, u] = [digitAt(lower, i), digitAt(digits, i), digitAt(upper, i)];
    const down = l !== m || (inclusive && i + 1 === lower.length);
    const up = m !== u && (inclusive || m + 1 < u || i + 1 < upper.length);
    if (!down && !up) continue;
    const kept = digits.slice(0, i + 1);
    if (!up || (down && !roundsUp(digits, i + 1))) return { digits: kept, point };
    const next = String(BigInt(kept) + 1n);
    return { digits: next.replace(/0+$/, ""), point: point + next.length - kept.length };
  }
  return value;
}

function digitAt(digits: string, place: number): number {
  return place < digits.length ? Number(digits[place]) : 0;
}

/** Whether cutting digits off, half to even, leaves the greater number. */
function roundsUp(digits: string, count: number): boolean {
  if (count >= digits.length) return false;
  const next = digitAt(digits, count);
  return next === 5 && count + 1 === digits.length ? digitAt(digits, count - 1) % 2 === 1 : next >= 5;
}

/** All digits of mantissa × 2^-shift but the zeros at the end. */
function exactDigits(mantissa: bigint, shift: number): Digits {
  const text = String(shift > 0 ? mantissa * 5n ** BigInt(shift) : mantissa << BigInt(-shift));
  return { digits: text.replace(/0+$/, ""), point: text.length - Math.max(0, shift) };
}
