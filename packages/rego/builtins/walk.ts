// https://www.openpolicyagent.org/docs/policy-reference#graph: `walk` is a relation, with a result for every value inside of another.
import { sortedKeys } from "../runtime/compare.ts";
import { own } from "../runtime/own.ts";
import { ObjectValue, SetValue } from "../runtime/value.ts";
import type { PlainObject, RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { any, arrayOf } from "./type-description.ts";

/**
 * Visits a value and everything inside of it, outer values first, collections in Rego's order. The visitor gets each value with its path,
 * an array of its own. Going on stops when the visitor returns false; `walk` tells whether it got to the end.
 */
export function walk(value: RegoValue, visit: (path: RegoArray, value: RegoValue) => boolean | void, path: RegoArray = []): boolean {
  if (visit(path, value) === false) return false;
  return eachChild(value, (key, child) => walk(child, visit, [...path, key]));
}

/** As `walk`, without the paths: for `walk(x, [_, value])`, which needs none. */
export function walkValues(value: RegoValue, visit: (value: RegoValue) => boolean | void): boolean {
  if (visit(value) === false) return false;
  return eachChild(value, (_, child) => walkValues(child, visit));
}

function eachChild(value: RegoValue, go: (key: RegoValue, child: RegoValue) => boolean): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return (value as RegoArray).every((item, index) => go(index, item));
  if (value instanceof SetValue) return value.sorted().every((item) => go(item, item));
  if (value instanceof ObjectValue) return value.sortedKeys().every((key) => go(key, value.get(key) as RegoValue));
  const object = value as PlainObject;
  return sortedKeys(object).every((key) => go(key, own(object, key) as RegoValue));
}

export const walking: readonly Builtin[] = [
  define({
    name: "walk",
    args: [any],
    result: arrayOf(any),
    relation: true,
    evaluate(_, value) {
      const results: RegoValue[] = [];
      walk(value, (path, inner) => {
        results.push([path, inner]);
      });
      return results;
    },
  }),
];
