// Places below `data` at or under which there are rules: what base documents, packages and rules make together, evaluated only as far as it is asked for.
import { equals } from "./compare.ts";
import type { EvaluationContext } from "./evaluation-context.ts";
import { conflictingKeys } from "./evaluation-error.ts";
import { keysInOrder, sizeOf } from "./iteration.ts";
import { Leaf, LayeredDocument, stepLayer, valueOfLayer, type Layer } from "./layered-document.ts";
import { lookup, lookupBase } from "./lookup.ts";
import { ObjectBuilder } from "./rego-object.ts";
import { RegoSet } from "./rego-set.ts";
import { sortValues } from "./sort-values.ts";
import { isObject, SetValue, type RegoValue } from "./value.ts";

/** The rules of one path, compiled. */
export interface LinkedRule {
  /** Its place in the memo of a context. */
  readonly index: number;
  readonly path: readonly string[];
  readonly kind: "complete" | "function" | "set" | "object";
  /** For `object`: whether `evaluate` gives a value, not a `LayeredDocument` to be put together with others. */
  readonly alone: boolean;
  readonly evaluate: (context: EvaluationContext, ...args: RegoValue[]) => unknown;
}

/** The rule tree at run time. */
export interface LinkedNode {
  readonly path: readonly string[];
  readonly children: Map<string, LinkedNode>;
  rule: LinkedRule | null;
  dynamic: LinkedRule | null;
}

/** A place that was reached, to be stepped into or taken as a whole. */
class DocumentPlace {
  readonly node: LinkedNode | null;
  readonly base: RegoValue | undefined;
  readonly layers: readonly Layer[];
  /** Whether rules with dynamic steps stand above: what rules make of nothing is then not there, be it an empty object or set. */
  readonly sparse: boolean;

  constructor(node: LinkedNode | null, base: RegoValue | undefined, layers: readonly Layer[], sparse: boolean) {
    this.node = node;
    this.base = base;
    this.layers = layers;
    this.sparse = sparse;
  }
}

/** The place of a node of the rule tree. */
export function placeOf(context: EvaluationContext, root: LinkedNode, path: readonly string[]): unknown {
  let place: unknown = enter(context, root, context.data, [], false);
  for (const name of path) place = stepPlace(context, place, name);
  return place;
}

function enter(
  context: EvaluationContext,
  node: LinkedNode | null,
  base: RegoValue | undefined,
  layers: readonly Layer[],
  sparse: boolean,
): unknown {
  if (node === null || context.hides(node.path)) {
    if (layers.length === 0) return base;
    if (layers.length === 1 && layers[0] !== undefined && !(layers[0] instanceof LayeredDocument)) return valueOfLayer(layers[0]);
    return new DocumentPlace(null, base, layers, sparse);
  }
  const own: Layer[] = [...layers];
  const { rule, dynamic } = node;
  if (rule !== null && rule.kind !== "function") {
    const value = rule.evaluate(context) as RegoValue | undefined;
    if (own.length === 0) return sparse && rule.kind === "set" && (value as RegoSet).size === 0 ? undefined : value;
    if (value !== undefined) own.push(rule.kind === "set" ? (value as RegoSet) : new Leaf(value));
    return combine(context, new DocumentPlace(null, undefined, own, false));
  }
  if (dynamic !== null) {
    const value = dynamic.evaluate(context);
    if (dynamic.alone) return value;
    if (value instanceof LayeredDocument) own.push(value);
  }
  if (rule !== null && node.children.size === 0 && own.length === 0) return base;
  return new DocumentPlace(node, base, own, sparse);
}

/** One step from a place or value. */
export function stepPlace(context: EvaluationContext, from: unknown, key: RegoValue): unknown {
  if (!(from instanceof DocumentPlace)) return from === undefined ? undefined : lookup(from as RegoValue, key);
  const node = typeof key === "string" ? (from.node?.children.get(key) ?? null) : null;
  const layers: Layer[] = [];
  for (const layer of from.layers) {
    const next = stepLayer(layer, key);
    if (next !== undefined) layers.push(next);
  }
  return enter(context, node, lookupBase(from.base, key), layers, from.sparse || (from.node?.dynamic ?? null) !== null);
}

/** The keys of a place or value: those of base documents in Rego's order, then the others in Rego's order. */
export function keysOfPlace(from: unknown): readonly RegoValue[] {
  if (!(from instanceof DocumentPlace)) return keysInOrder(from as RegoValue | undefined);
  const keys = new RegoSet();
  if (from.base !== undefined && isObject(from.base)) for (const key of keysInOrder(from.base)) keys.add(key);
  const virtual: RegoValue[] = [];
  if (from.node !== null) {
    for (const [name, child] of from.node.children) if (child.rule?.kind !== "function" || child.children.size > 0) virtual.push(name);
  }
  for (const layer of from.layers) virtual.push(...(layer instanceof LayeredDocument ? layer.keys : keysInOrder(valueOfLayer(layer))));
  for (const key of sortValues(virtual)) keys.add(key);
  return keys.items;
}

/** The value of a place, with everything below it. */
export function wholeOf(context: EvaluationContext, from: unknown): RegoValue | undefined {
  if (!(from instanceof DocumentPlace)) return from as RegoValue | undefined;
  const value = combine(context, from);
  const isEmpty = from.sparse && from.base === undefined && value !== undefined && isObject(value) && sizeOf(value) === 0;
  return isEmpty && !from.layers.some((layer) => layer instanceof Leaf) ? undefined : value;
}

function combine(context: EvaluationContext, place: DocumentPlace): RegoValue | undefined {
  const values = place.layers.filter((layer) => layer instanceof Leaf);
  const sets = place.layers.filter((layer) => layer instanceof SetValue);
  const [first] = values;
  const below = place.node !== null && place.node.children.size > 0;
  if (first !== undefined) {
    if (values.some((other) => !equals(other.value, first.value)) || values.length < place.layers.length) conflictingKeys();
    if (below && Object.keys(structure(context, place) as object).length > 0) conflictingKeys();
    return first.value;
  }
  if (sets.length > 0) {
    if (sets.length < place.layers.length || below) conflictingKeys();
    return RegoSet.from(sets.flatMap((set) => [...set.items]));
  }
  return structure(context, place);
}

function structure(context: EvaluationContext, place: DocumentPlace): RegoValue {
  const builder = new ObjectBuilder();
  const open = new DocumentPlace(
    place.node,
    place.base,
    place.layers.filter((layer) => layer instanceof LayeredDocument),
    place.sparse,
  );
  for (const key of keysOfPlace(open)) {
    const value = wholeOf(context, stepPlace(context, open, key));
    if (value !== undefined) builder.set(key, value);
  }
  return builder.build();
}
