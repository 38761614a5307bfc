import type { Control, Framework } from "@holdfast/core";
import { didYouMean, type Fields } from "./fields.ts";
import type { Pattern } from "./pattern.ts";

/** What an exception can name: all controls and frameworks there are, a user's own among them. */
export interface KnownPolicies {
  readonly controls: readonly Pick<Control, "id" | "name" | "rules">[];
  readonly frameworks: readonly Pick<Framework, "id" | "name">[];
}

/** Whether a pattern means a framework: its id or its name, in any case. */
export function meansFramework(pattern: Pattern, { id, name }: Pick<Framework, "id" | "name">): boolean {
  return pattern.matches(id) || pattern.matches(name);
}

/** The pattern of a key that must match at least one of some names; null where the key is not there. What matches none is noted. */
export function knownPattern(fields: Fields, key: string, what: string, names: readonly string[]): Pattern | null {
  const pattern = fields.pattern(key, "insensitive");
  if (pattern === undefined) return null;
  if (!names.some((name) => pattern.matches(name))) {
    const near = pattern.literal ? didYouMean(pattern.source, names) : "";
    fields.fault(key, `unknown ${what} ${JSON.stringify(pattern.source)}${near}`);
  }
  return pattern;
}

/** The names of controls, of frameworks (ids and names) and of rules. */
export function namesOf({ controls, frameworks }: KnownPolicies): {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly frameworks: readonly string[];
  readonly rules: readonly string[];
} {
  return {
    ids: controls.map(({ id }) => id),
    names: controls.map(({ name }) => name),
    frameworks: frameworks.flatMap(({ id, name }) => (id === name ? [id] : [id, name])),
    rules: [...new Set(controls.flatMap(({ rules }) => rules))],
  };
}
