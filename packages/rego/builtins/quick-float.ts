// A float with 64 bits of mantissa as the sum of two doubles: most fractions are calculated with it, since extended-float.ts makes many bigints for each step. How to
// find what a double leaves out of a sum, a product or a quotient: T. J. Dekker, "A floating-point technique for extending the available precision" (1971).
import { Decimal } from "../runtime/decimal.ts";
import { parseNumber } from "../runtime/numbers.ts";
import type { RegoNumber } from "../runtime/value.ts";
import { numberOfMantissa } from "./extended-float.ts";
import { decimalText } from "./float-text.ts";

/** A double tells all numbers of fewer digits than this apart. */
const mostUnits = 1e15;
const powersOfTen: readonly number[] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/** Numbers that are this many times as large as others are not added to them: the doubles would leave something out. */
const tooFarApart = 2 ** 38;
/** Integers up to this are factors and divisors with which nothing is left out that decides about rounding. */
const largestFactor = 2 ** 38;
/** A rest so near to the middle between two floats, in parts of their distance, may be on the other side of it. */
const doubtful = 2 ** -30;

/** For taking doubles apart: the upper half comes second. */
const doubles: Float64Array = new Float64Array(1);
const halves: Uint32Array = new Uint32Array(doubles.buffer);

/** A float that calculations change. Each of them returns whether its result is right to the last bit; if it is not, the float is of no use any more. */
export class QuickFloat {
  /** The double that is nearest to the value. */
  private high = 0;
  /** The rest. */
  private low = 0;
  /** How many decimals the value would have if nothing was ever rounded, as far as that is known. */
  private decimals = 0;

  /** Takes a number that is written with few digits. */
  set(value: RegoNumber): boolean {
    const plain = value instanceof Decimal ? value.plainForm() : value;
    if (typeof plain !== "number") return false;
    const decimals = decimalsOf(plain);
    if (decimals < 0) return false;
    const power = powersOfTen[decimals] as number;
    this.setUnits(Math.round(plain * power), power);
    this.decimals = decimals;
    return true;
  }

  /** Adds another, or subtracts it where the sign is -1. */
  add(other: QuickFloat, sign: 1 | -1): boolean {
    const a = this.high;
    const b = sign * other.high;
    const [x, y] = [Math.abs(a), Math.abs(b)];
    if (x !== 0 && y !== 0 && (x > y * tooFarApart || y > x * tooFarApart)) return false;
    const sum = a + b;
    this.decimals = Math.max(this.decimals, other.decimals);
    return this.put(sum, restOfSum(a, b, sum) + (this.low + sign * other.low), true);
  }

  multiply(other: QuickFloat): boolean {
    const product = this.high * other.high;
    const rest = restOfProduct(this.high, other.high, product) + (this.high * other.low + this.low * other.high);
    this.decimals += other.decimals;
    return this.put(product, rest, this.isFactor() || other.isFactor());
  }

  /** Divides it by another, which must not be zero. */
  divide(other: QuickFloat): boolean {
    const quotient = this.high / other.high;
    const product = quotient * other.high;
    const rest = this.high - product - restOfProduct(quotient, other.high, product) + this.low - quotient * other.low;
    this.decimals = 0;
    return this.put(quotient, rest / other.high, other.isFactor());
  }

  /** The value as calculations give it: the number that the fewest digits name which tell its 64 bits. */
  result(): RegoNumber {
    // A number of so few digits that has these bits is the only one.
    for (let decimals = this.decimals; decimals < powersOfTen.length; decimals += 3) {
      const power = powersOfTen[decimals] as number;
      const units = Math.round(this.high * power);
      if (Math.abs(units) >= mostUnits) break;
      named.setUnits(units, power);
      if (named.high - this.high + (named.low - this.low) === 0) return numberOfUnits(units, decimals);
    }
    const unit = lastBit(this.high, this.low);
    return numberOfMantissa(BigInt(this.high / unit) + BigInt(this.low / unit), -Math.round(Math.log2(unit)));
  }

  /** Takes the quotient of an integer below `mostUnits` and a power of ten. */
  private setUnits(units: number, power: number): void {
    const high = units / power;
    const product = high * power;
    const rest = units - product - restOfProduct(high, power, product);
    this.high = high;
    this.low = roundedRest(high, rest / power);
  }

  /** Takes the sum of two doubles, rounded to 64 bits. If the second is not exact, it returns false where that might decide. */
  private put(a: number, b: number, exact: boolean): boolean {
    const high = a + b;
    const rest = restOfSum(a, b, high);
    const low = roundedRest(high, rest);
    this.high = high;
    this.low = low;
    return exact || Math.abs(Math.abs(rest - low) / lastBit(high, rest) - 0.5) > doubtful;
  }

  private isFactor(): boolean {
    return this.low === 0 && Number.isInteger(this.high) && Math.abs(this.high) <= largestFactor;
  }
}

/** For numbers that results are compared with. */
const named: QuickFloat = new QuickFloat();

/** With how many decimals a number is written, nine at most; -1 for more, and for numbers with too many digits. */
function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < powersOfTen.length; decimals++) {
    const power = powersOfTen[decimals] as number;
    const units = Math.round(value * power);
    if (Math.abs(units) >= mostUnits) return -1;
    if (units / power === value) return decimals;
  }
  return -1;
}

function restOfSum(a: number, b: number, sum: number): number {
  const second = sum - a;
  return a - (sum - second) + (b - second);
}

function restOfProduct(a: number, b: number, product: number): number {
  const upperA = upperHalf(a);
  const upperB = upperHalf(b);
  const [lowerA, lowerB] = [a - upperA, b - upperB];
  return lowerA * lowerB - (product - upperA * upperB - lowerA * upperB - upperA * lowerB);
}

/** The upper 26 bits of a double. */
function upperHalf(value: number): number {
  const scaled = value * 0x800_0001;
  return scaled - (scaled - value);
}

/** What the last of 64 bits counts in the sum of a double and a rest. */
function lastBit(high: number, rest: number): number {
  doubles[0] = high;
  const upper = halves[1] as number;
  // Just below a power of two the bits count half as much as in the power itself.
  const isBelow = (upper & 0xf_ffff) === 0 && halves[0] === 0 && (high < 0 ? rest > 0 : rest < 0);
  halves[0] = 0;
  halves[1] = (((upper >>> 20) & 0x7ff) - (isBelow ? 64 : 63)) << 20;
  return doubles[0];
}

/** The rest, rounded to the last of 64 bits, half to even. */
function roundedRest(high: number, rest: number): number {
  if (high === 0) return 0;
  // Doubles of this size have no bits below that one.
  const shift = lastBit(high, rest) * 0x18_0000_0000_0000;
  return rest + shift - shift;
}

/** An integer divided by a power of ten, in the form that calculations give it. */
function numberOfUnits(units: number, decimals: number): RegoNumber {
  const value = units / (powersOfTen[decimals] as number);
  const size = Math.abs(value);
  if (Number.isInteger(value) || (size >= 0.0001 && size < 1_000_000)) return value + 0;
  const digits = String(Math.abs(units));
  const text = decimalText({ digits: digits.replace(/0+$/, ""), point: digits.length - decimals });
  return parseNumber(units < 0 ? `-${text}` : text) ?? value;
}
