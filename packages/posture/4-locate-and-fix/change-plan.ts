import type { ObjectPath } from "@holdfast/core";
import { formatObjectPath } from "@holdfast/core";
import { findNode, isMergeKey, keyMatches } from "../yaml/find-node.ts";
import { NODE } from "../yaml/node-table.ts";
import type { NodeTable } from "../yaml/node-table.ts";
import { plainScalar } from "../yaml/plain-scalar.ts";

/** One thing to do to an object. */
export type Change =
  | { readonly kind: "set"; readonly path: ObjectPath; readonly value: unknown }
  | { readonly kind: "remove"; readonly path: ObjectPath };

/** What is to become of a mapping or a list, by the place of its entries or items. */
export interface CollectionChange {
  readonly removed: Set<number>;
  readonly replaced: Map<number, unknown>;
  /** New entries by key; new items by their index. */
  readonly added: Map<string | number, unknown>;
}

/** Changes by the node of the collection that they are in; null for a collection that only leads to them. */
export type ChangePlan = ReadonlyMap<number, CollectionChange | null>;

/** Why no edit can be made by machine, in words for a person. */
export class CannotEdit extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "CannotEdit";
  }
}

const REPEATED = "a YAML alias repeats this part elsewhere, and the edit would change that place too";

/** Sorts out which nodes changes to an object touch. Throws {@link CannotEdit} where an edit would be wrong or would change something else too. */
export function planChanges(nodes: NodeTable, root: number, changes: readonly Change[]): ChangePlan {
  const plan = new Map<number, CollectionChange | null>();
  for (const change of changes) planChange(nodes, root, plan, change);
  return plan;
}

function planChange(nodes: NodeTable, root: number, plan: Map<number, CollectionChange | null>, change: Change): void {
  if (change.path.length === 0) throw new CannotEdit("the object as a whole can't be edited");
  refuseShared(nodes, root, change.path);
  let here = root;
  // By number, and nothing made that is not needed: there are as many steps as all findings' paths together have.
  for (let depth = 0; depth < change.path.length; depth += 1) {
    const step = change.path[depth] ?? 0;
    const isLast = depth === change.path.length - 1;
    if (nodes.isAliased(here)) throw new CannotEdit(REPEATED);
    const index = childIndex(nodes, here, step);
    const known = plan.get(here) ?? null;
    if (known === null) plan.set(here, null);
    if (index === undefined)
      return change.kind === "remove"
        ? undefined
        : add(nodes, here, collectionChange(plan, here), step, change.path.slice(depth + 1), change);
    if (known?.removed.has(index) === true)
      throw new CannotEdit(`the fixes both set and remove ${formatObjectPath(change.path.slice(0, depth + 1))}`);
    const child = valueAtPlace(nodes, here, index) ?? here;
    if (known?.replaced.has(index) === true) return replaceWithin(known, index, change.path.slice(depth + 1), change);
    if (isLast) return finish(nodes, collectionChange(plan, here), index, child, change);
    if (!nodes.isCollection(child)) {
      if (change.kind === "remove") return;
      if (!isNull(nodes, child)) throw new CannotEdit(`${formatObjectPath(change.path.slice(0, depth + 1))} holds a single value`);
      refuseProperties(nodes, child);
      collectionChange(plan, here).replaced.set(index, setAt(undefined, change.path.slice(depth + 1), change.value));
      return;
    }
    here = child;
  }
}

function finish(nodes: NodeTable, collection: CollectionChange, index: number, child: number, change: Change): void {
  if (nodes.isReferenced(child)) throw new CannotEdit(REPEATED);
  if (change.kind === "set") collection.replaced.set(index, change.value);
  else collection.removed.add(index);
}

function replaceWithin(collection: CollectionChange, index: number, rest: ObjectPath, change: Change): void {
  if (change.kind === "remove") throw new CannotEdit("the fixes both set and remove a value");
  collection.replaced.set(index, setAt(collection.replaced.get(index), rest, change.value));
}

function add(
  nodes: NodeTable,
  here: number,
  collection: CollectionChange,
  step: string | number,
  rest: ObjectPath,
  change: Extract<Change, { kind: "set" }>,
): void {
  if (nodes.isSequence(here) && typeof step === "string" && !/^\d+$/u.test(step)) throw new CannotEdit(`a list has no key ${step}`);
  const key = nodes.isSequence(here) ? Number(step) : String(step);
  collection.added.set(key, setAt(collection.added.get(key), rest, change.value));
}

function collectionChange(plan: Map<number, CollectionChange | null>, node: number): CollectionChange {
  const known = plan.get(node) ?? null;
  if (known !== null) return known;
  const made = { removed: new Set<number>(), replaced: new Map<number, unknown>(), added: new Map<string | number, unknown>() };
  plan.set(node, made);
  return made;
}

/** The value of an entry of a mapping, or an item of a list. */
function valueAtPlace(nodes: NodeTable, collection: number, place: number): number | undefined {
  const child = nodes.childAt(collection, place);
  return child === undefined || nodes.isSequence(collection) ? child : nodes.after(child);
}

function childIndex(nodes: NodeTable, collection: number, step: string | number): number | undefined {
  if (nodes.isSequence(collection)) {
    const index = Number(step);
    return Number.isInteger(index) && nodes.childAt(collection, index) !== undefined ? index : undefined;
  }
  const end = nodes.after(collection);
  let found: number | undefined;
  let index = 0;
  for (let key = collection + 1; key < end; key = nodes.after(nodes.after(key))) {
    if (!isMergeKey(nodes, key) && keyMatches(nodes, key, String(step))) {
      if (found !== undefined) throw new CannotEdit(`the key ${step} stands twice in one mapping`);
      found = index;
    }
    index += 1;
  }
  return found;
}

/** A value with something set in it; lists and mappings that are missing on the way are made. */
function setAt(base: unknown, path: ObjectPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = Array.isArray(base) ? [...(base as unknown[])] : [];
    const at = Math.min(step, list.length);
    list[at] = setAt(list[at], rest, value);
    return list;
  }
  const object = typeof base === "object" && base !== null && !Array.isArray(base) ? (base as Record<string, unknown>) : {};
  return { ...object, [step]: setAt(Object.hasOwn(object, step) ? object[step] : undefined, rest, value) };
}

function isNull(nodes: NodeTable, node: number): boolean {
  return nodes.kind(node) === NODE.empty || (nodes.kind(node) === NODE.plain && plainScalar(nodes.scalarText(node) ?? "x") === null);
}

/** What an alias or a merge key brings in stands elsewhere, and is changed there for all who use it. */
function refuseShared(nodes: NodeTable, root: number, path: ObjectPath): void {
  if (!nodes.shares) return;
  const found = findNode(nodes, root, path);
  if (!found.shared) return;
  const parent = findNode(nodes, root, path.slice(0, -1));
  const own = found.depth === path.length && !parent.shared && ownAlias(nodes, parent.node, path.at(-1));
  if (!own) throw new CannotEdit("the value comes from a YAML anchor, and editing it there would change other places too");
}

/** Whether the last step is an alias of its own, which can be replaced, and not something that a merge key brings in. */
function ownAlias(nodes: NodeTable, parent: number, step: string | number | undefined): boolean {
  if (step === undefined || !nodes.isCollection(parent)) return false;
  if (nodes.isMapping(parent) && nodes.entries(parent).some((entry) => isMergeKey(nodes, entry.key))) return false;
  const index = childIndex(nodes, parent, step);
  const child = index === undefined ? undefined : valueAtPlace(nodes, parent, index);
  return child !== undefined && nodes.kind(child) === NODE.alias;
}

function refuseProperties(nodes: NodeTable, node: number): void {
  if (nodes.properties(node) !== undefined) throw new CannotEdit("the value has a YAML anchor or tag");
}
