// Going through collections in Rego's order: arrays by index, objects by sorted key, sets sorted. In a set an element is key and value at once.
import { BeyondJson } from "./beyond-json.ts";
import { equals, sortedKeys } from "./compare.ts";
import { Decimal } from "./decimal.ts";
import { lookup } from "./lookup.ts";
import { own, ownValues } from "./own.ts";
import { ObjectValue, SetValue } from "./value.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";

const nothing: RegoArray = [];

/** The keys of a collection in Rego's order: indexes, keys, or a set's elements. Empty for anything that is no collection. */
export function keysInOrder(value: RegoValue | undefined): RegoArray {
  if (typeof value !== "object" || value === null) return nothing;
  if (Array.isArray(value)) return value.map((_, index) => index);
  if (value instanceof SetValue) return value.sorted();
  return value instanceof ObjectValue ? value.sortedKeys() : sortedKeys(value as PlainObject);
}

/** The values of a collection, in the order of its keys. Empty for anything that is no collection. Not to be changed. */
export function valuesInOrder(value: RegoValue | undefined): RegoArray {
  if (typeof value !== "object" || value === null) return nothing;
  if (Array.isArray(value)) return value as RegoArray;
  if (value instanceof SetValue) return value.sorted();
  if (value instanceof ObjectValue) return value.sortedKeys().map((key) => value.get(key) as RegoValue);
  const object = value as PlainObject;
  return sortedKeys(object).map((key) => object[key] as RegoValue);
}

/** The values of a collection in whatever order is cheapest. Empty for anything that is no collection. Not to be changed. */
export function valuesUnordered(value: RegoValue | undefined): RegoArray {
  if (typeof value !== "object" || value === null) return nothing;
  if (Array.isArray(value)) return value as RegoArray;
  if (!(value instanceof BeyondJson)) return ownValues(value as PlainObject);
  if (value instanceof SetValue) return value.items;
  return value instanceof ObjectValue ? value.values : nothing;
}

/** Keys and values of a collection in Rego's order. Empty for anything that is no collection. */
export function entriesInOrder(value: RegoValue | undefined): readonly (readonly [key: RegoValue, value: RegoValue])[] {
  if (Array.isArray(value)) return (value as RegoArray).map((item, index) => [index, item] as const);
  return keysInOrder(value).map((key) => [key, lookup(value, key) as RegoValue] as const);
}

/** How many elements a collection has; undefined for anything that is no collection. */
export function sizeOf(value: RegoValue | undefined): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return value.length;
  if (value instanceof SetValue || value instanceof ObjectValue) return value.size;
  if (value instanceof Decimal) return undefined;
  let size = 0;
  for (const _ in value as PlainObject) size++;
  return size;
}

/** `value in collection`: whether an array or object has the value, or a set the element. False for anything that is no collection. */
export function isMember(value: RegoValue, collection: RegoValue): boolean {
  if (typeof collection !== "object" || collection === null) return false;
  if (collection instanceof SetValue) return collection.has(value);
  if (Array.isArray(collection) || collection instanceof ObjectValue) {
    const items: RegoArray = collection instanceof ObjectValue ? collection.values : (collection as RegoArray);
    for (let i = 0; i < items.length; i++) {
      if (equals(items[i] as RegoValue, value)) return true;
    }
    return false;
  }
  const object = collection as PlainObject;
  for (const key in object) {
    if (equals(own(object, key) as RegoValue, value)) return true;
  }
  return false;
}

/** `key, value in collection`. */
export function isEntry(key: RegoValue, value: RegoValue, collection: RegoValue): boolean {
  const found = lookup(collection, key);
  return found !== undefined && equals(found, value);
}
