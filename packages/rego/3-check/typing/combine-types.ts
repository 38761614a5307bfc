// How static types combine: the union of two, and whether some value can have both.
import { anyStatic, type ArrayType, type FieldKey, type ObjectType, type ScalarType, type StaticType } from "../../builtins/static-type.ts";

/** What is not known yet, of a variable without a value. It goes with everything, as `any` does, and messages show it as `???`. */
export const unknown: { readonly kind: "any" } = { kind: "any" };

/** A type that no value has: of the items of an empty collection. */
const nothing: StaticType = { kind: "union", of: [] };

/** Unions of more members are `any`: rules with hundreds of different results gain nothing from a list of them. */
const memberLimit = 32;

/** How many steps a comparison takes before it gives up. Types share their parts, so that a small program can write very large ones. */
const stepLimit = 5000;

/** The members of a type, one for each form that its values can have. */
export function membersOf(type: StaticType): readonly StaticType[] {
  return type.kind === "union" ? type.of : [type];
}

/** The type of the values of all these types. */
export function unionOf(types: Iterable<StaticType>): StaticType {
  // Of one type alone, as most are.
  if (Array.isArray(types) && types.length === 1) {
    const [only] = types as readonly StaticType[];
    if (only !== undefined && only.kind !== "any" && only.kind !== "union") return only;
  }
  const members: StaticType[] = [];
  for (const type of types) {
    for (const member of membersOf(type)) {
      if (member.kind === "any") return anyStatic;
      if (!members.some((known) => isSame(known, member, { left: stepLimit }))) members.push(member);
      if (members.length > memberLimit) return anyStatic;
    }
  }
  const [only] = members;
  return members.length === 1 && only !== undefined ? only : { kind: "union", of: members };
}

interface Budget {
  left: number;
}

/** Whether two types are written alike. Gives up with false. */
function isSame(a: StaticType, b: StaticType, budget: Budget): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || --budget.left < 0) return false;
  if (a.kind === "array" && b.kind === "array")
    return (
      a.items.length === b.items.length &&
      a.items.every((item, i) => isSame(item, b.items[i] ?? nothing, budget)) &&
      isSameOrNull(a.rest, b.rest, budget)
    );
  if (a.kind === "set" && b.kind === "set") return isSame(a.of, b.of, budget);
  if (a.kind === "object" && b.kind === "object") {
    if (a.fields.size !== b.fields.size || !isSameOrNull(a.rest?.key, b.rest?.key, budget)) return false;
    if (!isSameOrNull(a.rest?.value, b.rest?.value, budget)) return false;
    for (const [key, field] of a.fields) if (!isSameOrNull(field, b.fields.get(key), budget)) return false;
    return true;
  }
  if (a.kind === "union" && b.kind === "union")
    return a.of.length === b.of.length && a.of.every((member) => b.of.some((other) => isSame(member, other, budget)));
  return true;
}

function isSameOrNull(a: StaticType | null | undefined, b: StaticType | null | undefined, budget: Budget): boolean {
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  return isSame(a, b, budget);
}

/** Whether a value can have both types. True where that can't be told. */
export function areCompatible(a: StaticType, b: StaticType, budget: Budget = { left: stepLimit }): boolean {
  if (a === b || a.kind === "any" || b.kind === "any" || --budget.left < 0) return true;
  if (a.kind === "union") return a.of.length === 0 || a.of.some((member) => areCompatible(member, b, budget));
  if (b.kind === "union") return b.of.length === 0 || b.of.some((member) => areCompatible(a, member, budget));
  if (a.kind === "array") return b.kind === "array" && arraysAreCompatible(a, b, budget);
  if (a.kind === "set") return b.kind === "set" && areCompatible(a.of, b.of, budget);
  if (a.kind === "object") return b.kind === "object" && objectsAreCompatible(a, b, budget);
  return a.kind === b.kind;
}

/**
 * Whether two types have, in the same place, those of sets that are known to be empty. OPA has no type of the elements for these, and does not take one such type for the
 * other: `set() == set()` is a mistake.
 */
export function haveEmptySets(a: StaticType, b: StaticType, budget: Budget = { left: stepLimit }): boolean {
  if (--budget.left < 0) return false;
  if (a.kind === "set" && b.kind === "set") return (isNothing(a.of) && isNothing(b.of)) || haveEmptySets(a.of, b.of, budget);
  if (a.kind === "array" && b.kind === "array")
    return a.items.some((item, i) => b.items[i] !== undefined && haveEmptySets(item, b.items[i], budget));
  if (a.kind !== "object" || b.kind !== "object") return false;
  return [...a.fields].some(([key, field]) => {
    const other = b.fields.get(key);
    return other !== undefined && haveEmptySets(field, other, budget);
  });
}

/** Whether no value has a type: that of what is in an empty collection. */
export function isNothing(type: StaticType): boolean {
  return type.kind === "union" && type.of.length === 0;
}

function arraysAreCompatible(a: ArrayType, b: ArrayType, budget: Budget): boolean {
  const length = Math.max(a.items.length, b.items.length);
  for (let i = 0; i < length; i++) {
    const left = a.items[i] ?? a.rest;
    const right = b.items[i] ?? b.rest;
    if (left === null || right === null || !areCompatible(left, right, budget)) return false;
  }
  return a.rest === null || b.rest === null || areCompatible(a.rest, b.rest, budget);
}

function objectsAreCompatible(a: ObjectType, b: ObjectType, budget: Budget): boolean {
  if (!fieldsFit(a, b, budget) || !fieldsFit(b, a, budget)) return false;
  if (a.rest === null || b.rest === null) return true;
  return areCompatible(a.rest.value, b.rest.value, budget);
}

function fieldsFit(of: ObjectType, into: ObjectType, budget: Budget): boolean {
  for (const [key, field] of of.fields) {
    const other = into.fields.get(key);
    if (other !== undefined) {
      if (!areCompatible(field, other, budget)) return false;
    } else if (into.rest !== null) {
      // As OPA has it, a key that the other side can't have is no mistake: then the values are not compared.
      if (areCompatible(into.rest.key, scalarType(key), budget) && !areCompatible(field, into.rest.value, budget)) return false;
    } else if (of.rest === null) return false;
  }
  return true;
}

/** Whether an object type has a key that another one can't have. */
export function hasForeignKey(given: StaticType, wanted: StaticType): boolean {
  if (given.kind !== "object" || wanted.kind !== "object") return false;
  const { fields, rest } = wanted;
  return [...given.fields.keys()].some((key) => !fields.has(key) && (rest === null || !areCompatible(rest.key, scalarType(key))));
}

/** The type of an object's field, or null when it can't have one of this name. */
export function fieldType(object: ObjectType, key: FieldKey): StaticType | null {
  const known = object.fields.get(key);
  if (known !== undefined) return known;
  return object.rest !== null && areCompatible(object.rest.key, scalarType(key)) ? object.rest.value : null;
}

/** The type of a scalar value. */
export function scalarType(value: FieldKey): ScalarType {
  if (value === null) return { kind: "null" };
  const name = typeof value;
  return { kind: name === "string" || name === "boolean" ? name : "number" };
}

/** What the keys of a value can be: the indexes of an array, the members of a set. Null when it has none. */
export function keysOf(type: StaticType): StaticType | null {
  return collected(type, (member) => {
    if (member.kind === "array") return { kind: "number" };
    if (member.kind === "set") return member.of;
    if (member.kind !== "object") return null;
    const keys = [...member.fields.keys()].map(scalarType);
    return unionOf(member.rest === null ? keys : [...keys, member.rest.key]);
  });
}

/** What the values in a collection can be. Null when it is none. */
export function valuesOf(type: StaticType): StaticType | null {
  return collected(type, (member) => {
    if (member.kind === "array") return unionOf(member.rest === null ? member.items : [...member.items, member.rest]);
    if (member.kind === "set") return member.of;
    if (member.kind !== "object") return null;
    return unionOf(member.rest === null ? member.fields.values() : [...member.fields.values(), member.rest.value]);
  });
}

function collected(type: StaticType, of: (member: StaticType) => StaticType | null): StaticType | null {
  if (type.kind === "any") return anyStatic;
  const found = membersOf(type)
    .map(of)
    .filter((each) => each !== null);
  return found.length === 0 && membersOf(type).length > 0 ? null : unionOf(found);
}

/** What stands under a constant key of a value; null when nothing can. No index of an array is a number that is written otherwise than an integer, as `1.0` is. */
export function selected(type: StaticType, key: FieldKey, isWrittenPlainly: boolean = true): StaticType | null {
  return collected(type, (member) => {
    if (member.kind === "object") return fieldType(member, key);
    // What a set has under a value is that value.
    if (member.kind === "set") return areCompatible(member.of, scalarType(key)) && !isNothing(member.of) ? scalarType(key) : null;
    if (member.kind !== "array" || !isWrittenPlainly || typeof key !== "number" || !Number.isInteger(key) || key < 0) return null;
    return member.items[key] ?? member.rest;
  });
}

/** The type of one object that grows by entries of all these types, nested ones included. */
export function mergeObjects(types: readonly StaticType[]): StaticType {
  const objects = types.filter((type) => type.kind === "object");
  if (objects.length < types.length || objects.length < 2) return unionOf(types);
  const fields = new Map<FieldKey, StaticType>();
  for (const object of objects) {
    for (const [key, field] of object.fields) {
      const known = fields.get(key);
      fields.set(key, known === undefined ? field : mergeObjects([known, field]));
    }
  }
  const rests = objects.flatMap(({ rest }) => (rest === null ? [] : [rest]));
  if (rests.length === 0) return { kind: "object", fields, rest: null };
  const rest = { key: unionOf(rests.map(({ key }) => key)), value: mergeObjects(rests.map(({ value }) => value)) };
  return { kind: "object", fields, rest };
}
