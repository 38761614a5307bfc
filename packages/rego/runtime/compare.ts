// Rego's total order and its equality: null < booleans < numbers < strings < arrays < objects < sets.
// https://www.openpolicyagent.org/docs/policy-reference#comparison
import { BeyondJson } from "./beyond-json.ts";
import { compareDecimals, Decimal } from "./decimal.ts";
import { own } from "./own.ts";
import { ObjectValue, SetValue } from "./value.ts";
import type { PlainObject, RegoArray, RegoNumber, RegoValue } from "./value.ts";

/** Negative, zero or positive as `a` stands before, with or after `b`. Zero exactly when `equals(a, b)`. */
export function compare(a: RegoValue, b: RegoValue): number {
  if (a === b) return 0;
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  const rank = rankOf(a);
  const difference = rank - rankOf(b);
  if (difference !== 0) return difference;
  switch (rank) {
    case 0:
      return 0;
    case 1:
      return a === true ? 1 : -1;
    case 2:
      return compareDecimals(a as RegoNumber, b as RegoNumber);
    case 4:
      return compareArrays(a as RegoArray, b as RegoArray);
    case 5:
      return compareObjects(a as PlainObject | ObjectValue, b as PlainObject | ObjectValue);
    default:
      return compareArrays((a as SetValue).sorted(), (b as SetValue).sorted());
  }
}

/** By code point, which is also the order of the UTF-8 bytes; JavaScript's `<` goes by UTF-16 unit and puts U+FF5E after U+1F600. */
export function compareStrings(a: string, b: string): number {
  const length = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      // A surrogate stands for a code point above every other unit. Two surrogates are in the right order already.
      const xHigh = x >= 0xd800 && x <= 0xdfff;
      const yHigh = y >= 0xd800 && y <= 0xdfff;
      return xHigh === yHigh ? x - y : xHigh ? 1 : -1;
    }
  }
  return a.length - b.length;
}

/** Whether two values are one and the same to Rego. Allocates nothing but where a double beyond the safe integers meets a bigint. */
export function equals(a: RegoValue, b: RegoValue): boolean {
  // Most that is compared are texts, and V8 puts so short a function where it is called.
  return a === b || (typeof a !== "string" && typeof b !== "string" && equalsOther(a, b));
}

/** The same for two values that are no texts, nor one and the same to JavaScript. */
function equalsOther(a: RegoValue, b: RegoValue): boolean {
  if (typeof a !== "object" || typeof b !== "object") {
    if (typeof a === "number" && typeof b === "number") return false;
    if (a instanceof Decimal) return (typeof b === "number" || typeof b === "bigint") && compareDecimals(a, b) === 0;
    if (b instanceof Decimal) return (typeof a === "number" || typeof a === "bigint") && compareDecimals(a, b) === 0;
    // A double that came in with the input can be an integer beyond the safe range, and then equals a bigint.
    if (typeof a === "bigint") return typeof b === "number" && Number.isInteger(b) && BigInt(b) === a;
    return typeof b === "bigint" && typeof a === "number" && Number.isInteger(a) && BigInt(a) === b;
  }
  if (a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && equalArrays(a, b);
  if (Array.isArray(b)) return false;
  if (!(a instanceof BeyondJson)) return !(b instanceof BeyondJson) && equalPlainObjects(a as PlainObject, b as PlainObject);
  if (a instanceof SetValue) return b instanceof SetValue && equalSets(a, b);
  // An ObjectValue has a key that is no string, so it never equals an object all of whose keys are.
  if (a instanceof ObjectValue) return b instanceof ObjectValue && equalObjectValues(a, b);
  return a instanceof Decimal && b instanceof Decimal && compareDecimals(a, b) === 0;
}

/** Up to this many keys are sorted by moving each to its place, which is cheaper than a call of `sort`. */
const fewKeys = 12;

/** The keys of a plain object in Rego's order. */
export function sortedKeys(object: PlainObject): string[] {
  const keys = Object.keys(object);
  if (keys.length <= fewKeys) return insertionSorted(keys);
  for (let i = 1; i < keys.length; i++) {
    if (compareStrings(keys[i - 1] as string, keys[i] as string) > 0) return sortTexts(keys);
  }
  return keys;
}

/** What comes after the surrogates among UTF-16 units stands before them among code points. */
const outOfUnitOrder = /[\ud800-\uffff]/;

/** Sorts texts in place; JavaScript's own order, by UTF-16 unit, is Rego's for nearly all. */
export function sortTexts(texts: string[]): string[] {
  return texts.some((text) => outOfUnitOrder.test(text)) ? texts.sort(compareStrings) : texts.sort();
}

function insertionSorted(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let place = i;
    for (; place > 0 && compareStrings(keys[place - 1] as string, key) > 0; place--) keys[place] = keys[place - 1] as string;
    if (place < i) keys[place] = key;
  }
  return keys;
}

function rankOf(value: RegoValue): number {
  switch (typeof value) {
    case "string":
      return 3;
    case "number":
    case "bigint":
      return 2;
    case "boolean":
      return 1;
    default:
      if (value === null) return 0;
      if (Array.isArray(value)) return 4;
      if (!(value instanceof BeyondJson)) return 5;
      if (value instanceof SetValue) return 6;
      return value instanceof Decimal ? 2 : 5;
  }
}

function compareArrays(a: RegoArray, b: RegoArray): number {
  const length = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < length; i++) {
    const order = compare(a[i] as RegoValue, b[i] as RegoValue);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Objects compare as the sequences of their keys and values, sorted by key. */
function compareObjects(a: PlainObject | ObjectValue, b: PlainObject | ObjectValue): number {
  if (!(a instanceof ObjectValue) && !(b instanceof ObjectValue)) {
    const order = compareSameKeys(a, b);
    if (order !== undefined) return order;
  }
  const aKeys = a instanceof ObjectValue ? a.sortedKeys() : sortedKeys(a);
  const bKeys = b instanceof ObjectValue ? b.sortedKeys() : sortedKeys(b);
  const length = aKeys.length < bKeys.length ? aKeys.length : bKeys.length;
  for (let i = 0; i < length; i++) {
    const aKey = aKeys[i] as RegoValue;
    const bKey = bKeys[i] as RegoValue;
    const keyOrder = compare(aKey, bKey);
    if (keyOrder !== 0) return keyOrder;
    const aValue = a instanceof ObjectValue ? a.get(aKey) : a[aKey as string];
    const bValue = b instanceof ObjectValue ? b.get(bKey) : b[bKey as string];
    const order = compare(aValue as RegoValue, bValue as RegoValue);
    if (order !== 0) return order;
  }
  return aKeys.length - bKeys.length;
}

/** Keys of objects in order, by their first key as written: objects that are compared mostly have the shape of some before them. */
const shapes: Map<string, readonly string[]> = new Map();

/** How many shapes are remembered. */
const shapeLimit = 200;

/**
 * The order of two objects that have the same keys: that of the values at the first key, in order, where these differ. Nothing behind that key
 * is looked at. Undefined if the keys are not the same.
 */
function compareSameKeys(a: PlainObject, b: PlainObject): number | undefined {
  const keys = keysByShape(a);
  if (!hasKeys(b, keys)) return undefined;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    const order = compare(a[key] as RegoValue, b[key] as RegoValue);
    if (order !== 0) return order;
  }
  return 0;
}

function keysByShape(object: PlainObject): readonly string[] {
  for (const first in object) {
    const known = shapes.get(first);
    if (known !== undefined && hasKeys(object, known)) return known;
    const keys = sortedKeys(object);
    if (shapes.size >= shapeLimit) shapes.clear();
    shapes.set(first, keys);
    return keys;
  }
  return [];
}

/** Whether these are the object's keys. */
function hasKeys(object: PlainObject, keys: readonly string[]): boolean {
  let size = 0;
  for (const _ in object) size++;
  if (size !== keys.length) return false;
  for (let i = 0; i < keys.length; i++) {
    if (own(object, keys[i] as string) === undefined) return false;
  }
  return true;
}

function equalArrays(a: RegoArray, b: RegoArray): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (!equals(a[i] as RegoValue, b[i] as RegoValue)) return false;
  }
  return true;
}

function equalSets(a: SetValue, b: SetValue): boolean {
  if (a.size !== b.size) return false;
  for (let i = 0; i < a.items.length; i++) {
    if (!b.has(a.items[i] as RegoValue)) return false;
  }
  return true;
}

function equalObjectValues(a: ObjectValue, b: ObjectValue): boolean {
  if (a.size !== b.size) return false;
  for (let i = 0; i < a.keys.length; i++) {
    const other = b.get(a.keys[i] as RegoValue);
    if (other === undefined || !equals(a.values[i] as RegoValue, other)) return false;
  }
  return true;
}

function equalPlainObjects(a: PlainObject, b: PlainObject): boolean {
  let surplus = 0;
  // Nothing enumerable is inherited by what JSON.parse or an object literal makes, and `for in` needs no array of keys.
  for (const key in a) {
    const other = own(b, key);
    if (other === undefined || !equals(a[key] as RegoValue, other)) return false;
    surplus++;
  }
  for (const _ in b) surplus--;
  return surplus === 0;
}
