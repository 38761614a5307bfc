// What may stand on the left of `:=`.
import type { Term, Variable } from "../1-parse/ast.ts";
import { typeName } from "../runtime/value.ts";

/** The part of a pattern that no value can be assigned to, or null. */
export function notAssignable(pattern: Term): Term | null {
  switch (pattern.kind) {
    case "variable":
      return null;
    case "array":
      return firstNotAssignable(pattern.items);
    case "object":
      return firstNotAssignable(pattern.entries.map(([, value]) => value));
    default:
      return pattern;
  }
}

function firstNotAssignable(patterns: readonly Term[]): Term | null {
  for (const pattern of patterns) {
    const found = notAssignable(pattern);
    if (found !== null) return found;
  }
  return null;
}

/** A variable that stands at several places of a pattern, at its second one; or null. */
export function repeatedVariable(pattern: Term): Variable | null {
  const names = new Set<string>();
  const search = (part: Term): Variable | null => {
    if (part.kind === "variable") return part.wildcard || names.size < names.add(part.name).size ? null : part;
    const parts = part.kind === "array" ? part.items : part.kind === "object" ? part.entries.map(([, value]) => value) : [];
    for (const one of parts) {
      const found = search(one);
      if (found !== null) return found;
    }
    return null;
  };
  return search(pattern);
}

/** The variables that the keys of a pattern's objects mention. */
export function variablesInKeys(pattern: Term): readonly Variable[] {
  if (pattern.kind === "array") return pattern.items.flatMap(variablesInKeys);
  if (pattern.kind !== "object") return [];
  return pattern.entries.flatMap(([key, value]) => [...variablesOf(key), ...variablesInKeys(value)]);
}

function variablesOf(term: Term): readonly Variable[] {
  switch (term.kind) {
    case "variable":
      return term.wildcard || term.name === "input" || term.name === "data" ? [] : [term];
    case "reference":
      return [term.head, ...term.steps].flatMap(variablesOf);
    case "array":
    case "set":
      return term.items.flatMap(variablesOf);
    case "object":
      return term.entries.flat().flatMap(variablesOf);
    case "call":
      return term.args.flatMap(variablesOf);
    default:
      return [];
  }
}

/** What a term is, for messages. */
export function describeTerm(term: Term): string {
  if (term.kind === "scalar") return term.value === null ? "null" : `a ${typeName(term.value)}`;
  if (term.kind === "comprehension") return `an ${term.collects} comprehension`.replace("an set", "a set");
  return {
    reference: "a reference",
    call: "a call",
    set: "a set",
    template: "a template string",
    variable: "a variable",
    array: "an array",
    object: "an object",
  }[term.kind];
}
