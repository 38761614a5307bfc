// json.patch: RFC 6902 on values that may also be sets, whose elements are removed and added by value. https://www.rfc-editor.org/rfc/rfc6902
import { equals } from "../runtime/compare.ts";
import { longInteger } from "../runtime/decimal.ts";
import { entriesInOrder } from "../runtime/iteration.ts";
import { lookup } from "../runtime/lookup.ts";
import { copyOwn, own, setOwn } from "../runtime/own.ts";
import { ObjectBuilder } from "../runtime/rego-object.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { isArray, isObject, isPlainObject, isSet } from "../runtime/value.ts";
import type { RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { any, arrayOf } from "./type-description.ts";

/** A change of the collection that a path's last key is looked up in; undefined if it cannot be made. */
type Edit = (collection: RegoValue, key: RegoValue) => RegoValue | undefined;

/** The keys of a path: of a JSON pointer, or an array as it stands. Undefined if it is neither. */
function keysOf(path: RegoValue): RegoArray | undefined {
  if (isArray(path)) return path;
  if (typeof path !== "string") return undefined;
  if (path === "") return [];
  const text = path.startsWith("/") ? path.slice(1) : path;
  return text.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The place of an index in an array, given as a number or as digits; `-` is the place behind the last item. */
function indexOf(items: RegoArray, key: RegoValue): number | undefined {
  if (key === "-") return items.length;
  const index = typeof key === "string" && /^(?:0|[1-9][0-9]*)$/.test(key) ? Number(key) : longInteger(key);
  return typeof index === "number" && index >= 0 ? index : undefined;
}

function step(value: RegoValue, key: RegoValue): RegoValue | undefined {
  if (!isArray(value)) return lookup(value, key);
  const index = indexOf(value, key);
  return index === undefined ? undefined : value[index];
}

function follow(value: RegoValue, keys: RegoArray): RegoValue | undefined {
  let found: RegoValue | undefined = value;
  for (const key of keys) {
    if (found === undefined) return undefined;
    found = step(found, key);
  }
  return found;
}

/** The value with an edit made at the end of a path; what lies along it is copied, nothing is changed. */
function edit(value: RegoValue, keys: RegoArray, at: number, change: Edit): RegoValue | undefined {
  const key = keys[at] as RegoValue;
  if (at === keys.length - 1) return change(value, key);
  const inner = step(value, key);
  const edited = inner === undefined ? undefined : edit(inner, keys, at + 1, change);
  if (edited === undefined) return undefined;
  // An element of a set has no place of its own: the old one goes, the new one comes.
  if (isSet(value)) return RegoSet.from([...value.items.filter((item) => !equals(item, key)), edited]);
  return put(value, key, edited);
}

/** Sets the value of a key or of an index that is there. */
function put(collection: RegoValue, key: RegoValue, value: RegoValue): RegoValue | undefined {
  if (isArray(collection)) {
    const index = indexOf(collection, key);
    return index === undefined || index >= collection.length ? undefined : collection.with(index, value);
  }
  if (isPlainObject(collection) && typeof key === "string") {
    const copy = copyOwn(collection);
    setOwn(copy, key, value);
    return copy;
  }
  if (!isObject(collection)) return undefined;
  const builder = new ObjectBuilder();
  for (const [name, item] of entriesInOrder(collection)) builder.set(name, item);
  builder.set(key, value);
  return builder.build();
}

function insert(value: RegoValue): Edit {
  return (collection, key) => {
    if (isSet(collection)) return equals(key, value) ? RegoSet.from([...collection.items, value]) : undefined;
    if (!isArray(collection)) return put(collection, key, value);
    const index = indexOf(collection, key);
    return index === undefined || index > collection.length ? undefined : collection.toSpliced(index, 0, value);
  };
}

const remove: Edit = (collection, key) => {
  if (isSet(collection)) return collection.has(key) ? RegoSet.from(collection.items.filter((item) => !equals(item, key))) : undefined;
  if (isArray(collection)) {
    const index = indexOf(collection, key);
    return index === undefined || index >= collection.length ? undefined : collection.toSpliced(index, 1);
  }
  if (lookup(collection, key) === undefined) return undefined;
  const builder = new ObjectBuilder();
  for (const [name, item] of entriesInOrder(collection)) if (!equals(name, key)) builder.set(name, item);
  return builder.build();
};

function add(target: RegoValue, path: RegoArray, value: RegoValue): RegoValue | undefined {
  return path.length === 0 ? value : edit(target, path, 0, insert(value));
}

function removeAt(target: RegoValue, path: RegoArray): RegoValue | undefined {
  return path.length === 0 ? undefined : edit(target, path, 0, remove);
}

function startsWith(path: RegoArray, prefix: RegoArray): boolean {
  return path.length > prefix.length && prefix.every((key, i) => equals(key, path[i] as RegoValue));
}

function applyOperation(target: RegoValue, operation: RegoValue): RegoValue | undefined {
  if (!isPlainObject(operation)) return undefined;
  const path = keysOf(own(operation, "path") ?? null);
  const from = keysOf(own(operation, "from") ?? null);
  const value = own(operation, "value");
  if (path === undefined) return undefined;
  switch (own(operation, "op")) {
    case "add":
      return value === undefined ? undefined : add(target, path, value);
    case "remove":
      return removeAt(target, path);
    case "replace": {
      if (value === undefined || follow(target, path) === undefined) return undefined;
      const without = path.length === 0 ? value : removeAt(target, path);
      return without === undefined ? undefined : add(without, path, value);
    }
    case "copy":
    case "move": {
      const source = from === undefined ? undefined : follow(target, from);
      if (from === undefined || source === undefined) return undefined;
      if (own(operation, "op") === "copy") return add(target, path, source);
      if (startsWith(path, from)) return undefined;
      if (from.length === 0) return path.length === 0 ? target : undefined;
      const without = removeAt(target, from);
      return without === undefined ? undefined : add(without, path, source);
    }
    case "test": {
      const found = follow(target, path);
      return value !== undefined && found !== undefined && equals(found, value) ? target : undefined;
    }
    default:
      return undefined;
  }
}

export const jsonPatch: readonly Builtin[] = [
  define({
    name: "json.patch",
    args: [any, arrayOf(any)],
    result: any,
    evaluate(context, target, operations) {
      let value: RegoValue | undefined = target;
      for (const [i, operation] of operations.entries()) {
        value = applyOperation(value, operation);
        if (value === undefined) return context.fail("eval_builtin_error", `operation ${i + 1} cannot be applied`);
      }
      return value;
    },
  }),
];
