import { valueAt } from "@holdfast/core";
import { scalarText } from "./scalar-text.ts";
import type { KubernetesObject, ObjectPath } from "@holdfast/core";

/** What a line of YAML that makes a field looks like: its key, and the value that it should have if that is known. */
interface Wanted {
  readonly key: string;
  readonly value: string | undefined;
}

/** The key and value of a field; of an item of a list those of its name. */
function wanted(field: ObjectPath, object: KubernetesObject): Wanted | null {
  const last = field.at(-1);
  const value = field.length === 0 ? undefined : valueAt(object, field);
  if (typeof last === "string") return { key: last, value: scalarText(value) ?? undefined };
  const name = typeof value === "object" && value !== null && "name" in value ? value.name : undefined;
  return typeof name === "string" ? { key: "name", value: name } : null;
}

/**
 * Finds the line that makes a field in a value that is a piece of YAML itself, which a template puts in as it is or renders (`tpl`). Returns the offsets of that line in the text without
 * its indentation; null where no line has the field's key.
 */
export function lineInValue(
  text: string,
  field: ObjectPath,
  object: KubernetesObject,
): { readonly start: number; readonly end: number } | null {
  const searched = wanted(field, object);
  if (searched === null) return null;
  let best: { readonly start: number; readonly end: number } | null = null;
  for (const line of text.matchAll(/^[ \t]*(?:- +)*(?<key>[^\s:#][^:\n]*?):(?:[ \t]+(?<value>.*?))?(?:[ \t]+#.*)?[ \t\r]*$/gmu)) {
    const { key, value } = line.groups ?? {};
    if (key?.replaceAll(/["']/gu, "") !== searched.key) continue;
    const start = line.index + line[0].length - line[0].trimStart().length;
    const range = { start, end: line.index + line[0].trimEnd().length };
    // Of several the one that says what the field says.
    if (searched.value !== undefined && value?.replaceAll(/^["']|["']$/gu, "") === searched.value) return range;
    best ??= range;
  }
  return best;
}
