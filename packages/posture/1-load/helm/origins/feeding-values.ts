import { valueAt } from "@holdfast/core";
import type { KubernetesObject, ObjectPath } from "@holdfast/core";
import { candidateValues, closestFirst } from "./candidate-values.ts";
import type { CandidateValue } from "./candidate-values.ts";
import { lineInValue } from "./line-in-value.ts";
import { scalarText } from "./scalar-text.ts";

/** A value that feeds a field: its path beneath the `.Values` of the chart that was rendered. */
export interface Feed {
  readonly path: ObjectPath;
  /** Whether the field is this very value; else it has it as a part of its text. */
  readonly whole: boolean;
  /** Whether its key feeds the field, and not what it says. */
  readonly isKey?: boolean;
}

/** More than any text that is looked for is long. */
const LONGEST_TEXT = 1_000_000;

/**
 * Says which value feeds a field of a rendered object, of those that the expression which wrote it may stand for: the field must say what the value says, or what a field of it says
 * under the same path (`toYaml`). Null where none does.
 */
export function feedOf(
  field: ObjectPath,
  object: KubernetesObject,
  candidates: readonly (readonly string[])[],
  values: unknown,
): Feed | null {
  const rendered = valueAt(object, field);
  // What is null says nothing by itself; what it is a part of may.
  if (rendered === null && field.length > 1) {
    const around = feedOf(field.slice(0, -1), object, candidates, values);
    const last = field.at(-1);
    return around?.whole === true && last !== undefined ? { path: [...around.path, last], whole: true } : null;
  }
  const found = candidates
    .flatMap((candidate) => candidateValues(candidate, values))
    .filter(({ value }) => value !== undefined && value !== null)
    // Where a key says the same as a value the value is meant.
    .toSorted((a, b) => Number(a.isKey === true) - Number(b.isKey === true));
  const wholes = found.flatMap((one) => {
    const path = wholeFeed(field, object, rendered, one.path, one.value);
    return path === null ? [] : [{ ...one, path }];
  });
  // A mapping that is there as it is says more than one of which a template may have left something out.
  const asItIs = isFields(rendered) ? wholes.filter(({ value }) => same(rendered, value)) : [];
  const [whole] = closestFirst(asItIs.length > 0 ? asItIs : wholes, field, object);
  return whole === undefined
    ? (partFeed(field, object, rendered, found) ?? mergedFeed(rendered, found))
    : { path: whole.path, whole: true, ...keyOf(whole) };
}

function keyOf({ isKey }: CandidateValue): Pick<Feed, "isKey"> {
  return isKey === true ? { isKey } : {};
}

/** The value that makes the end of a text, or most of it, or is a piece of YAML with the field in it. */
function partFeed(field: ObjectPath, object: KubernetesObject, rendered: unknown, found: readonly CandidateValue[]): Feed | null {
  const parts = found.flatMap((one) => {
    const length = partText(rendered, one.value) === null ? (isPiece(one.value, field, object) ? 0.5 : 0) : weight(rendered, one.value);
    return length === 0 ? [] : [{ ...one, length }];
  });
  const longest = Math.max(...parts.map(({ length }) => length));
  const [best] = closestFirst(
    parts.filter(({ length }) => length === longest),
    field,
    object,
  );
  return best === undefined ? null : { path: best.path, whole: false, ...keyOf(best) };
}

/** The value itself, or what it has under the last steps of the field's path. */
function wholeFeed(field: ObjectPath, object: KubernetesObject, rendered: unknown, path: ObjectPath, value: unknown): ObjectPath | null {
  if (same(rendered, value) || isSome(rendered, value)) return path;
  if (typeof value !== "object") return null;
  if (Array.isArray(value)) return itemFeed(field, object, path, value);
  for (let steps = 1; steps <= field.length; steps += 1) {
    const within = field.slice(field.length - steps);
    const own = valueAt(value, within);
    if (own === undefined || own === null || !same(rendered, own)) continue;
    const around = valueAt(object, field.slice(0, field.length - steps));
    if (isPartOf(value, around) || isSome(around, value)) return [...path, ...within];
  }
  return null;
}

/** Whether a value is a piece of YAML that has the field. */
function isPiece(value: unknown, field: ObjectPath, object: KubernetesObject): boolean {
  return typeof value === "string" && value.includes("\n") && lineInValue(value, field, object) !== null;
}

/** Of the values that make a text the one that makes its end, as the tag does of an image; else the longest. */
function weight(rendered: unknown, value: unknown): number {
  const text = scalarText(value) ?? "";
  return text.length + (typeof rendered === "string" && rendered.endsWith(text) ? LONGEST_TEXT : 0);
}

/** What an item of a list has, wherever among other items the list was put in. */
function itemFeed(field: ObjectPath, object: KubernetesObject, path: ObjectPath, list: readonly unknown[]): ObjectPath | null {
  for (let at = field.length - 1; at >= 0; at -= 1) {
    if (typeof field[at] !== "number") continue;
    const rendered = valueAt(object, field.slice(0, at + 1));
    const item = rendered === undefined ? -1 : list.findIndex((one) => same(rendered, one));
    if (item !== -1) return [...path, item, ...field.slice(at + 1)];
  }
  return null;
}

/** The last of several mappings that were merged into one. */
function mergedFeed(rendered: unknown, found: readonly CandidateValue[]): Feed | null {
  if (!isFields(rendered)) return null;
  const parts = found.filter(
    ({ value }) =>
      isFields(value) &&
      Object.keys(value).some((key) => key in rendered && same(rendered[key], value[key])) &&
      Object.keys(value).every((key) => key in rendered),
  );
  const keys = new Set(parts.flatMap(({ value }) => Object.keys(value as object)));
  if (parts.length < 2 || Object.keys(rendered).some((key) => !keys.has(key))) return null;
  // What wins over the others is what is wholly there, and closest to the object.
  const winner = parts.filter(({ value }) => isPartOf(value, rendered)).toSorted((a, b) => b.path.length - a.path.length)[0];
  return winner === undefined ? null : { path: winner.path, whole: true };
}

/** The text of a value that stands in a rendered text. */
function partText(rendered: unknown, value: unknown): string | null {
  const text = scalarText(value);
  return typeof rendered === "string" && text !== null && text !== "" && rendered.includes(text) ? text : null;
}

/** Whether a rendered value says the same as one of the values. What is a number in values may be a text in what they render to, and what is written in other words may not be. */
export function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => same(item, b[at]));
  if (isFields(a)) {
    if (!isFields(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
  }
  if (a === null || b === null) return a === b;
  const text = scalarText(a);
  return text !== null && (text === scalarText(b) || (typeof b === "string" && mayRenderTo(b, text)));
}

/** Whether a value that is a template itself (`tpl`) may be rendered to a text: it has what the template writes beside its expressions, in that order. */
function mayRenderTo(template: string, text: string): boolean {
  if (!template.includes("{{")) return false;
  // Where it decides what it writes that can't be told, but no more than one line becomes of a line.
  if (/\{\{-?\s*(?:if|else|end|range|with|define|block)\b/u.test(template)) return text.includes("\n") || !template.trim().includes("\n");
  let from = 0;
  for (const part of template.split(/\{\{[^]*?\}\}/u)) {
    const at = text.indexOf(part.trim(), from);
    if (at === -1) return false;
    from = at + part.trim().length;
  }
  return true;
}

/** Whether a mapping has what a value has but for some switches, and nothing else: a template leaves keys out that are for itself, such as `enabled`. */
function isSome(rendered: unknown, value: unknown): boolean {
  if (!isFields(rendered) || !isFields(value)) return false;
  const keys = Object.keys(rendered);
  const leftOut = Object.entries(value).filter(([key]) => !Object.hasOwn(rendered, key));
  return (
    keys.length > 0 &&
    leftOut.every(([, one]) => typeof one !== "object" || one === null || Object.keys(one).length === 0) &&
    keys.every((key) => Object.hasOwn(value, key) && (same(rendered[key], value[key]) || isSome(rendered[key], value[key])))
  );
}

/** Whether all that a value says is said by another one too. */
function isPartOf(value: unknown, whole: unknown): boolean {
  if (!isFields(value)) return same(whole, value);
  return (
    isFields(whole) &&
    Object.entries(value).every(([key, field]) => field === null || (Object.hasOwn(whole, key) && isPartOf(field, whole[key])))
  );
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
