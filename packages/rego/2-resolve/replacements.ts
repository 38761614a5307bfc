import type { Definition, Replacement, RuleGroup } from "./resolved.ts";
import { walkBody, walkTerm, type Visitor } from "./walk.ts";

/** All definitions of a rule, its default among them. */
export function allDefinitions(group: RuleGroup): readonly Definition[] {
  return group.fallback === null ? group.definitions : [...group.definitions, group.fallback];
}

/** Visits everything that a definition is made of. */
export function walkDefinition(definition: Definition, visitor: Visitor): void {
  for (const term of definition.args) walkTerm(term, visitor);
  for (const term of definition.keys) walkTerm(term, visitor);
  for (const branch of definition.branches) {
    walkBody(branch.body, visitor);
    walkTerm(branch.value, visitor);
  }
}

const known = new WeakMap<RuleGroup, readonly Replacement[]>();

/** What the definitions of a rule replace by `with`. To be asked when all of them are resolved: it is worked out once, for several stages. */
export function replacementsOf(group: RuleGroup): readonly Replacement[] {
  let found = known.get(group);
  if (found === undefined) {
    const all: Replacement[] = [];
    for (const definition of allDefinitions(group)) walkDefinition(definition, { literal: (literal) => void all.push(...literal.with) });
    found = all;
    known.set(group, found);
  }
  return found;
}
