// The types of builtins' operands and results, as data: operand checks at run time, arity errors and type checking at compile time all derive from them.
import type { PlainNumber } from "../runtime/decimal.ts";
import type { ObjectValue, PlainObject, RegoArray, RegoValue, SetValue, TypeName } from "../runtime/value.ts";

export type TypeDescription =
  | { readonly kind: "any" }
  | { readonly kind: "null" }
  | { readonly kind: "boolean" }
  /** `integer` marks an operand that must be without a fraction, `long` one that must fit 64 bits besides; to the type checker it is a number like any other. */
  | { readonly kind: "number"; readonly integer: boolean; readonly long?: true }
  | { readonly kind: "string" }
  | { readonly kind: "array"; readonly of: TypeDescription }
  | { readonly kind: "set"; readonly of: TypeDescription }
  | { readonly kind: "object"; readonly key: TypeDescription; readonly value: TypeDescription }
  | { readonly kind: "union"; readonly of: readonly TypeDescription[] };

/** The TypeScript type of a value of a kind, whatever it contains. Operands that are numbers are handed over in a form that JavaScript has itself. */
interface ValueOfKind {
  readonly any: RegoValue;
  readonly null: null;
  readonly boolean: boolean;
  readonly number: PlainNumber;
  readonly string: string;
  readonly array: RegoArray;
  readonly set: SetValue;
  readonly object: PlainObject | ObjectValue;
  readonly union: RegoValue;
}

/** The TypeScript type of the values that a description describes: exact for the items of arrays, and whether all keys of an object are strings. */
export type ValueOf<T> = T extends { readonly kind: "array"; readonly of: { readonly kind: infer Item extends keyof ValueOfKind } }
  ? readonly ValueOfKind[Item][]
  : T extends { readonly kind: "object"; readonly key: { readonly kind: "string" } }
    ? PlainObject
    : T extends { readonly kind: "union"; readonly of: readonly (infer Member)[] }
      ? MemberValue<Member>
      : T extends { readonly kind: infer Kind extends keyof ValueOfKind }
        ? ValueOfKind[Kind]
        : never;

/** The TypeScript types of operands with these descriptions. */
export type OperandsOf<Args extends readonly TypeDescription[]> = { readonly [Index in keyof Args]: ValueOf<Args[Index]> };

type MemberValue<T> = T extends { readonly kind: "array"; readonly of: { readonly kind: infer Item extends keyof ValueOfKind } }
  ? readonly ValueOfKind[Item][]
  : T extends { readonly kind: infer Kind extends keyof ValueOfKind }
    ? ValueOfKind[Kind]
    : never;

export const any: { readonly kind: "any" } = { kind: "any" };
export const nullType: { readonly kind: "null" } = { kind: "null" };
export const boolean: { readonly kind: "boolean" } = { kind: "boolean" };
export const number: { readonly kind: "number"; readonly integer: false } = { kind: "number", integer: false };
export const integer: { readonly kind: "number"; readonly integer: true } = { kind: "number", integer: true };
export const long: { readonly kind: "number"; readonly integer: true; readonly long: true } = { kind: "number", integer: true, long: true };
export const string: { readonly kind: "string" } = { kind: "string" };

export function arrayOf<T extends TypeDescription>(of: T): { readonly kind: "array"; readonly of: T } {
  return { kind: "array", of };
}

export function setOf<T extends TypeDescription>(of: T): { readonly kind: "set"; readonly of: T } {
  return { kind: "set", of };
}

export function objectOf<K extends TypeDescription, V extends TypeDescription>(
  key: K,
  value: V,
): { readonly kind: "object"; readonly key: K; readonly value: V } {
  return { kind: "object", key, value };
}

export function oneOf<const T extends readonly TypeDescription[]>(...of: T): { readonly kind: "union"; readonly of: T } {
  return { kind: "union", of };
}

/** The names of the types that a description admits, without what it says of their contents. Empty for `any`. */
export function typeNames(description: TypeDescription): readonly TypeName[] {
  if (description.kind === "union") return description.of.flatMap(typeNames);
  return description.kind === "any" ? [] : [description.kind];
}
