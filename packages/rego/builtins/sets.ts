// https://www.openpolicyagent.org/docs/policy-reference#sets
import { emptySet, RegoSet } from "../runtime/rego-set.ts";
import { SetValue } from "../runtime/value.ts";
import type { RegoValue } from "../runtime/value.ts";
import { setDifference } from "./arithmetic.ts";
import type { Builtin } from "./define.ts";
import { define, defineDirect } from "./define.ts";
import { any, setOf } from "./type-description.ts";

const set = setOf(any);

/** `a & b` */
export function setIntersection(a: RegoValue, b: RegoValue): SetValue | undefined {
  if (!(a instanceof SetValue) || !(b instanceof SetValue)) return undefined;
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  return RegoSet.ofDistinct(fewer.items.filter((item) => more.has(item)));
}

/** `a | b` */
export function setUnion(a: RegoValue, b: RegoValue): SetValue | undefined {
  if (!(a instanceof SetValue) || !(b instanceof SetValue)) return undefined;
  const [fewer, more] = a.size < b.size ? [a, b] : [b, a];
  const result = [...more.items];
  for (const item of fewer.items) if (!more.has(item)) result.push(item);
  return RegoSet.ofDistinct(result);
}

function unionOf(sets: SetValue): SetValue {
  const result = new RegoSet();
  for (const member of sets.items) for (const item of (member as SetValue).items) result.add(item);
  return result;
}

function intersectionOf(sets: SetValue): SetValue {
  const [first, ...others] = sets.items as readonly SetValue[];
  if (first === undefined) return emptySet;
  return RegoSet.ofDistinct(first.items.filter((item) => others.every((other) => other.has(item))));
}

export const sets: readonly Builtin[] = [
  defineDirect({ name: "and", infix: "&", args: [set, set], result: set, direct: setIntersection }),
  defineDirect({ name: "or", infix: "|", args: [set, set], result: set, direct: setUnion }),
  define({ name: "intersection", args: [setOf(set)], result: set, evaluate: (_, members) => intersectionOf(members) }),
  define({ name: "union", args: [setOf(set)], result: set, evaluate: (_, members) => unionOf(members) }),
  define({ name: "set_diff", args: [set, set], result: set, deprecated: true, evaluate: (_, a, b) => setDifference(a, b) }),
];
