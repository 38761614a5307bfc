// https://www.openpolicyagent.org/docs/policy-reference#numbers. Sums, differences, products and remainders of integers are exact whatever
// their size; all else is calculated as fractions are, with a few more bits than doubles have, see fractions.ts.
import { compareDecimals, Decimal, plainIfSame, plainNumber, type PlainNumber } from "../runtime/decimal.ts";
import { canonicalInteger, canonicalNumber, isInteger, toBigInt } from "../runtime/numbers.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { isNumber, SetValue } from "../runtime/value.ts";
import type { RegoNumber, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define, defineDirect, defineHot } from "./define.ts";
import { neighbours, roundedFraction } from "./extended-float.ts";
import { addFractions, divideFractions, multiplyFractions, subtractFractions } from "./fractions.ts";
import { any, arrayOf, integer, number, oneOf, setOf } from "./type-description.ts";

/** A range with more numbers than this is refused: it would fill the memory. */
const longestRange = 10_000_000;
/** The same for numbers beyond doubles, which take several times the memory and time. */
const longestLargeRange = 500_000;

export function plus(a: RegoValue, b: RegoValue): RegoNumber | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    return Number.isSafeInteger(sum) && Number.isInteger(a) && Number.isInteger(b) ? sum : large(sum, a, b, (x, y) => x + y, addFractions);
  }
  return isNumber(a) && isNumber(b) ? large(Number(a) + Number(b), a, b, (x, y) => x + y, addFractions) : undefined;
}

/** The difference of two numbers, or of two sets. */
export function minus(a: RegoValue, b: RegoValue): RegoNumber | RegoSet | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    return Number.isSafeInteger(difference) && Number.isInteger(a) && Number.isInteger(b)
      ? difference
      : large(difference, a, b, (x, y) => x - y, subtractFractions);
  }
  if (a instanceof SetValue && b instanceof SetValue) return setDifference(a, b);
  return isNumber(a) && isNumber(b) ? large(Number(a) - Number(b), a, b, (x, y) => x - y, subtractFractions) : undefined;
}

export function multiply(a: RegoValue, b: RegoValue): RegoNumber | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    // Adding zero makes the zero of -1 * 0 the ordinary one.
    return Number.isSafeInteger(product) && Number.isInteger(a) && Number.isInteger(b)
      ? product + 0
      : large(product, a, b, (x, y) => x * y, multiplyFractions);
  }
  return isNumber(a) && isNumber(b) ? large(Number(a) * Number(b), a, b, (x, y) => x * y, multiplyFractions) : undefined;
}

/** The quotient: exact where the divisor divides a dividend of 64 bits, else a fraction. Undefined for a divisor of zero. */
export function divide(a: RegoValue, b: RegoValue): RegoNumber | undefined {
  if (typeof a === "number" && typeof b === "number" && b !== 0 && Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const quotient = a / b;
    // Multiplying gives the dividend exactly where neither factor has many digits.
    if (a % b === 0) return quotient + 0;
    if (isShort(quotient) && Math.abs(b) < 0x800_0000 && quotient * b === a) return quotient;
    return hasFewDecimals(quotient, a, b) ? quotient : divideFractions(a, b);
  }
  if (!isNumber(a) || !isNumber(b) || isZero(b)) return undefined;
  if (isInteger(a) && isInteger(b)) {
    const dividend = toBigInt(a);
    const divisor = toBigInt(b);
    if (fitsMantissa(dividend) && dividend % divisor === 0n) return canonicalInteger(dividend / divisor);
  }
  return divideFractions(a, b);
}

/** The remainder of two integers, with the sign of the dividend. Undefined for a divisor of zero. */
export function remainder(a: RegoValue, b: RegoValue): RegoNumber | undefined {
  if (!isNumber(a) || !isNumber(b) || !isInteger(a) || !isInteger(b) || isZero(b)) return undefined;
  if (typeof a === "number" && typeof b === "number") return a % b || 0;
  return canonicalInteger(toBigInt(a) % toBigInt(b));
}

export function setDifference(a: SetValue, b: SetValue): RegoSet {
  return RegoSet.ofDistinct(a.items.filter((item) => !b.has(item)));
}

export function absolute(a: RegoValue): RegoNumber | undefined {
  if (typeof a === "bigint") return fitsMantissa(a) ? (a < 0n ? -a : a) : roundedFraction(a < 0n ? -a : a);
  if (!isNumber(a)) return undefined;
  const plain = plainIfSame(a);
  if (typeof plain === "number") return Number.isInteger(plain) || isShort(plain) ? Math.abs(plain) : roundedFraction(Math.abs(plain));
  if (typeof plain === "bigint") return absolute(plain);
  return compareDecimals(plain, 0) < 0 ? subtractFractions(0, plain) : roundedFraction(plain);
}

/** Half away from zero. */
function round(a: RegoValue): PlainNumber | undefined {
  if (typeof a === "number" && a > 0) return canonicalNumber(Math.round(a));
  return toInteger(a, (double) => Math.sign(double) * Math.round(Math.abs(double)), "nearest");
}

function ceil(a: RegoValue): PlainNumber | undefined {
  if (typeof a === "number" && a > 0) return canonicalNumber(Math.ceil(a));
  return toInteger(a, (double) => (cutsToZero(double) ? 1 : Math.ceil(double)), "above");
}

function floor(a: RegoValue): PlainNumber | undefined {
  if (typeof a === "number" && a > 0) return canonicalNumber(Math.floor(a));
  return toInteger(a, (double) => (cutsToZero(double) ? 0 : Math.floor(double)), "below");
}

/** OPA cuts the fraction off before it looks at the sign, which zero does not have: between -1 and 0 it takes the neighbours 0 and 1. */
function cutsToZero(double: number): boolean {
  return double > -1 && double < 0;
}

function toInteger(a: RegoValue, ofDouble: (value: number) => number, way: "nearest" | "above" | "below"): PlainNumber | undefined {
  const plain = plainIfSame(a);
  if (typeof plain === "number") return canonicalNumber(ofDouble(plain));
  if (typeof plain === "bigint") return fitsMantissa(plain) && way !== "nearest" ? plain : canonicalInteger(neighbours(plain)[way]);
  if (!(plain instanceof Decimal)) return undefined;
  const double = plainNumber(plain) ?? 0;
  return typeof double === "number" && cutsToZero(double) ? ofDouble(double) : canonicalInteger(neighbours(plain)[way]);
}

/** Whether the numbers that fractions are calculated with hold an integer. */
function fitsMantissa(value: bigint): boolean {
  return BigInt.asUintN(64, value) === value || BigInt.asUintN(64, -value) === -value;
}

function isZero(value: RegoNumber): boolean {
  return compareDecimals(value, 0) === 0;
}

/** What to return when doubles gave `approximate`, which is no safe integer: the exact integer if both operands are integers. */
function large(
  approximate: number,
  a: RegoNumber,
  b: RegoNumber,
  exactly: (a: bigint, b: bigint) => bigint,
  precisely: (a: RegoNumber, b: RegoNumber) => RegoNumber,
): RegoNumber | undefined {
  if (isInteger(a) && isInteger(b)) return canonicalInteger(exactly(toBigInt(a), toBigInt(b)));
  return isShort(a) && isShort(b) && Math.abs(approximate) < 1_000_000 ? canonicalNumber(approximate) : precisely(a, b);
}

/** Whether a number has so few binary digits that doubles calculate with it exactly: 0.5, 3.25 and the like. */
function isShort(value: RegoNumber): boolean {
  return typeof value === "number" && Number.isInteger(value * 64) && Math.abs(value) < 1_000_000;
}

/**
 * Whether the quotient of two integers has at most six decimals and is written without an exponent. All its digits, twelve at most, then come back from a double, as they do from a float with more
 * bits.
 */
function hasFewDecimals(quotient: number, dividend: number, divisor: number): boolean {
  const size = Math.abs(quotient);
  return (
    size >= 0.0001 &&
    size < 1_000_000 &&
    Math.abs(dividend) < 1_000_000_000 &&
    Math.abs(divisor) < 1_000_000 &&
    Math.round(quotient * 1_000_000) * divisor === dividend * 1_000_000
  );
}

/** The integers from `from` to `to`, both included, upwards or downwards. Undefined if there are too many. */
function range(from: PlainNumber, to: PlainNumber, step: PlainNumber): PlainNumber[] | undefined {
  const first = toBigInt(from);
  const last = toBigInt(to);
  const up = first <= last;
  const count = (up ? last - first : first - last) / toBigInt(step) + 1n;
  const signedStep = up ? toBigInt(step) : -toBigInt(step);
  const isSafe = Number.isSafeInteger(Number(first)) && Number.isSafeInteger(Number(last)) && Number.isSafeInteger(Number(step));
  if (count > BigInt(isSafe ? longestRange : longestLargeRange)) return undefined;
  const length = Number(count);
  const items: PlainNumber[] = [];
  if (isSafe) {
    const stride = Number(signedStep);
    // Added up, not multiplied: each item is safe then, while the way from the first to the last need not be.
    for (let item = Number(first); items.length < length; item += stride) items.push(item);
  } else {
    for (let item = first; items.length < length; item += signedStep) items.push(canonicalInteger(item));
  }
  return items;
}

const numbers = [number, number] as const;
const numberOrSet = oneOf(number, setOf(any));

export const arithmetic: readonly Builtin[] = [
  defineHot({
    name: "plus",
    infix: "+",
    args: numbers,
    result: number,
    direct: plus,
    explain: (context) => context.fail("eval_builtin_error", "number out of range"),
  }),
  defineHot({
    name: "minus",
    infix: "-",
    args: [numberOrSet, numberOrSet],
    result: numberOrSet,
    direct: minus,
    explain(context, a, b) {
      if (a instanceof SetValue) return context.fail("eval_type_error", "operand 2 must be set but got number");
      if (b instanceof SetValue) return context.fail("eval_type_error", "operand 2 must be number but got set");
      return context.fail("eval_builtin_error", "number out of range");
    },
  }),
  defineHot({
    name: "mul",
    infix: "*",
    args: numbers,
    result: number,
    direct: multiply,
    explain: (context) => context.fail("eval_builtin_error", "number out of range"),
  }),
  defineHot({
    name: "div",
    infix: "/",
    args: numbers,
    result: number,
    direct: divide,
    explain: (context, _, divisor) => context.fail("eval_builtin_error", isZero(divisor) ? "divide by zero" : "number out of range"),
  }),
  defineHot({
    name: "rem",
    infix: "%",
    args: numbers,
    result: number,
    direct: remainder,
    explain(context, a, b) {
      if (isInteger(a) && isInteger(b)) return context.fail("eval_builtin_error", "modulo by zero");
      return context.fail("eval_builtin_error", "modulo on floating-point number");
    },
  }),
  defineDirect({ name: "abs", args: [number], result: number, direct: absolute }),
  defineDirect({ name: "round", args: [number], result: number, direct: round }),
  defineDirect({ name: "ceil", args: [number], result: number, direct: ceil }),
  defineDirect({ name: "floor", args: [number], result: number, direct: floor }),
  define({
    name: "numbers.range",
    args: [integer, integer],
    result: arrayOf(number),
    evaluate: (context, from, to) => range(from, to, 1) ?? context.fail("eval_builtin_error", "range too long"),
  }),
  define({
    name: "numbers.range_step",
    args: [integer, integer, integer],
    result: arrayOf(number),
    evaluate(context, from, to, step) {
      if (step <= 0) return context.fail("eval_builtin_error", "step must be a positive integer");
      return range(from, to, step) ?? context.fail("eval_builtin_error", "range too long");
    },
  }),
];
