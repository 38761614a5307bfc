import { Decimal } from "./decimal.ts";
import { ObjectBuilder } from "./rego-object.ts";
import { RegoSet } from "./rego-set.ts";
import { copyOwn, own, setOwn } from "./own.ts";
import { ObjectValue, SetValue, type PlainObject, type RegoArray, type RegoValue } from "./value.ts";

/** The value with all its numbers in a form that JavaScript has itself, where there is one. What has no others is shared with the result. */
export function plainNumbers(value: RegoValue): RegoValue {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Decimal) return value.plainForm() ?? value;
  if (Array.isArray(value)) return plainItems(value as RegoArray);
  if (value instanceof SetValue) return plainItems(value.items) === value.items ? value : RegoSet.from(plainItems(value.items));
  if (value instanceof ObjectValue) return plainEntries(value);
  return plainFields(value as PlainObject);
}

function plainItems(items: RegoArray): RegoArray {
  const plain = items.map(plainNumbers);
  return plain.some((item, i) => item !== items[i]) ? plain : items;
}

function plainEntries(object: ObjectValue): RegoValue {
  const [keys, values] = [plainItems(object.keys), plainItems(object.values)];
  if (keys === object.keys && values === object.values) return object;
  const builder = new ObjectBuilder();
  keys.forEach((key, i) => builder.set(key, values[i] as RegoValue));
  return builder.build();
}

function plainFields(object: PlainObject): PlainObject {
  let result: Record<string, RegoValue> | null = null;
  for (const key in object) {
    const value = own(object, key) as RegoValue;
    const plain = plainNumbers(value);
    if (plain === value) continue;
    result ??= copyOwn(object);
    setOwn(result, key, plain);
  }
  return result ?? object;
}
