// The syntax trees of GraphQL: JSON in the shape of https://github.com/vektah/gqlparser, without what is empty. Policies read them, and may make
// them themselves: nothing can be taken for granted when reading one.
import { own, setOwn } from "../../runtime/own.ts";
import type { PlainObject, RegoValue } from "../../runtime/value.ts";
import { isArray, isPlainObject } from "../../runtime/value.ts";

export type Node = PlainObject;

/** Why a document is not valid. */
export class GraphqlError extends Error {}

/** What a value's `Kind` says. */
export const valueKind = {
  variable: 0,
  int: 1,
  float: 2,
  string: 3,
  block: 4,
  boolean: 5,
  null: 6,
  enum: 7,
  list: 8,
  object: 9,
} as const;

/** A node of those of the properties that are not empty: no undefined, null or empty array. */
export function makeNode(properties: Readonly<Record<string, RegoValue | undefined>>): Node {
  const node: Record<string, RegoValue> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined && value !== null && !(isArray(value) && value.length === 0)) setOwn(node, name, value);
  }
  return node;
}

/** A text of a node; empty if it has none. */
export function text(node: Node, property: string): string {
  const value = own(node, property);
  return typeof value === "string" ? value : "";
}

/** The nodes of a list of a node. */
export function list(node: Node, property: string): readonly Node[] {
  const value = own(node, property);
  return isArray(value) ? value.filter(isPlainObject) : [];
}

/** The texts of a list of a node. */
export function texts(node: Node, property: string): readonly string[] {
  const value = own(node, property);
  return isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function child(node: Node, property: string): Node | undefined {
  const value = own(node, property);
  return isPlainObject(value) ? value : undefined;
}

export function flag(node: Node, property: string): boolean {
  return own(node, property) === true;
}

export function kindOf(value: Node): number {
  const kind = own(value, "Kind");
  return typeof kind === "number" ? kind : -1;
}

/** The nodes by their names; throws a GraphqlError where two have one name. */
export function byName(nodes: readonly Node[], what: string): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const node of nodes) {
    const name = text(node, "Name");
    if (found.has(name)) throw new GraphqlError(`There can be only one ${what} named "${name}".`);
    found.set(name, node);
  }
  return found;
}
