// https://www.openpolicyagent.org/docs/policy-reference#object
import { equals } from "../runtime/compare.ts";
import { entriesInOrder, keysInOrder } from "../runtime/iteration.ts";
import { lookup } from "../runtime/lookup.ts";
import { copyOwn, own, setOwn } from "../runtime/own.ts";
import { ObjectBuilder } from "../runtime/rego-object.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { isObject, isPlainObject, SetValue } from "../runtime/value.ts";
import type { ObjectValue, PlainObject, RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define, defineDirect } from "./define.ts";
import { any, arrayOf, boolean, objectOf, oneOf, setOf } from "./type-description.ts";

const object = objectOf(any, any);
const keys = oneOf(arrayOf(any), setOf(any), object);
const collection = oneOf(arrayOf(any), setOf(any), object);

type AnyObject = PlainObject | ObjectValue;

/** The value at a key, or along a path if the key is an array; else the default. Undefined if the first operand is no object. */
function objectGet(base: RegoValue, key: RegoValue, fallback: RegoValue): RegoValue | undefined {
  if (!isObject(base)) return undefined;
  let value: RegoValue | undefined = base;
  if (Array.isArray(key)) for (let i = 0; i < key.length && value !== undefined; i++) value = lookup(value, key[i] as RegoValue);
  else value = lookup(base, key);
  return value === undefined ? fallback : value;
}

/** The second object's values win; where both have an object at a key, these are united in turn. */
function union(a: AnyObject, b: AnyObject): AnyObject {
  if (isPlainObject(a) && isPlainObject(b)) {
    const result = copyOwn(a);
    for (const key in b) {
      const [before, value] = [own(a, key), own(b, key) as RegoValue];
      setOwn(result, key, before === undefined ? value : unitedValue(before, value));
    }
    return result;
  }
  const builder = new ObjectBuilder();
  for (const [key, value] of entriesInOrder(a)) builder.set(key, value);
  for (const [key, value] of entriesInOrder(b)) {
    const before = lookup(a, key);
    builder.set(key, before === undefined ? value : unitedValue(before, value));
  }
  return builder.build();
}

/** The object with its keys written as the last of the objects that have them writes them: 1.0 is the key 1. */
function withLastKeys(united: AnyObject, members: readonly AnyObject[]): AnyObject {
  if (isPlainObject(united)) return united;
  const builder = new ObjectBuilder();
  for (const member of members.toReversed()) {
    for (const [key] of entriesInOrder(member)) if (builder.get(key) === undefined) builder.set(key, lookup(united, key) as RegoValue);
  }
  return builder.build();
}

function unitedValue(before: RegoValue, value: RegoValue): RegoValue {
  return isObject(before) && isObject(value) ? union(before, value) : value;
}

/** The object's entries whose key is, or is not, among the keys that an object has or an array or set contains. */
function select(base: AnyObject, selection: RegoArray | SetValue | AnyObject, wanted: boolean): AnyObject {
  const selected = Array.isArray(selection) ? RegoSet.from(selection as RegoArray) : selection;
  const builder = new ObjectBuilder();
  for (const [key, value] of entriesInOrder(base)) {
    if ((lookup(selected, key) !== undefined) === wanted) builder.set(key, value);
  }
  return builder.build();
}

/**
 * Whether `whole` contains `part`: objects by their entries and recursively, sets by their elements, arrays as one stretch of an array.
 * A set can be part of an array. Anything else must be equal. Undefined for two collections that cannot be compared so.
 */
function isSubset(whole: RegoValue, part: RegoValue): boolean | undefined {
  if (isObject(whole) && isObject(part)) {
    return entriesInOrder(part).every(([key, value]) => {
      const other = lookup(whole, key);
      return other !== undefined && (isSubset(other, value) ?? equals(other, value));
    });
  }
  if (whole instanceof SetValue && part instanceof SetValue) return part.items.every((item) => whole.has(item));
  if (Array.isArray(whole)) {
    if (Array.isArray(part)) return containsStretch(whole as RegoArray, part as RegoArray);
    if (part instanceof SetValue) return coversSet(whole as RegoArray, part);
  }
  return undefined;
}

/** Whether as many items of the array are in the set as it has elements. As OPA counts, an item that is there twice counts twice. */
function coversSet(whole: RegoArray, part: SetValue): boolean {
  let found = 0;
  return whole.some((item) => {
    if (part.has(item)) found++;
    return found === part.size;
  });
}

function containsStretch(whole: RegoArray, part: RegoArray): boolean {
  for (let start = 0; start + part.length <= whole.length; start++) {
    if (part.every((item, i) => equals(item, whole[start + i] as RegoValue))) return true;
  }
  return false;
}

export const objects: readonly Builtin[] = [
  defineDirect({ name: "object.get", args: [object, any, any], result: any, direct: objectGet }),
  define({ name: "object.keys", args: [object], result: setOf(any), evaluate: (_, base) => RegoSet.from(keysInOrder(base)) }),
  define({ name: "object.remove", args: [object, keys], result: object, evaluate: (_, base, removed) => select(base, removed, false) }),
  define({ name: "object.filter", args: [object, keys], result: object, evaluate: (_, base, kept) => select(base, kept, true) }),
  defineDirect({
    name: "object.union",
    args: [object, object],
    result: object,
    direct: (a, b) => (isObject(a) && isObject(b) ? union(a, b) : undefined),
  }),
  define({
    name: "object.union_n",
    args: [arrayOf(object)],
    result: object,
    evaluate: (_, members) => withLastKeys(members.reduce<AnyObject>(union, {}), members as readonly AnyObject[]),
  }),
  define({
    name: "object.subset",
    args: [collection, collection],
    result: boolean,
    evaluate: (context, whole, part) =>
      isSubset(whole, part) ??
      context.fail("eval_type_error", "both operands must be objects, both sets, both arrays, or an array and a set"),
  }),
];
