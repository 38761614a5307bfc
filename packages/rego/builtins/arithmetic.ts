// https://www.openpolicyagent.org/docs/policy-reference#numbers. Integers are exact whatever their size; calculations with fractions are made with a few
// more bits than doubles have, see extended-float.ts.
import { canonicalInteger, canonicalNumber, isInteger, toBigInt } from "../runtime/numbers.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { SetValue } from "../runtime/value.ts";
import type { RegoNumber, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define, defineDirect, defineHot } from "./define.ts";
import { addFractions, divideFractions, multiplyFractions, subtractFractions } from "./extended-float.ts";
import { any, arrayOf, integer, number, oneOf, setOf } from "./type-description.ts";

/** A range with more numbers than this is refused: it would fill the memory. */
const longestRange = 10_000_000;
/** The same for numbers beyond doubles, which take several times the memory and time. */
const longestLargeRange = 500_000;

export function plus(a: RegoValue, b: RegoValue): RegoNumber | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    return Number.isSafeInteger(sum) ? sum : large(sum, a, b, (x, y) => x + y, addFractions);
  }
  return isNumeric(a) && isNumeric(b) ? large(Number(a) + Number(b), a, b, (x, y) => x + y, addFractions) : undefined;
}

/** The difference of two numbers, or of two sets. */
export function minus(a: RegoValue, b: RegoValue): RegoNumber | RegoSet | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    return Number.isSafeInteger(difference) ? difference : large(difference, a, b, (x, y) => x - y, subtractFractions);
  }
  if (a instanceof SetValue && b instanceof SetValue) return setDifference(a, b);
  return isNumeric(a) && isNumeric(b) ? large(Number(a) - Number(b), a, b, (x, y) => x - y, subtractFractions) : undefined;
}

export function multiply(a: RegoValue, b: RegoValue): RegoNumber | undefined {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    // Adding zero makes the zero of -1 * 0 the ordinary one.
    return Number.isSafeInteger(product) ? product + 0 : large(product, a, b, (x, y) => x * y, multiplyFractions);
  }
  return isNumeric(a) && isNumeric(b) ? large(Number(a) * Number(b), a, b, (x, y) => x * y, multiplyFractions) : undefined;
}

/** The quotient: exact where the divisor divides the dividend, else a double. Undefined for a divisor of zero. */
export function divide(a: RegoValue, b: RegoValue): RegoNumber | undefined {
  if (!isNumeric(a) || !isNumeric(b) || Number(b) === 0) return undefined;
  if (typeof a === "number" && typeof b === "number" && Number.isSafeInteger(a) && Number.isSafeInteger(b)) return finite(a / b);
  if (isInteger(a) && isInteger(b)) {
    const dividend = toBigInt(a);
    const divisor = toBigInt(b);
    if (dividend % divisor === 0n) return canonicalInteger(dividend / divisor);
  }
  const approximate = Number(a) / Number(b);
  if (!Number.isFinite(approximate)) return undefined;
  return isShort(a) && isShort(b) ? canonicalNumber(approximate) : divideFractions(a, b);
}

/** The remainder of two integers, with the sign of the dividend. Undefined for a divisor of zero. */
export function remainder(a: RegoValue, b: RegoValue): RegoNumber | undefined {
  if (!isNumeric(a) || !isNumeric(b) || !isInteger(a) || !isInteger(b) || Number(b) === 0) return undefined;
  if (typeof a === "number" && typeof b === "number") return a % b || 0;
  return canonicalInteger(toBigInt(a) % toBigInt(b));
}

export function setDifference(a: SetValue, b: SetValue): RegoSet {
  return RegoSet.ofDistinct(a.items.filter((item) => !b.has(item)));
}

export function absolute(a: RegoValue): RegoNumber | undefined {
  if (typeof a === "number") return Math.abs(a);
  return typeof a === "bigint" ? (a < 0n ? -a : a) : undefined;
}

/** Half away from zero. */
function round(a: RegoNumber): RegoNumber {
  return typeof a === "bigint" ? a : canonicalNumber(Math.sign(a) * Math.round(Math.abs(a)));
}

function isNumeric(value: RegoValue): value is RegoNumber {
  return typeof value === "number" || typeof value === "bigint";
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
  if (!Number.isFinite(approximate)) return undefined;
  return isShort(a) && isShort(b) ? canonicalNumber(approximate) : precisely(a, b);
}

/** Whether a number has so few binary digits that doubles calculate with it exactly: 0.5, 3.25 and the like. */
function isShort(value: RegoNumber): boolean {
  return typeof value === "number" && Number.isInteger(value * 64) && Math.abs(value) < 1_000_000;
}

function finite(value: number): RegoNumber | undefined {
  return Number.isFinite(value) ? canonicalNumber(value) : undefined;
}

/** The integers from `from` to `to`, both included, upwards or downwards. Undefined if there are too many. */
function range(from: RegoNumber, to: RegoNumber, step: RegoNumber): RegoNumber[] | undefined {
  const first = toBigInt(from);
  const last = toBigInt(to);
  const up = first <= last;
  const count = (up ? last - first : first - last) / toBigInt(step) + 1n;
  const signedStep = up ? toBigInt(step) : -toBigInt(step);
  const isSafe = Number.isSafeInteger(Number(first)) && Number.isSafeInteger(Number(last)) && Number.isSafeInteger(Number(step));
  if (count > BigInt(isSafe ? longestRange : longestLargeRange)) return undefined;
  const length = Number(count);
  const items: RegoNumber[] = [];
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
    explain: (context, _, divisor) => context.fail("eval_builtin_error", Number(divisor) === 0 ? "divide by zero" : "number out of range"),
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
  define({ name: "round", args: [number], result: number, evaluate: (_, a) => round(a) }),
  define({ name: "ceil", args: [number], result: number, evaluate: (_, a) => (typeof a === "bigint" ? a : canonicalNumber(Math.ceil(a))) }),
  define({
    name: "floor",
    args: [number],
    result: number,
    evaluate: (_, a) => (typeof a === "bigint" ? a : canonicalNumber(Math.floor(a))),
  }),
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
