// https://www.openpolicyagent.org/docs/policy-reference#comparison and `in`, the membership operator.
import { compare, equals } from "../runtime/compare.ts";
import { isEntry, isMember } from "../runtime/iteration.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { defineDirect } from "./define.ts";
import { any, boolean } from "./type-description.ts";

function notEquals(a: RegoValue, b: RegoValue): boolean {
  return !equals(a, b);
}

function lessThan(a: RegoValue, b: RegoValue): boolean {
  return typeof a === "number" && typeof b === "number" ? a < b : compare(a, b) < 0;
}

function lessOrEqual(a: RegoValue, b: RegoValue): boolean {
  return typeof a === "number" && typeof b === "number" ? a <= b : compare(a, b) <= 0;
}

function greaterThan(a: RegoValue, b: RegoValue): boolean {
  return typeof a === "number" && typeof b === "number" ? a > b : compare(a, b) > 0;
}

function greaterOrEqual(a: RegoValue, b: RegoValue): boolean {
  return typeof a === "number" && typeof b === "number" ? a >= b : compare(a, b) >= 0;
}

const two = [any, any] as const;

export const comparison: readonly Builtin[] = [
  defineDirect({ name: "equal", infix: "==", args: two, result: boolean, direct: equals }),
  defineDirect({ name: "neq", infix: "!=", args: two, result: boolean, direct: notEquals }),
  defineDirect({ name: "lt", infix: "<", args: two, result: boolean, direct: lessThan }),
  defineDirect({ name: "lte", infix: "<=", args: two, result: boolean, direct: lessOrEqual }),
  defineDirect({ name: "gt", infix: ">", args: two, result: boolean, direct: greaterThan }),
  defineDirect({ name: "gte", infix: ">=", args: two, result: boolean, direct: greaterOrEqual }),
  defineDirect({ name: "internal.member_2", infix: "in", args: two, result: boolean, direct: isMember }),
  defineDirect({ name: "internal.member_3", infix: "in", args: [any, any, any], result: boolean, direct: isEntry }),
];
