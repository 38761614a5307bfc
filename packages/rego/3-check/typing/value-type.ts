import { numberStatic, type FieldKey, type StaticType } from "../../builtins/static-type.ts";
import { plainIfSame } from "../../runtime/decimal.ts";
import { ObjectValue, isArray, isPlainObject, isPlainScalar, isScalar, isSet, type RegoValue } from "../../runtime/value.ts";
import { scalarType, unionOf } from "./combine-types.ts";

/** The type of a value that is known when a program is compiled. */
export function valueType(value: RegoValue): StaticType {
  if (isPlainScalar(value)) return scalarType(value);
  if (isScalar(value)) return numberStatic;
  if (isArray(value)) return { kind: "array", items: value.map(valueType), rest: null };
  if (isSet(value)) return { kind: "set", of: unionOf(value.sorted().map(valueType)) };
  const entries: readonly (readonly [RegoValue, RegoValue])[] = isPlainObject(value) ? Object.entries(value) : objectEntries(value);
  return objectType(
    entries.map(([key, field]) => {
      const known = plainIfSame(key);
      return [isPlainScalar(known) ? known : valueType(known), valueType(field)] as const;
    }),
  );
}

function objectEntries(value: RegoValue): readonly (readonly [RegoValue, RegoValue])[] {
  return value instanceof ObjectValue ? value.keys.map((key, i) => [key, value.values[i] ?? null] as const) : [];
}

/** The type of an object that is written down: a key is known, or only its type is. */
export function objectType(entries: readonly (readonly [key: FieldKey | StaticType, value: StaticType])[]): StaticType {
  const fields = new Map<FieldKey, StaticType>();
  const keys: StaticType[] = [];
  const values: StaticType[] = [];
  for (const [key, value] of entries) {
    if (typeof key !== "object" || key === null) fields.set(key, value);
    else {
      keys.push(key);
      values.push(value);
    }
  }
  return { kind: "object", fields, rest: keys.length === 0 ? null : { key: unionOf(keys), value: unionOf(values) } };
}
