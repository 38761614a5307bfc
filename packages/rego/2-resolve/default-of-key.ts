import { equals } from "../runtime/compare.ts";
import type { Definition, ResolvedTerm } from "./resolved.ts";

/**
 * Adds the default of a key that is no name, as of `default p[1] := 2`, to the rules of its path: as what comes behind the rule for that key, or as a rule of its own. Where
 * a rule has a variable for a key, it does not count. `taken` has the definitions with a default so far. Gives what is wrong with it, or null.
 */
export function addDefaultOfKey(given: Definition, taken: Set<Definition>): string | null {
  const { group, keys } = given;
  const { definitions } = group;
  if (!definitions.every((one) => one.keys.every(isConstant)) || !keys.every(isConstant)) return null;
  const [same, ...others] = definitions.filter((one) => haveSameKeys(one.keys, keys));
  const path = `data.${group.path.join(".")}`;
  if (others.length > 0) return `a default for a key of ${path} that several rules define`;
  if (same !== undefined && taken.has(same)) return `multiple default rules for a key of ${path} found`;
  const added = same === undefined ? given : { ...same, branches: [...same.branches, ...given.branches] };
  if (same === undefined) definitions.push(added);
  else definitions[definitions.indexOf(same)] = added;
  taken.add(added);
  return null;
}

function isConstant(key: ResolvedTerm): boolean {
  return key.kind === "constant";
}

function haveSameKeys(a: readonly ResolvedTerm[], b: readonly ResolvedTerm[]): boolean {
  return a.length === b.length && a.every((key, i) => areSame(key, b[i]));
}

function areSame(a: ResolvedTerm, b: ResolvedTerm | undefined): boolean {
  return a.kind === "constant" && b?.kind === "constant" && equals(a.value, b.value);
}
