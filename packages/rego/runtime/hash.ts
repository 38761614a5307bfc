// Hashes of composite values for sets and for objects with composite keys. Equal values have equal hashes, whatever the order of an object's keys
// or a set's elements. A hash looks only so deep and so wide into a value as its level says, because findings contain whole Kubernetes objects:
// most sets tell their elements apart at level 0, and an index asks for a deeper level only where many values agree.
import { BeyondJson } from "./beyond-json.ts";
import { Decimal } from "./decimal.ts";
import { own } from "./own.ts";
import { SetValue } from "./value.ts";
import type { ObjectValue, PlainObject, RegoArray, RegoValue } from "./value.ts";

interface Level {
  /** How many collections deep the hash looks; a deeper collection counts by its kind and size. */
  readonly depth: number;
  /** How many items of an array are looked at. An object or set with more than this counts by its size: any choice of its members would depend on their order. */
  readonly width: number;
  /** How many characters of a string are looked at. */
  readonly characters: number;
  /** Whether keys are looked at whole, or only their length and three of their characters. */
  readonly wholeKeys: boolean;
}

const levels: readonly Level[] = [
  { depth: 1, width: 16, characters: 64, wholeKeys: false },
  { depth: 3, width: 24, characters: 64, wholeKeys: false },
  { depth: 6, width: 64, characters: 256, wholeKeys: false },
  { depth: Number.POSITIVE_INFINITY, width: Number.POSITIVE_INFINITY, characters: Number.POSITIVE_INFINITY, wholeKeys: true },
];

/** The level that looks at everything. */
export const deepestLevel: number = levels.length - 1;

/** How many items of an array are asked for their texts. */
const askedItems = 16;

/**
 * The longest of the texts that are the items of an array or the values of an object; of several, the greatest. Equal values have the same. Most values that are
 * collected have a name or a sentence that no other has, and a JavaScript map finds a text faster than any hash can be worked out here. Undefined where there is none.
 */
export function longestText(value: RegoValue): string | undefined {
  if (typeof value !== "object" || value === null || value instanceof BeyondJson) return undefined;
  let longest: string | undefined;
  if (Array.isArray(value)) {
    const count = value.length < askedItems ? value.length : askedItems;
    for (let i = 0; i < count; i++) {
      const item: unknown = value[i];
      if (typeof item === "string" && (longest === undefined || isLonger(item, longest))) longest = item;
    }
    return longest;
  }
  for (const key in value as PlainObject) {
    const item = own(value as PlainObject, key);
    if (typeof item === "string" && (longest === undefined || isLonger(item, longest))) longest = item;
  }
  return longest;
}

function isLonger(text: string, than: string): boolean {
  return text.length > than.length || (text.length === than.length && text > than);
}

/** The hash of a value, a 32-bit integer, looking as deep as the level (0 … `deepestLevel`) allows. */
export function hashValue(value: RegoValue, level: number): number {
  const limits = levels[level] as Level;
  return hashAt(value, limits.depth, limits);
}

function hashAt(value: RegoValue, depth: number, limits: Level): number {
  switch (typeof value) {
    case "string":
      return hashString(value, limits.characters);
    case "number":
      return Number.isSafeInteger(value) || !Number.isInteger(value) ? hashDouble(value) : hashString(BigInt(value).toString(), Infinity);
    case "bigint":
      return hashString(value.toString(), Infinity);
    case "boolean":
      return value ? 0x3c6ef372 : 0x1b873593;
    default:
      if (value === null) return 0x27d4eb2f;
      if (Array.isArray(value)) return hashArray(value, depth, limits);
      if (!(value instanceof BeyondJson)) return hashPlainObject(value as PlainObject, depth, limits);
      if (value instanceof SetValue) return hashSet(value, depth, limits);
      if (value instanceof Decimal) return hashDecimal(value, depth, limits);
      return hashObjectValue(value, depth, limits);
  }
}

/** Equal numbers have equal hashes, whichever form they have. */
function hashDecimal(value: Decimal, depth: number, limits: Level): number {
  return value.plainForm() === null ? hashString(value.identity(), Infinity) : hashAt(value.plainForm(), depth, limits);
}

function hashArray(items: RegoArray, depth: number, limits: Level): number {
  let hash = mix(0x165667b1, items.length);
  if (depth <= 0) return hash;
  const count = items.length < limits.width ? items.length : limits.width;
  for (let i = 0; i < count; i++) hash = mix(hash, hashAt(items[i] as RegoValue, depth - 1, limits));
  return hash;
}

function hashSet(set: SetValue, depth: number, limits: Level): number {
  let sum = 0;
  if (depth > 0 && set.size <= limits.width) {
    for (let i = 0; i < set.items.length; i++) sum = (sum + finish(hashAt(set.items[i] as RegoValue, depth - 1, limits))) | 0;
  }
  return mix(mix(0x2545f491, set.size), sum);
}

function hashObjectValue(object: ObjectValue, depth: number, limits: Level): number {
  let sum = 0;
  if (depth > 0 && object.size <= limits.width) {
    for (let i = 0; i < object.keys.length; i++) {
      const key = hashAt(object.keys[i] as RegoValue, depth - 1, limits);
      sum = (sum + finish(mix(key, hashAt(object.values[i] as RegoValue, depth - 1, limits)))) | 0;
    }
  }
  return mix(mix(0x7feb352d, object.size), sum);
}

function hashPlainObject(object: PlainObject, depth: number, limits: Level): number {
  let sum = 0;
  let size = 0;
  for (const key in object) {
    size++;
    if (depth > 0 && size <= limits.width) {
      const value = own(object, key) as RegoValue;
      const name = limits.wholeKeys ? hashString(key, limits.characters) : hashName(key);
      sum = (sum + finish(mix(name, hashAt(value, depth - 1, limits)))) | 0;
    }
  }
  if (size > limits.width) sum = 0;
  return mix(mix(0x68e31da4, size), sum);
}

/**
 * All characters where there are few. Of a longer text its end, where names differ, then some characters from all over, because sentences about
 * names have them anywhere.
 */
function hashString(text: string, characters: number): number {
  const length = text.length;
  let hash = length;
  let end = length;
  if (length > characters) {
    const half = characters >> 1;
    const step = (length - half) / half;
    for (let i = 0; i < half; i++) hash = (Math.imul(hash, 31) + text.charCodeAt((i * step) | 0)) | 0;
    end = half;
  }
  for (let i = length - end; i < length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** A cheap hash of a key: objects that are compared most often have the same keys. */
function hashName(name: string): number {
  const last = name.length - 1;
  if (last < 0) return 0;
  return (name.length << 24) ^ (name.charCodeAt(0) << 16) ^ (name.charCodeAt(last) << 8) ^ name.charCodeAt(last >> 1);
}

function hashDouble(value: number): number {
  if ((value | 0) === value) return mix(0x51ed270b, value | 0);
  // Two independent projections of the double onto 32 bits are enough to keep fractions and large integers apart.
  return mix(Math.trunc(value % 4294967296) | 0, ((value - Math.trunc(value)) * 4294967296) ^ ((value / 4294967296) | 0));
}

function mix(hash: number, next: number): number {
  const mixed = Math.imul(hash ^ next, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) | 0;
}

/** Spreads a hash over all bits before it is added to those of its siblings; without it, sums of small differences cancel out. */
function finish(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
}
