// json.filter and json.remove: https://www.openpolicyagent.org/docs/policy-reference#object. A path is a string such as "a/0/b", in which `~1`
// stands for a slash and `~0` for a tilde (RFC 6901), or an array of keys.
import { display } from "../runtime/display.ts";
import { keysInOrder } from "../runtime/iteration.ts";
import { lookup } from "../runtime/lookup.ts";
import { ObjectBuilder } from "../runtime/rego-object.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { isObject, SetValue, typeName } from "../runtime/value.ts";
import type { RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { any, arrayOf, objectOf, oneOf, setOf } from "./type-description.ts";

/** Paths as a tree: what a path leads to, whole, or the paths that go on from there. Its keys are those that `segment` makes of the keys on the way. */
type PathTree = "whole" | Map<string, PathTree>;

/** A key on the way, as the tree has it: the number 1 is not the text "1". */
function segment(key: RegoValue): string {
  return typeof key === "string" ? `"${key}` : display(key);
}

/** What a path that leads to an item of an array goes on with: such a path may have the index as a text. */
function atIndex(tree: Map<string, PathTree>, index: number): PathTree | undefined {
  return tree.get(segment(String(index))) ?? tree.get(segment(index));
}

/** The keys of a path: none for an empty text. Undefined if it is no path. */
function pathSegments(path: RegoValue): string[] | undefined {
  if (typeof path === "string") {
    if (path === "") return [];
    const text = path.startsWith("/") ? path.slice(1) : path;
    return text.split("/").map((part) => segment(part.replaceAll("~1", "/").replaceAll("~0", "~")));
  }
  if (!Array.isArray(path)) return undefined;
  return (path as RegoArray).map(segment);
}

/** The tree of the paths, or what among them is no path. */
function pathTree(paths: RegoArray): Map<string, PathTree> | { readonly bad: RegoValue } {
  const root = new Map<string, PathTree>();
  for (const path of paths) {
    const segments = pathSegments(path);
    if (segments === undefined) return { bad: path };
    plant(root, segments);
  }
  return root;
}

function plant(root: Map<string, PathTree>, segments: readonly string[]): void {
  let node = root;
  for (const [i, segment] of segments.entries()) {
    const next = node.get(segment);
    if (next === "whole") return;
    if (i === segments.length - 1) {
      node.set(segment, "whole");
    } else if (next === undefined) {
      const made = new Map<string, PathTree>();
      node.set(segment, made);
      node = made;
    } else {
      node = next;
    }
  }
}

/** What of the value the paths lead to. A path that goes on where there is nothing further leads to all that is there. */
function keep(value: RegoValue, tree: PathTree): RegoValue {
  if (tree === "whole") return value;
  if (Array.isArray(value)) {
    return (value as RegoArray).flatMap((item, i) => {
      const next = atIndex(tree, i);
      return next === undefined ? [] : [keep(item, next)];
    });
  }
  if (value instanceof SetValue) return RegoSet.ofDistinct(value.items.filter((item) => tree.has(segment(item))));
  if (!isObject(value)) return value;
  const builder = new ObjectBuilder();
  for (const key of keysInOrder(value)) {
    const next = tree.get(segment(key));
    if (next !== undefined) builder.set(key, keep(lookup(value, key) as RegoValue, next));
  }
  return builder.build();
}

/** The value without what the paths lead to. */
function drop(value: RegoValue, tree: Map<string, PathTree>): RegoValue {
  if (Array.isArray(value)) {
    return (value as RegoArray).flatMap((item, i) => {
      const next = atIndex(tree, i);
      return next === "whole" ? [] : [next === undefined ? item : drop(item, next)];
    });
  }
  if (value instanceof SetValue) return RegoSet.ofDistinct(value.items.filter((item) => tree.get(segment(item)) !== "whole"));
  if (!isObject(value)) return value;
  const builder = new ObjectBuilder();
  for (const key of keysInOrder(value)) {
    const next = tree.get(segment(key));
    const item = lookup(value, key) as RegoValue;
    if (next !== "whole") builder.set(key, next === undefined ? item : drop(item, next));
  }
  return builder.build();
}

/** The tree of an operand's paths, or undefined if one is no path, which has been reported then. */
function treeOf(context: BuiltinContext, paths: RegoArray | SetValue): Map<string, PathTree> | undefined {
  const tree = pathTree(paths instanceof SetValue ? paths.sorted() : paths);
  if (tree instanceof Map) return tree;
  return context.fail(
    "eval_type_error",
    `operand 2 must be one of {set, array} containing string paths or array of path segments but got ${typeName(tree.bad)}`,
  );
}

const object = objectOf(any, any);
const paths = oneOf(arrayOf(any), setOf(any));

export const jsonPaths: readonly Builtin[] = [
  define({
    name: "json.filter",
    args: [object, paths],
    result: any,
    evaluate(context, value, kept) {
      const tree = treeOf(context, kept);
      return tree === undefined ? undefined : keep(value, tree);
    },
  }),
  define({
    name: "json.remove",
    args: [object, paths],
    result: any,
    evaluate(context, value, removed) {
      const tree = treeOf(context, removed);
      return tree === undefined ? undefined : drop(value, tree);
    },
  }),
];
