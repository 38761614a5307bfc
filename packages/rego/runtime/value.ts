// What a Rego value is at run time: plain JavaScript wherever JSON allows it, so that input is never converted or copied. Only what JSON does
// not have gets a form of its own: sets, objects with keys that are not strings, integers beyond what a double holds exactly, and decimal numbers that neither carries.

import { BeyondJson } from "./beyond-json.ts";
import { Decimal, type PlainNumber } from "./decimal.ts";

/** A double, a `bigint` for an integer beyond `Number.MAX_SAFE_INTEGER`, or a `Decimal` for a number whose text neither would give back. An integer that fits is a `number`. */
export type RegoNumber = PlainNumber | Decimal;

/** An object whose keys are all strings, with or without a prototype. Only own properties count. */
export interface PlainObject {
  readonly [key: string]: RegoValue;
}

export type RegoArray = readonly RegoValue[];

/** Values that `===` compares rightly, once numbers are canonical. */
export type PlainScalar = null | boolean | PlainNumber | string;

/** Values without anything in them. */
export type RegoScalar = PlainScalar | Decimal;

/**
 * A set, by value. `RegoSet` is what implements it; the class stands here so that the order of values, which must know sets, and sets, which
 * must know the order, need not import each other.
 */
export abstract class SetValue extends BeyondJson {
  abstract readonly size: number;
  /** The elements, in the order in which they were added. Not to be changed. */
  abstract readonly items: RegoArray;
  /** Whether all elements are known to be JSON, so that nobody need look into them for what is not. */
  abstract readonly onlyJson: boolean;
  abstract has(value: RegoValue): boolean;
  /**
   * The elements, as `items` has them. Equal elements must have the same key, a text; where few elements share one, the elements of a set that was just filled are told
   * apart faster by it.
   */
  abstract itemsByKey(keyOf: (element: RegoValue) => string): RegoArray;
  /** The elements in Rego's order. Not to be changed. */
  abstract sorted(): RegoArray;
}

/** An object with at least one key that is not a string. `RegoObject` implements it. */
export abstract class ObjectValue extends BeyondJson {
  abstract readonly size: number;
  /** The keys, in the order in which they were added. Not to be changed. */
  abstract readonly keys: RegoArray;
  /** The values, each at the place of its key in `keys`. Not to be changed. */
  abstract readonly values: RegoArray;
  abstract get(key: RegoValue): RegoValue | undefined;
  /** The keys in Rego's order. Not to be changed. */
  abstract sortedKeys(): RegoArray;
}

/** Any defined Rego value; `undefined` stands for Rego's undefined. */
export type RegoValue = RegoScalar | RegoArray | PlainObject | SetValue | ObjectValue;

export type TypeName = "null" | "boolean" | "number" | "string" | "array" | "object" | "set";

export function isScalar(value: RegoValue): value is RegoScalar {
  return typeof value !== "object" || value === null || value instanceof Decimal;
}

/** Whether `===` compares the value rightly. */
export function isPlainScalar(value: RegoValue): value is PlainScalar {
  return typeof value !== "object" || value === null;
}

export function isArray(value: RegoValue | undefined): value is RegoArray {
  return Array.isArray(value);
}

export function isSet(value: RegoValue | undefined): value is SetValue {
  return value instanceof SetValue;
}

export function isNumber(value: RegoValue | undefined): value is RegoNumber {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
}

/** Whether the value is an object all of whose keys are strings. */
export function isPlainObject(value: RegoValue | undefined): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof BeyondJson);
}

export function isObject(value: RegoValue | undefined): value is PlainObject | ObjectValue {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof BeyondJson) || value instanceof ObjectValue;
}

/** The name of the value's type, as the builtin `type_name` gives it. */
export function typeName(value: RegoValue): TypeName {
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
    case "bigint":
      return "number";
    case "boolean":
      return "boolean";
    default:
      if (value === null) return "null";
      if (Array.isArray(value)) return "array";
      if (!(value instanceof BeyondJson)) return "object";
      if (value instanceof SetValue) return "set";
      return value instanceof Decimal ? "number" : "object";
  }
}
