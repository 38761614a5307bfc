// Collections of constants are constants themselves.
import type { Term } from "../1-parse/ast.ts";
import { ObjectBuilder } from "../runtime/rego-object.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Local, ResolvedTerm } from "./resolved.ts";

/** The values of items that are all constants; null where one is none. */
export function constants(items: readonly ResolvedTerm[]): RegoValue[] | null {
  const values: RegoValue[] = [];
  for (const item of items) {
    if (item.kind !== "constant") return null;
    values.push(item.value);
  }
  return values;
}

/** An object of these entries: a constant, where all of them are. */
export function foldObject(entries: readonly (readonly [ResolvedTerm, ResolvedTerm])[], at: Term): ResolvedTerm {
  const builder = new ObjectBuilder();
  for (const [key, value] of entries) {
    if (key.kind !== "constant" || value.kind !== "constant") return { kind: "object", entries: withoutRepeated(entries), span: at.span };
    builder.set(key.value, value.value);
  }
  return { kind: "constant", value: builder.build(), span: at.span };
}

/** Of several entries with the same constant or variable as key only the last counts; the others are not evaluated. */
function withoutRepeated(entries: readonly (readonly [ResolvedTerm, ResolvedTerm])[]): readonly (readonly [ResolvedTerm, ResolvedTerm])[] {
  const constantKeys = new ObjectBuilder();
  const locals = new Set<Local>();
  const kept = entries.toReversed().filter(([key]) => {
    if (key.kind === "constant") return constantKeys.get(key.value) === undefined && constantKeys.add(key.value, true);
    if (key.kind !== "local" || key.local.wildcard) return true;
    return !locals.has(key.local) && locals.add(key.local).size > 0;
  });
  return kept.toReversed();
}
