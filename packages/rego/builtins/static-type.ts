// The types that the type checker knows values by: finer than those that builtins check their operands with, since the items of an array and
// the fields of an object may be known one by one.
import type { TypeDescription } from "./type-description.ts";

/** A key of an object that a type can name. */
export type FieldKey = string | number | bigint | boolean | null;

/** An array: what its first items are, and what all further ones are. `rest` is null where there are no further ones. */
export interface ArrayType {
  readonly kind: "array";
  readonly items: readonly StaticType[];
  readonly rest: StaticType | null;
}

export interface SetType {
  readonly kind: "set";
  readonly of: StaticType;
}

/** An object: the fields that are known by name, and what all others are. `rest` is null where there are no others. */
export interface ObjectType {
  readonly kind: "object";
  readonly fields: ReadonlyMap<FieldKey, StaticType>;
  readonly rest: { readonly key: StaticType; readonly value: StaticType } | null;
}

/** One of several types, none of which is `any` or a union itself; without any it is a type without values, as the items of `set()` have. */
export interface UnionType {
  readonly kind: "union";
  readonly of: readonly StaticType[];
}

export interface ScalarType {
  readonly kind: "null" | "boolean" | "number" | "string";
}

export type StaticType = { readonly kind: "any" } | ScalarType | ArrayType | SetType | ObjectType | UnionType;

export const anyStatic: { readonly kind: "any" } = { kind: "any" };
export const numberStatic: ScalarType = { kind: "number" };
export const stringStatic: ScalarType = { kind: "string" };
export const booleanStatic: ScalarType = { kind: "boolean" };
export const nullStatic: ScalarType = { kind: "null" };

const known = new WeakMap<TypeDescription, StaticType>();

/** The static type that a description of an operand says. */
export function staticType(description: TypeDescription): StaticType {
  let type = known.get(description);
  if (type === undefined) {
    type = translate(description);
    known.set(description, type);
  }
  return type;
}

function translate(description: TypeDescription): StaticType {
  switch (description.kind) {
    case "any":
      return anyStatic;
    case "array":
      return { kind: "array", items: [], rest: staticType(description.of) };
    case "set":
      return { kind: "set", of: staticType(description.of) };
    case "object":
      return { kind: "object", fields: new Map(), rest: { key: staticType(description.key), value: staticType(description.value) } };
    case "union":
      return { kind: "union", of: description.of.map(staticType) };
    case "null":
    case "boolean":
    case "number":
    case "string":
      return { kind: description.kind };
  }
}
