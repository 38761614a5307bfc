// What emitted code uses at run time, beside builtins. `5-emit` names these; `6-link` hands them over.
import { BeyondJson } from "./beyond-json.ts";
import { equals } from "./compare.ts";
import { Decimal, plainIfSame, type PlainNumber } from "./decimal.ts";
import { displayText } from "./display.ts";
import { keysOfPlace, placeOf, stepPlace, wholeOf } from "./document-place.ts";
import { badDocumentPath, conflictingKeys, conflictingValues } from "./evaluation-error.ts";
import { isMember, keysInOrder, sizeOf, valuesInOrder, valuesUnordered } from "./iteration.ts";
import { LayeredDocument } from "./layered-document.ts";
import { lookup, lookupBase, lookupName, lookupPath } from "./lookup.ts";
import { ObjectBuilder } from "./rego-object.ts";
import { RegoSet } from "./rego-set.ts";
import { nothing, RememberedCalls } from "./remembered-calls.ts";
import { ObjectValue, SetValue, type RegoArray, type RegoValue } from "./value.ts";

/** Stands in the memo for the value of an undefined rule. */
const absent: unique symbol = Symbol("undefined");

/** The keys of a collection, in the order of `elements`; null for an array, whose keys are the positions. */
function keysOf(value: RegoValue | undefined): RegoArray | null {
  if (Array.isArray(value)) return null;
  if (typeof value !== "object" || value === null) return [];
  if (!(value instanceof BeyondJson)) return Object.keys(value);
  if (value instanceof SetValue) return value.items;
  return value instanceof ObjectValue ? value.keys : [];
}

/** The keys of a collection in Rego's order; null for an array. */
function keysOfInOrder(value: RegoValue | undefined): RegoArray | null {
  return Array.isArray(value) ? null : keysInOrder(value);
}

/** Whether a value is this number, in whichever form. */
function isThisNumber(value: RegoValue | undefined, number: PlainNumber): boolean {
  return value === number || (value instanceof Decimal && value.plainForm() === number);
}

function decimal(text: string): Decimal {
  return new Decimal(text);
}

function objectOf(entries: readonly (readonly [RegoValue, RegoValue])[]): RegoValue {
  const builder = new ObjectBuilder();
  for (const [key, value] of entries) builder.set(key, value);
  return builder.build();
}

/** The number of keys of an object; -1 for anything else. */
function objectSize(value: RegoValue): number {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof SetValue) return -1;
  return sizeOf(value) ?? -1;
}

/** A value within a template string. */
function templateText(value: RegoValue | undefined): string {
  return value === undefined ? "<undefined>" : displayText(value);
}

export const emittedCodeRuntime: Readonly<Record<string, unknown>> = {
  absent,
  badDocumentPath,
  conflictingKeys,
  conflictingValues,
  decimal,
  elements: valuesUnordered,
  elementsInOrder: valuesInOrder,
  equals,
  isMember,
  isNumber: isThisNumber,
  keysOf,
  keysInOrder: keysOfInOrder,
  keysOfPlace,
  LayeredDocument,
  lookup,
  lookupBase,
  lookupName,
  lookupPath,
  nothing,
  ObjectBuilder,
  objectOf,
  objectSize,
  placeOf,
  plainIfSame,
  RegoSet,
  RememberedCalls,
  stepPlace,
  templateText,
  wholeOf,
};
