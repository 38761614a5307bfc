// https://www.openpolicyagent.org/docs/policy-reference#arrays
import { longInteger } from "../runtime/decimal.ts";
import type { RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define, defineDirect } from "./define.ts";
import { any, arrayOf, long } from "./type-description.ts";

const array = arrayOf(any);

function arrayConcat(a: RegoValue, b: RegoValue): RegoArray | undefined {
  return Array.isArray(a) && Array.isArray(b) ? (a as RegoValue[]).concat(b as RegoValue[]) : undefined;
}

/** From `start` up to but without `stop`; bounds outside of the array stand for its ends. */
function slice(items: RegoValue, start: RegoValue, stop: RegoValue): RegoArray | undefined {
  const [from, to] = [longInteger(start), longInteger(stop)];
  if (!Array.isArray(items) || from === undefined || to === undefined) return undefined;
  return (items as RegoArray).slice(Math.max(0, Number(from)), Math.max(0, Number(to)));
}

export const arrays: readonly Builtin[] = [
  defineDirect({ name: "array.concat", args: [array, array], result: array, direct: arrayConcat }),
  defineDirect({ name: "array.slice", args: [array, long, long], result: array, direct: slice }),
  define({ name: "array.reverse", args: [array], result: array, evaluate: (_, items) => items.toReversed() }),
  define({ name: "array.flatten", args: [array], result: array, evaluate: (_, items) => items.flatMap((item) => item) }),
];
