import { BeyondJson } from "./beyond-json.ts";
import { compare, compareStrings, sortTexts } from "./compare.ts";
import { decidingPart } from "./deciding-part.ts";
import { partAt, valueAt, type PartPath } from "./differing-part.ts";
import { own } from "./own.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";
import { ValueIndex } from "./value-index.ts";

/** Fewer values than this are sorted by comparing them. */
const worthGrouping = 8;

/** Fewer values than this that begin alike are compared with each other; of more, each is compared with the first alone, to find what decides. */
const worthParting = 3;

/** The values in Rego's order; the array itself when they are in order already. */
export function sortValues(values: RegoArray): RegoArray {
  for (let i = 1; i < values.length; i++) {
    if (compare(values[i - 1] as RegoValue, values[i] as RegoValue) > 0) {
      if (values.every((value) => typeof value === "number")) return values.toSorted((a, b) => a - b);
      return (values.length < worthGrouping ? null : sortByText(values, false)) ?? values.toSorted(compare);
    }
  }
  return values;
}

/** Values that are to be compared one by one, each with the next, are looked up in an index first where there are more. */
const worthIndexing = 32;

/** So many parts of values that resemble each other are tried before they are compared as wholes. */
const mostParts = 8;

/** The values in Rego's order, each once; null where no texts decide about their order. */
export function sortDistinct(values: RegoArray): RegoValue[] | null {
  if (values.length < worthGrouping) return null;
  if (values.every((value) => typeof value === "string")) return sortTexts([...new Set(values)]);
  return sortByText(values, true);
}

/**
 * Sorts values by the texts that decide about their order unless two are the same, which costs far less than comparing values: strings by themselves, arrays by
 * their first items, objects by the values of their first keys, where these are strings in all. Null where there are no such texts. `distinct` leaves out those that
 * equal another.
 */
function sortByText(values: RegoArray, distinct: boolean): RegoValue[] | null {
  const textOf = textReader(values[0] as RegoValue);
  return textOf === null ? null : sortBy(values, textOf, distinct, mostParts);
}

function sortBy(values: RegoArray, textOf: (value: RegoValue) => unknown, distinct: boolean, parts: number): RegoValue[] | null {
  const groups = new Map<string, RegoValue | RegoValue[]>();
  const arrays = Array.isArray(values[0]);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as RegoValue;
    const text = textOf(value);
    if (typeof text !== "string") return null;
    const group = groups.get(text);
    if (group === undefined) groups.set(text, arrays ? [value] : value);
    else if (Array.isArray(group)) group.push(value);
    else groups.set(text, [group, value]);
  }
  const sorted: RegoValue[] = [];
  for (const text of sortTexts([...groups.keys()])) {
    const group = groups.get(text) as RegoValue | RegoValue[];
    if (!Array.isArray(group)) sorted.push(group);
    else if (group.length === 1) sorted.push(group[0] as RegoValue);
    else for (const value of sortAlike(group, distinct, parts)) sorted.push(value);
  }
  return sorted;
}

/** Sorts values that have a text in common, by the next part that decides. */
function sortAlike(group: RegoValue[], distinct: boolean, parts: number): readonly RegoValue[] {
  if (group.length >= worthParting && parts > 0) {
    const part = decidingPart(group);
    if (part === undefined) return distinct ? group.slice(0, 1) : group;
    const { path, isText } = part;
    if (!isText) {
      return distinct && group.length > worthIndexing
        ? sortApart(differentOf(group), path, false, parts - 1)
        : sortApart(group, path, distinct, parts - 1);
    }
    const sorted = sortBy(group, (value) => partAt(value, path), distinct, parts - 1);
    if (sorted !== null) return sorted;
  }
  if (!distinct) return group.sort(compare);
  if (group.length > worthIndexing) return differentOf(group).sort(compare);
  const sorted = group.sort(compare);
  return sorted.filter((value, i) => i === 0 || compare(sorted[i - 1] as RegoValue, value) !== 0);
}

/** The values, each once. */
function differentOf(values: readonly RegoValue[]): RegoValue[] {
  const index = new ValueIndex();
  for (const value of values) index.add(value);
  return index.items;
}

/** Sorts values that are the same before a part of them: in groups with the same number there, or less, the same and more than one of them. */
function sortApart(group: readonly RegoValue[], path: PartPath, distinct: boolean, parts: number): readonly RegoValue[] {
  const keyed = group.map((value) => ({ value, part: valueAt(value, path) as RegoValue }));
  const sides: RegoValue[][] = [];
  if (keyed.every(({ part }) => typeof part === "number")) {
    keyed.sort((a, b) => Number(a.part) - Number(b.part));
    let last: RegoValue = null;
    for (const { value, part } of keyed) {
      if (part === last) sides.at(-1)?.push(value);
      else sides.push([value]);
      last = part;
    }
  } else {
    const middle = (keyed[keyed.length >> 1] as { readonly part: RegoValue }).part;
    sides.push([], [], []);
    for (const { value, part } of keyed) {
      const order = compare(part, middle);
      sides[order < 0 ? 0 : order === 0 ? 1 : 2]?.push(value);
    }
  }
  return sides.flatMap((side) => (side.length > 1 ? sortAlike(side, distinct, parts) : side));
}

/** Reads the text that decides about a value of the first one's kind; null for values that have none, or that it does not decide about. */
function textReader(first: RegoValue): ((value: RegoValue) => string | null) | null {
  if (typeof first === "string") return (value) => (typeof value === "string" ? value : null);
  if (typeof first !== "object" || first === null) return null;
  if (Array.isArray(first)) return (value) => (Array.isArray(value) && typeof value[0] === "string" ? value[0] : null);
  if (first instanceof BeyondJson) return null;
  const key = firstKey(first as PlainObject);
  return key === null ? null : textAtFirstKey(key);
}

function firstKey(object: PlainObject): string | null {
  let first: string | null = null;
  for (const key in object) if (first === null || compareStrings(key, first) < 0) first = key;
  return first;
}

/** Reads the string at a key of objects, if that is the first of their keys. */
function textAtFirstKey(first: string): (value: RegoValue) => string | null {
  // The keys of an object that was looked at, as it has them: most have the same as the one before.
  let known: readonly string[] = [];
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof BeyondJson) return null;
    const object = value as PlainObject;
    if (!hasKeys(object, known)) {
      const keys = Object.keys(object);
      if (keys.some((key) => compareStrings(key, first) < 0)) return null;
      known = keys;
    }
    const text = own(object, first);
    return typeof text === "string" ? text : null;
  };
}

function hasKeys(object: PlainObject, keys: readonly string[]): boolean {
  let count = 0;
  for (const key in object) if (key !== keys[count++]) return false;
  return count === keys.length;
}
