// Rego's numbers are the decimal texts that are written: `1.0` and `1` are one value but two texts, and digits count however many there are. A double or a
// bigint carries nearly all of them. `Decimal` is the form of the others: of fractions with more digits than a double has, of numbers outside the range of
// doubles, and of texts that would not come back from the number, such as `1.0`, `0.10` and `1e3`.
import { BeyondJson } from "./beyond-json.ts";

/** The forms of a number that JavaScript has itself. */
export type PlainNumber = number | bigint;

/** A number as sign × 0.digits × 10^point. The digits neither begin nor end with a zero; there are none for zero. */
interface Parts {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly point: number;
}

const decimalNumber = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e([+-]?[0-9]+))?$/i;

function partsOf(text: string): Parts {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = decimalNumber.exec(text) ?? [];
  const all = whole + fraction;
  const digits = all.replace(/^0+/, "");
  if (digits === "") return { sign: 0, digits, point: 0 };
  return {
    sign: sign === "-" ? -1 : 1,
    digits: digits.replace(/0+$/, ""),
    point: whole.length - (all.length - digits.length) + Number(exponent),
  };
}

function compareParts(a: Parts, b: Parts): number {
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.point !== b.point) return (a.point - b.point) * a.sign;
  return a.digits === b.digits ? 0 : a.digits < b.digits ? -a.sign : a.sign;
}

/** What JavaScript has since its JSON knows the texts of numbers, though not all declarations say so. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/**
 * A number whose text no double and no bigint carries. It counts as a number wherever JavaScript asks for one (then as the nearest double), and
 * `JSON.stringify` writes its text. It has no properties but methods, so that whoever takes it for an object of data finds an empty one.
 */
export class Decimal extends BeyondJson {
  /** A number of nobody: see `EvaluationContext.lasting`. */
  static readonly lasting: Decimal = new Decimal("0.0");
  readonly #text: string;
  #parts: Parts | null = null;
  #plain: PlainNumber | null | undefined = undefined;
  #nearest: number | null = null;

  /** The text must be a JSON number; `parseNumber` is what makes numbers of texts. */
  constructor(text: string) {
    super();
    this.#text = text;
  }

  /** The number as it was written. */
  writtenText(): string {
    return this.#text;
  }

  /** The same value as a double or a bigint; null where neither has it. */
  plainForm(): PlainNumber | null {
    if (this.#plain === undefined) this.#plain = plainOf(this.#text, this.numberParts());
    return this.#plain;
  }

  /** The same for all decimals of one value, and for no others. */
  identity(): string {
    const { sign, digits, point } = this.numberParts();
    return `${sign}${digits}e${point}`;
  }

  /** What the number is made of. */
  numberParts(): Parts {
    this.#parts ??= partsOf(this.#text);
    return this.#parts;
  }

  /** The nearest double, which may be zero or infinite. */
  override valueOf(): number {
    this.#nearest ??= Number(this.#text);
    return this.#nearest;
  }

  override toString(): string {
    return this.#text;
  }

  toJSON(): unknown {
    return rawJSON(this.#text);
  }
}

function plainOf(text: string, parts: Parts): PlainNumber | null {
  const { sign, digits, point } = parts;
  if (sign === 0) return 0;
  if (digits.length <= point) {
    const whole = BigInt(digits + "0".repeat(point - digits.length)) * BigInt(sign);
    return whole >= -9007199254740991n && whole <= 9007199254740991n ? Number(whole) : whole;
  }
  const double = Number(text);
  return Number.isFinite(double) && compareParts(partsOf(String(double)), parts) === 0 ? double : null;
}

/** Negative, zero or positive as the value of `a` is below, the same as or above that of `b`. */
export function compareDecimals(a: PlainNumber | Decimal, b: PlainNumber | Decimal): number {
  const x = a instanceof Decimal ? a.plainForm() : a;
  const y = b instanceof Decimal ? b.plainForm() : b;
  // Between a double and a bigint JavaScript compares exactly.
  if (x !== null && y !== null) return x < y ? -1 : x > y ? 1 : 0;
  // Of two numbers that are nearest to different doubles, the greater is nearest to the greater.
  if (typeof x !== "bigint" && typeof y !== "bigint") {
    const [left, right] = [Number(a), Number(b)];
    if (left !== right) return left < right ? -1 : 1;
  }
  return compareParts(partsOfNumber(a), partsOfNumber(b));
}

function partsOfNumber(value: PlainNumber | Decimal): Parts {
  return value instanceof Decimal ? value.numberParts() : partsOf(String(value));
}

/**
 * A number in a form that JavaScript has itself: a double near it where there is none of the same value, which is zero only for zero. Undefined for what
 * is no number.
 */
export function plainNumber(value: unknown): PlainNumber | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (!(value instanceof Decimal)) return undefined;
  return value.plainForm() ?? (Number(value) || value.numberParts().sign * Number.MIN_VALUE);
}

const withPoint = /^-?([0-9]+)\.(0+)$/;
/** So many digits a number may have that is written with a point and yet counts as an integer: as many as an integer of 64 bits always holds. */
const mostDigitsWithPoint = 18;

/**
 * A number that is written as an integer of 64 bits, which is what most builtins read positions and counts as, and arrays their indexes: `1` and `1.0` are such,
 * `1e0` is none, nor is `1.000000000000000000`, which has more digits than such an integer holds. Undefined for all others.
 */
export function longInteger(value: unknown): PlainNumber | undefined {
  if (typeof value === "number") return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? value : undefined;
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? value : undefined;
  if (!(value instanceof Decimal)) return undefined;
  const text = value.writtenText();
  // The only integer without a point that is a decimal.
  if (text === "-0") return 0;
  const [, whole = "", fraction = ""] = withPoint.exec(text) ?? [];
  return whole === "" || whole.length + fraction.length > mostDigitsWithPoint ? undefined : (value.plainForm() ?? undefined);
}

/** A number of the value in a form that JavaScript has itself, if there is one; any other value as it is. */
export function plainIfSame<T>(value: T): Exclude<T, Decimal> | PlainNumber | Decimal {
  return value instanceof Decimal ? (value.plainForm() ?? value) : (value as Exclude<T, Decimal>);
}
