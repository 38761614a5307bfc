// https://www.openpolicyagent.org/docs/policy-reference#aggregates. Of the operands that may be arrays or sets, sets count as their elements in order.
import { compare } from "../runtime/compare.ts";
import { sizeOf } from "../runtime/iteration.ts";
import { isInteger } from "../runtime/numbers.ts";
import { sortValues } from "../runtime/sort-values.ts";
import { SetValue } from "../runtime/value.ts";
import type { RegoArray, RegoNumber, RegoValue } from "../runtime/value.ts";
import { multiply, plus } from "./arithmetic.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define, defineDirect } from "./define.ts";
import { productOfFractions } from "./extended-float.ts";
import { sumOfFractions } from "./fractions.ts";
import { countCodePoints } from "./code-points.ts";
import { any, arrayOf, boolean, number, objectOf, oneOf, setOf, string } from "./type-description.ts";

const list = oneOf(arrayOf(any), setOf(any));
const numbers = oneOf(arrayOf(number), setOf(number));

/** How many elements a collection has, or a string characters (code points). */
function count(value: RegoValue): number | undefined {
  return typeof value === "string" ? countCodePoints(value) : sizeOf(value);
}

function itemsOf(value: RegoArray | SetValue): RegoArray {
  return value instanceof SetValue ? value.sorted() : value;
}

function fold(
  values: RegoArray | SetValue,
  start: RegoNumber,
  add: (a: RegoValue, b: RegoValue) => RegoNumber | undefined,
): RegoNumber | undefined {
  let total: RegoNumber | undefined = start;
  for (const value of itemsOf(values)) {
    total = add(total, value);
    if (total === undefined) return undefined;
  }
  return total;
}

/** All integers exactly; a fraction among them makes it a calculation with fractions. */
function total(
  context: BuiltinContext,
  values: RegoArray | SetValue,
  exact: () => RegoNumber | undefined,
  precise: (numbers: readonly RegoNumber[]) => RegoNumber,
): RegoNumber | undefined {
  const items = itemsOf(values) as readonly RegoNumber[];
  const result = items.every(isInteger) ? exact() : precise(items);
  return result ?? context.fail("eval_builtin_error", "number out of range");
}

/** The value that is above (`sign` 1) or below (-1) all others; of equal ones, the last. */
function extreme(values: RegoArray | SetValue, sign: number): RegoValue | undefined {
  const items = values instanceof SetValue ? values.items : values;
  let best = items[0];
  for (let i = 1; i < items.length; i++) {
    const item = items[i] as RegoValue;
    if (typeof item === "number" && typeof best === "number") {
      if (sign > 0 ? item >= best : item <= best) best = item;
    } else if (compare(item, best as RegoValue) * sign >= 0) best = item;
  }
  return best;
}

function max(values: RegoValue): RegoValue | undefined {
  return Array.isArray(values) || values instanceof SetValue ? extreme(values as RegoArray | SetValue, 1) : undefined;
}

function min(values: RegoValue): RegoValue | undefined {
  return Array.isArray(values) || values instanceof SetValue ? extreme(values as RegoArray | SetValue, -1) : undefined;
}

function sort(values: RegoValue): RegoValue | undefined {
  if (values instanceof SetValue) return values.sorted();
  return Array.isArray(values) ? sortValues(values) : undefined;
}

export const aggregates: readonly Builtin[] = [
  defineDirect({ name: "count", args: [oneOf(arrayOf(any), objectOf(any, any), setOf(any), string)], result: number, direct: count }),
  define({
    name: "sum",
    args: [numbers],
    result: number,
    evaluate: (context, values) => total(context, values, () => fold(values, 0, plus), sumOfFractions),
  }),
  define({
    name: "product",
    args: [numbers],
    result: number,
    evaluate: (context, values) => total(context, values, () => fold(values, 1, multiply), productOfFractions),
  }),
  defineDirect({ name: "max", args: [list], result: any, direct: max }),
  defineDirect({ name: "min", args: [list], result: any, direct: min }),
  defineDirect({ name: "sort", args: [list], result: arrayOf(any), direct: sort }),
  define({
    name: "all",
    args: [list],
    result: boolean,
    deprecated: true,
    evaluate: (_, values) => itemsOf(values).every((value) => value === true),
  }),
  define({ name: "any", args: [list], result: boolean, deprecated: true, evaluate: (_, values) => itemsOf(values).includes(true) }),
];
