import type { ObjectPath } from "@holdfast/core";
import { NODE } from "./node-table.ts";
import type { NodeTable } from "./node-table.ts";
import { plainScalar } from "./plain-scalar.ts";

/** Where a path leads among the nodes of a document. */
export interface FoundNode {
  /** The value's node, or that of the last ancestor that is there. */
  readonly node: number;
  /** Its key, where it is the value of one. */
  readonly key: number | undefined;
  /** How many steps of the path were found. */
  readonly depth: number;
  /** Whether the way led through an alias or a merge key: then the text stands for more places than this one. */
  readonly shared: boolean;
}

/** Follows a path from a node, through aliases and merge keys, as far as it is there. */
export function findNode(nodes: NodeTable, from: number, path: ObjectPath): FoundNode {
  return new PathFinder(nodes, from).find(path);
}

/** Follows paths from one node as {@link findNode} does. What a path has in common with the one before is not walked again. */
export class PathFinder {
  readonly #nodes: NodeTable;
  /** The steps of the last path that were found, and what each led to; the first is where all begin. */
  readonly #steps: (string | number)[] = [];
  readonly #way: FoundNode[];
  #depth = 0;

  constructor(nodes: NodeTable, from: number) {
    this.#nodes = nodes;
    this.#way = [throughAlias(nodes, { node: from, key: undefined, depth: 0, shared: false })];
  }

  find(path: ObjectPath): FoundNode {
    let depth = 0;
    while (depth < this.#depth && depth < path.length && this.#steps[depth] === path[depth]) depth += 1;
    for (; depth < path.length; depth += 1) {
      const step = path[depth] ?? "";
      const parent = this.#way[depth];
      const child = parent === undefined ? undefined : childOf(this.#nodes, parent, step);
      if (child === undefined) break;
      this.#steps[depth] = step;
      this.#way[depth + 1] = throughAlias(this.#nodes, child);
    }
    this.#depth = depth;
    const found = this.#way[depth];
    if (found === undefined) throw new Error("a path begins nowhere");
    return found;
  }
}

function throughAlias(nodes: NodeTable, found: FoundNode): FoundNode {
  if (nodes.kind(found.node) !== NODE.alias) return found;
  const node = nodes.anchored(found.node);
  return node === undefined ? found : { ...found, node, shared: true };
}

function childOf(nodes: NodeTable, parent: FoundNode, step: string | number): FoundNode | undefined {
  if (nodes.isSequence(parent.node)) {
    const index = typeof step === "number" ? step : /^\d+$/u.test(step) ? Number(step) : -1;
    const node = nodes.childAt(parent.node, index);
    return node === undefined ? undefined : { node, key: undefined, depth: parent.depth + 1, shared: parent.shared };
  }
  return nodes.isMapping(parent.node) ? entryOf(nodes, parent, String(step)) : undefined;
}

/** The entry of a mapping under a key. What stands last counts, be it an entry or a merge key. */
function entryOf(nodes: NodeTable, parent: FoundNode, name: string): FoundNode | undefined {
  const end = nodes.after(parent.node);
  let found: FoundNode | undefined;
  for (let key = parent.node + 1; key < end;) {
    const value = nodes.after(key);
    if (isMergeKey(nodes, key)) found = mergedEntry(nodes, parent, value, name) ?? found;
    else if (keyMatches(nodes, key, name)) found = { node: value, key, depth: parent.depth + 1, shared: parent.shared };
    key = nodes.after(value);
  }
  return found;
}

/** The first of the mappings that a merge key names which has the entry. */
function mergedEntry(nodes: NodeTable, parent: FoundNode, value: number, name: string): FoundNode | undefined {
  const source = throughAlias(nodes, { ...parent, node: value, key: undefined });
  const sources = nodes.isSequence(source.node)
    ? nodes.items(source.node).map((node) => throughAlias(nodes, { ...source, node }))
    : [source];
  for (const candidate of sources) {
    const found = nodes.isMapping(candidate.node) ? entryOf(nodes, candidate, name) : undefined;
    if (found !== undefined) return { ...found, depth: parent.depth + 1, shared: true };
  }
  return undefined;
}

/** Whether a key is `<<`. */
export function isMergeKey(nodes: NodeTable, key: number): boolean {
  const start = nodes.start(key);
  return nodes.end(key) - start === 2 && nodes.kind(key) === NODE.plain && nodes.text.startsWith("<<", start);
}

/** No key that is longer means a boolean or null. */
const LONGEST_WORD = 5;
/** What keys are called that mean a boolean or null. */
const WORDS: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** Whether a key has a name in the object. */
export function keyMatches(nodes: NodeTable, key: number, name: string): boolean {
  const start = nodes.start(key);
  const length = nodes.end(key) - start;
  const first = nodes.text.charCodeAt(start) | 0x20;
  // Nearly all keys are words without quotes, which are their own name.
  if (first >= 0x61 && first <= 0x7a && nodes.kind(key) === NODE.plain && nodes.properties(key) === undefined) {
    const isWritten = length === name.length && nodes.text.startsWith(name, start);
    if (length > LONGEST_WORD || (!isWritten && !WORDS.has(name))) return isWritten;
  }
  return keyText(nodes, key) === name;
}

/** The name that a key has in the object; null where it has none. */
function keyText(nodes: NodeTable, key: number): string | null {
  const node = nodes.kind(key) === NODE.alias ? (nodes.anchored(key) ?? key) : key;
  const text = nodes.scalarText(node);
  if (text === null || nodes.kind(node) !== NODE.plain || nodes.properties(node)?.tag !== undefined) return text;
  return String(plainScalar(text));
}
