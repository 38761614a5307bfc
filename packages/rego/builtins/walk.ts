// https://www.openpolicyagent.org/docs/policy-reference#graph: `walk` is a relation, with a result for every value inside of another.
import { sortedKeys } from "../runtime/compare.ts";
import { own } from "../runtime/own.ts";
import { ObjectValue, SetValue } from "../runtime/value.ts";
import type { PlainObject, RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { any, arrayOf } from "./type-description.ts";

/** Adds a value and everything inside of it, each with its path: outer values first, collections in Rego's order. */
function walk(context: BuiltinContext, value: RegoValue, path: RegoArray, results: RegoValue[]): void {
  context.spend(1 + path.length / 4);
  results.push([path, value]);
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    const items = value as RegoArray;
    for (let i = 0; i < items.length; i++) walk(context, items[i] as RegoValue, longer(path, i), results);
  } else if (value instanceof SetValue) {
    for (const item of value.sorted()) walk(context, item, longer(path, item), results);
  } else if (value instanceof ObjectValue) {
    for (const key of value.sortedKeys()) walk(context, value.get(key) as RegoValue, longer(path, key), results);
  } else {
    const object = value as PlainObject;
    for (const key of sortedKeys(object)) walk(context, own(object, key) as RegoValue, longer(path, key), results);
  }
}

/** A path with one more step. `concat` makes room for its steps and no more; to push to a copy would make room for many, and all paths stay. */
function longer(path: RegoArray, key: RegoValue): RegoArray {
  return path.concat([key]);
}

export const walking: readonly Builtin[] = [
  define({
    name: "walk",
    args: [any],
    result: arrayOf(any),
    relation: true,
    evaluate(context, value) {
      const results: RegoValue[] = [];
      walk(context, value, [], results);
      return results;
    },
  }),
];
