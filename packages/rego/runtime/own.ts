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

/** A copy of the object that may be changed; its values are shared. */
export function copyOwn(object: PlainObject): Record<string, RegoValue> {
  return { ...object };
}
