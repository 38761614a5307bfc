// https://www.openpolicyagent.org/docs/policy-reference#graph: `walk` is a relation, with a result for every value inside of another.
import { sortedKeys } from "../runtime/compare.ts";
import { own } from "../runtime/own.ts";
import { ObjectValue, SetValue } from "../runtime/value.ts";
import type { PlainObject, RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { any, arrayOf } from "./type-description.ts";

/** Visits a value and everything inside of it with its path: outer values first, collections in Rego's order. */
function walk(value: RegoValue, visit: (path: RegoArray, value: RegoValue) => void, path: RegoArray = []): void {
  visit(path, value);
  eachChild(value, (key, child) => walk(child, visit, [...path, key]));
}

function eachChild(value: RegoValue, go: (key: RegoValue, child: RegoValue) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    (value as RegoArray).forEach((item, index) => go(index, item));
  } else if (value instanceof SetValue) {
    for (const item of value.sorted()) go(item, item);
  } else if (value instanceof ObjectValue) {
    for (const key of value.sortedKeys()) go(key, value.get(key) as RegoValue);
  } else {
    const object = value as PlainObject;
    for (const key of sortedKeys(object)) go(key, own(object, key) as RegoValue);
  }
}

export const walking: readonly Builtin[] = [
  define({
    name: "walk",
    args: [any],
    result: arrayOf(any),
    relation: true,
    evaluate(context, value) {
      const results: RegoValue[] = [];
      walk(value, (path, inner) => {
        context.spend(1 + path.length / 4);
        results.push([path, inner]);
      });
      return results;
    },
  }),
];
