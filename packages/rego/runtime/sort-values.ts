import { compare, compareStrings, sortTexts } from "./compare.ts";
import { ObjectValue, SetValue, type PlainObject, type RegoArray, type RegoValue } from "./value.ts";

/** Fewer values than this are sorted by comparing them. */
const worthGrouping = 8;

/** The values in Rego's order; the array itself when they are in order already. */
export function sortValues(values: RegoArray): RegoArray {
  for (let i = 1; i < values.length; i++) {
    if (compare(values[i - 1] as RegoValue, values[i] as RegoValue) > 0) {
      return (values.length < worthGrouping ? null : sortByText(values)) ?? values.toSorted(compare);
    }
  }
  return values;
}

/**
 * Sorts values by the texts that decide about their order unless two are the same, which costs far less than comparing values: strings by themselves, arrays by
 * their first items, objects by the values of their first keys, where these are strings in all. Null where there are no such texts.
 */
function sortByText(values: RegoArray): RegoArray | null {
  const textOf = textReader(values[0] as RegoValue);
  if (textOf === null) return null;
  const groups = new Map<string, RegoValue | RegoValue[]>();
  const arrays = Array.isArray(values[0]);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as RegoValue;
    const text = textOf(value);
    if (text === null) return null;
    const group = groups.get(text);
    if (group === undefined) groups.set(text, arrays ? [value] : value);
    else if (Array.isArray(group)) group.push(value);
    else groups.set(text, [group, value]);
  }
  const sorted: RegoValue[] = [];
  for (const text of sortTexts([...groups.keys()])) {
    const group = groups.get(text) as RegoValue | RegoValue[];
    if (!Array.isArray(group)) sorted.push(group);
    else if (group.length === 1) sorted.push(group[0] as RegoValue);
    else for (const value of group.sort(compare)) sorted.push(value);
  }
  return sorted;
}

/** Reads the text that decides about a value of the first one's kind; null for values that have none, or that it does not decide about. */
function textReader(first: RegoValue): ((value: RegoValue) => string | null) | null {
  if (typeof first === "string") return (value) => (typeof value === "string" ? value : null);
  if (typeof first !== "object" || first === null) return null;
  if (Array.isArray(first)) return (value) => (Array.isArray(value) && typeof value[0] === "string" ? value[0] : null);
  if (first instanceof SetValue || first instanceof ObjectValue) return null;
  const key = firstKey(first as PlainObject);
  return key === null ? null : (value) => textAtFirstKey(value, key);
}

function firstKey(object: PlainObject): string | null {
  let first: string | null = null;
  for (const key in object) if (first === null || compareStrings(key, first) < 0) first = key;
  return first;
}

/** The string at a key of an object, if that is the first of its keys. */
function textAtFirstKey(value: RegoValue, first: string): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof SetValue || value instanceof ObjectValue)
    return null;
  let text: unknown;
  for (const key in value as PlainObject) {
    if (key === first) text = (value as PlainObject)[key];
    else if (compareStrings(key, first) < 0) return null;
  }
  return typeof text === "string" ? text : null;
}
