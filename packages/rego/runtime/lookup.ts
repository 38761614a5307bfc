import { BeyondJson } from "./beyond-json.ts";
import { longInteger, type PlainNumber } from "./decimal.ts";
import { numberText } from "./numbers.ts";
import { own } from "./own.ts";
import { isNumber, ObjectValue, SetValue } from "./value.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";

/**
 * One step of a reference, `base[key]`: the item of an array, the value of an object's key, or the element itself when a set has it.
 * Undefined when there is none, or when the base is a scalar.
 */
export function lookup(base: RegoValue | undefined, key: RegoValue): RegoValue | undefined {
  if (typeof base !== "object" || base === null) return undefined;
  if (Array.isArray(base)) {
    if (typeof key !== "number") return itemAt(base as RegoArray, longInteger(key));
    return key >= 0 && Number.isInteger(key) ? (base[key] as RegoValue | undefined) : undefined;
  }
  if (!(base instanceof BeyondJson)) return typeof key === "string" ? own(base as PlainObject, key) : undefined;
  if (base instanceof SetValue) return base.has(key) ? key : undefined;
  return base instanceof ObjectValue ? base.get(key) : undefined;
}

function itemAt(items: RegoArray, index: PlainNumber | undefined): RegoValue | undefined {
  return typeof index === "number" && index >= 0 ? items[index] : undefined;
}

/** `base.name`: a step whose key is known to be a string. */
export function lookupName(base: RegoValue | undefined, name: string): RegoValue | undefined {
  if (typeof base !== "object" || base === null || Array.isArray(base)) return undefined;
  if (!(base instanceof BeyondJson)) return own(base as PlainObject, name);
  if (base instanceof SetValue) return base.has(name) ? name : undefined;
  return base instanceof ObjectValue ? base.get(name) : undefined;
}

/** One step into a base document: as `lookup`, but a number also finds the key of an object that is written like it. */
export function lookupBase(base: RegoValue | undefined, key: RegoValue): RegoValue | undefined {
  const found = lookup(base, key);
  return found === undefined && isNumber(key) ? lookupName(base, numberText(key)) : found;
}

/** Several steps by known names. */
export function lookupPath(base: RegoValue | undefined, path: readonly string[]): RegoValue | undefined {
  let value = base;
  for (let i = 0; i < path.length && value !== undefined; i++) value = lookupName(value, path[i] ?? "");
  return value;
}
