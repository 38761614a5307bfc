import { valueAt } from "@holdfast/core";
import type { KubernetesObject, ObjectPath } from "@holdfast/core";
import { ITEM_KEY } from "./template-expression.ts";
import { scalarText } from "./scalar-text.ts";

/** A value that an expression may stand for. */
export interface CandidateValue {
  readonly path: ObjectPath;
  readonly value: unknown;
  /** The items that were taken for a `*`, by their place or key. */
  readonly items: readonly { readonly key: string | number; readonly value: unknown }[];
  /** Whether it is the key of what stands at the path. */
  readonly isKey?: boolean;
}

const MOST_ITEMS = 200;
const MOST_TEXTS = 60;

/** The values that a path names in which `*` is any item, as far as they are there. */
export function candidateValues(path: readonly string[], values: unknown): readonly CandidateValue[] {
  let found: readonly CandidateValue[] = [{ path: [], value: values, items: [] }];
  for (const step of path) found = found.flatMap((one) => stepInto(one, step));
  return found;
}

function stepInto({ path, value, items }: CandidateValue, step: string): readonly CandidateValue[] {
  const taken = (key: string | number, item: unknown): CandidateValue => ({
    path: [...path, key],
    value: item,
    items: [...items, { key, value: item }],
  });
  if (Array.isArray(value)) {
    if (step === "*") return value.slice(0, MOST_ITEMS).map((item: unknown, at) => taken(at, item));
    return /^\d+$/u.test(step) ? [{ path: [...path, Number(step)], value: value[Number(step)] as unknown, items }] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  if (step === ITEM_KEY)
    return Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([key, item]) => ({ ...taken(key, item), value: key, isKey: true }));
  if (step === "*")
    return Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([key, item]) => taken(key, item));
  return Object.hasOwn(value, step) ? [{ path: [...path, step], value: (value as Readonly<Record<string, unknown>>)[step], items }] : [];
}

/**
 * Values with those first that more of an object speaks for: a field of the same name; and where a template goes through items, the item whose key and texts stand in the object, and
 * most of all in the item of a list around the field.
 */
export function closestFirst<Value extends CandidateValue>(
  found: readonly Value[],
  field: ObjectPath,
  object: KubernetesObject,
): readonly Value[] {
  if (found.length < 2) return found;
  const item = field.slice(0, field.findLastIndex((step) => typeof step === "number") + 1);
  const [around, all] = [item.length === 0 ? undefined : valueAt(object, item), object].map((value) =>
    value === undefined ? "" : JSON.stringify(value),
  );
  const last = field.findLast((step) => typeof step === "string");
  const scored = found.map((value) => {
    const named = value.path.at(-1) === last ? 10 : 0;
    return { value, score: named + value.items.reduce((sum, one) => sum + closeness(one, around ?? "") + closeness(one, all ?? ""), 0) };
  });
  return scored.toSorted((a, b) => b.score - a.score).map(({ value }) => value);
}

/** From 0 to 2: whether the key of an item stands in a text, and how many of the texts in it do. */
function closeness({ key, value }: CandidateValue["items"][number], text: string): number {
  const texts = textsIn(value, []);
  const there = texts.filter((one) => text.includes(one)).length;
  return (typeof key === "string" && text.includes(key) ? 1 : 0) + (texts.length === 0 ? 0 : there / texts.length);
}

/** Strings and numbers of a value that are long enough to say something. */
function textsIn(value: unknown, found: string[]): string[] {
  if (found.length >= MOST_TEXTS) return found;
  if (typeof value === "object" && value !== null) for (const item of Object.values(value)) textsIn(item, found);
  else if (typeof value !== "boolean" && (scalarText(value)?.length ?? 0) > 1) found.push(scalarText(value) ?? "");
  return found;
}
