// The keys of heads such as `p[1].q`: where no other rule of the path has a variable, they are names like `q`, and what they name is there whether a rule holds or not.
import { displayText } from "../runtime/display.ts";
import { isScalar, type RegoValue } from "../runtime/value.ts";
import type { Definition, ResolvedTerm, RuleGroup, RuleNode } from "./resolved.ts";

/** A place that is there even when no rule gives anything for it: an empty set, or an object. */
export interface NamedPlace {
  readonly keys: readonly RegoValue[];
  readonly isSet: boolean;
}

/** The places that the rules of a path name. */
export function namedPlaces({ definitions }: RuleGroup): readonly NamedPlace[] {
  const found = new Map<string, NamedPlace>();
  /** Where some rule has a variable or a collection as key. */
  const open = new Set(
    definitions
      .map(({ keys }) => ({ keys, names: leadingNames(keys) }))
      .flatMap(({ keys, names }) => (names.length < keys.length ? [placeText(names)] : [])),
  );
  for (const { keys, contains } of definitions) {
    const names = leadingNames(keys);
    names.forEach((_, i) => {
      const isLast = i + 1 === keys.length;
      if ((isLast && !contains) || open.has(placeText(names.slice(0, i)))) return;
      const place = names.slice(0, i + 1);
      found.set(placeText(place), { keys: place, isSet: isLast });
    });
  }
  return [...found.values()];
}

/** Two rules that can't stand beside each other: the first of the two, and what is wrong. */
export interface PlaceConflict {
  readonly at: Definition;
  readonly message: string;
}

/** What is wrong with the rules of one path that have keys, or null. `node` is their place in the tree. */
export function conflictOfPlaces({ definitions }: RuleGroup, node: RuleNode): PlaceConflict | null {
  const first = new Map<string, Definition>();
  const single = new Map<string, Definition>();
  for (const one of definitions) {
    const names = leadingNames(one.keys);
    const isNamed = names.length === one.keys.length;
    const place = placeText(names);
    const key = `${isNamed ? "=" : "*"}${place}`;
    const before = first.get(key);
    if (before !== undefined && before.contains !== one.contains)
      return { at: before, message: `conflicting rules ${showHead(one)} found` };
    if (before === undefined) first.set(key, one);
    if (isNamed) single.set(place, one);
  }
  if (single.size > 0) {
    for (const inner of definitions) {
      const names = leadingNames(inner.keys);
      for (let length = 1; length <= names.length && length < inner.keys.length; length++) {
        const outer = single.get(placeText(names.slice(0, length)));
        if (outer !== undefined) return { at: outer, message: `rule ${showHead(outer)} conflicts with ${showHead(inner)}` };
      }
    }
  }
  const open = definitions.find((one) => !isName(one.keys[0]));
  const below = open === undefined ? null : functionBelow(node);
  if (open === undefined || below === null) return null;
  return { at: open, message: `rule ${showHead(open)} conflicts with data.${below.path.join(".")}` };
}

function placeText(names: readonly RegoValue[]): string {
  return names.map((name) => `${displayText(name)}\n`).join("");
}

function functionBelow(node: RuleNode): RuleGroup | null {
  for (const child of node.children.values()) {
    const found = child.group?.kind === "function" ? child.group : functionBelow(child);
    if (found !== null) return found;
  }
  return null;
}

function isName(key: ResolvedTerm | undefined): boolean {
  return key?.kind === "constant" && isScalar(key.value);
}

function leadingNames(keys: readonly ResolvedTerm[]): readonly RegoValue[] {
  const names: RegoValue[] = [];
  for (const key of keys) {
    if (key.kind !== "constant" || !isScalar(key.value)) break;
    names.push(key.value);
  }
  return names;
}

function showHead({ group, keys }: Definition): string {
  return `data.${group.path.join(".")}${keys.map(showKey).join("")}`;
}

function showKey(key: ResolvedTerm): string {
  if (key.kind === "local") return `[${key.local.wildcard ? "_" : key.local.name}]`;
  if (key.kind !== "constant" || !isScalar(key.value)) return "[…]";
  return typeof key.value === "string" && /^[A-Za-z_]\w*$/u.test(key.value) ? `.${key.value}` : `[${displayText(key.value)}]`;
}
