// https://www.openpolicyagent.org/docs/policy-reference#arrays
import type { RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define, defineDirect } from "./define.ts";
import { operandCheck } from "./operand.ts";
import { any, arrayOf, long } from "./type-description.ts";

const array = arrayOf(any);

function arrayConcat(a: RegoValue, b: RegoValue): RegoArray | undefined {
  return Array.isArray(a) && Array.isArray(b) ? (a as RegoValue[]).concat(b as RegoValue[]) : undefined;
}

const isLong = operandCheck(long);

/** From `start` up to but without `stop`; bounds outside of the array stand for its ends. */
function slice(items: RegoValue, start: RegoValue, stop: RegoValue): RegoArray | undefined {
  if (!Array.isArray(items) || !isLong(start) || !isLong(stop)) return undefined;
  return (items as RegoArray).slice(Math.max(0, Number(start)), Math.max(0, Number(stop)));
}

export const arrays: readonly Builtin[] = [
  defineDirect({ name: "array.concat", args: [array, array], result: array, direct: arrayConcat }),
  defineDirect({ name: "array.slice", args: [array, long, long], result: array, direct: slice }),
  define({ name: "array.reverse", args: [array], result: array, evaluate: (_, items) => items.toReversed() }),
  define({ name: "array.flatten", args: [array], result: array, evaluate: (_, items) => items.flatMap((item) => item) }),
];
