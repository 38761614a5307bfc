// Reading and writing properties of plain objects whose keys come from a user: `__proto__`, `constructor` and `toString` are data like any other.
import type { PlainObject, RegoValue } from "./value.ts";

const objectPrototype: unknown = Object.prototype;

/**
 * The value of an own property, or undefined.
 *
 * An ordinary read and two comparisons, which V8 turns into an inline cache; `Object.hasOwn` would be a call each time. What a plain
 * object inherits is either a function or, under `__proto__`, `Object.prototype` itself, and neither is a Rego value.
 */
export function own(object: PlainObject, key: string): RegoValue | undefined {
  const value: unknown = object[key];
  return typeof value === "function" || value === objectPrototype ? undefined : (value as RegoValue | undefined);
}

/** Sets an own property of an object that is still being built. */
export function setOwn(object: Record<string, RegoValue>, key: string, value: RegoValue): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

/** V8 keeps objects with more keys than this as hash tables, which it copies by making another object key by key, one form after the other. */
const mostFastKeys = 128;

/** A copy of the object that may be changed; its values are shared. */
export function copyOwn(object: PlainObject): Record<string, RegoValue> {
  const keys = Object.keys(object);
  if (keys.length <= mostFastKeys) return { ...object };
  // What has no prototype is a hash table from the start.
  const copy = Object.create(null) as Record<string, RegoValue>;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    copy[key] = object[key] as RegoValue;
  }
  return Object.setPrototypeOf(copy, Object.prototype) as Record<string, RegoValue>;
}

/** The values of all own properties. Of a hash table V8 finds them faster one by one. */
export function ownValues(object: PlainObject): RegoValue[] {
  const keys = Object.keys(object);
  return keys.length <= mostFastKeys ? Object.values(object) : keys.map((key) => object[key] as RegoValue);
}
