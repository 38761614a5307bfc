// https://www.openpolicyagent.org/docs/policy-reference#graph: `walk` is a relation, with a result for every value inside of another.
import { sortedKeys } from "../runtime/compare.ts";
import { own } from "../runtime/own.ts";
import { ObjectValue, SetValue } from "../runtime/value.ts";
import type { PlainObject, RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { any, arrayOf } from "./type-description.ts";

/** Steps are counted in portions of about so many: to count each by itself would take as long as walking. */
const portion = 64;

/** Goes through a value and everything inside of it: outer values first, collections in Rego's order. */
class Walk {
  readonly results: RegoValue[] = [];
  private readonly context: BuiltinContext;
  private readonly withPaths: boolean;
  private steps = 0;

  constructor(context: BuiltinContext, withPaths: boolean) {
    this.context = context;
    this.withPaths = withPaths;
  }

  /** Adds a value and all inside of it. */
  visit(value: RegoValue, path: RegoArray): void {
    this.steps += 1 + (path.length >> 2);
    if (this.steps >= portion) this.count();
    this.results.push([path, value]);
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      const items = value as RegoArray;
      for (let i = 0; i < items.length; i++) this.visit(items[i] as RegoValue, this.longer(path, i));
    } else if (value instanceof SetValue) {
      for (const item of value.sorted()) this.visit(item, this.longer(path, item));
    } else if (value instanceof ObjectValue) {
      for (const key of value.sortedKeys()) this.visit(value.get(key) as RegoValue, this.longer(path, key));
    } else {
      const object = value as PlainObject;
      for (const key of sortedKeys(object)) this.visit(own(object, key) as RegoValue, this.longer(path, key));
    }
  }

  /** Counts the steps that were not counted yet. */
  count(): void {
    this.context.spend(this.steps);
    this.steps = 0;
  }

  private longer(path: RegoArray, key: RegoValue): RegoArray {
    return this.withPaths ? longerPath(path, key) : path;
  }
}

/**
 * A path with one more step, and with room for its steps and no more, since all paths stay: to push to a copy would make room for many. An array that is written out is
 * made in a fraction of the time that `concat` takes.
 */
function longerPath(path: RegoArray, key: RegoValue): RegoArray {
  switch (path.length) {
    case 0:
      return [key];
    case 1:
      return [path[0] as RegoValue, key];
    case 2:
      return [path[0] as RegoValue, path[1] as RegoValue, key];
    case 3:
      return [path[0] as RegoValue, path[1] as RegoValue, path[2] as RegoValue, key];
    case 4:
      return [path[0] as RegoValue, path[1] as RegoValue, path[2] as RegoValue, path[3] as RegoValue, key];
    default:
      return path.concat([key]);
  }
}

function walk(context: BuiltinContext, value: RegoValue, withPaths: boolean): RegoValue[] {
  const steps = new Walk(context, withPaths);
  steps.visit(value, []);
  steps.count();
  return steps.results;
}

/** Where the last result stands in the context's memory, after the value that it is about: several rules often go through the same document. */
const lastWalk = "walk";

export const walking: readonly Builtin[] = [
  {
    ...define({ name: "walk", args: [any], result: arrayOf(any), relation: true, evaluate: () => undefined }),
    evaluate(context, value, withPaths) {
      if (withPaths === false) return walk(context, value, false);
      const last = context.memory.get(lastWalk) as RegoArray | undefined;
      if (last !== undefined && last[0] === value) return last[1];
      // Two results are never held at once.
      context.memory.delete(lastWalk);
      const results = walk(context, value, true);
      if (typeof value === "object" && value !== null) context.memory.set(lastWalk, [value, results]);
      return results;
    },
  },
];
