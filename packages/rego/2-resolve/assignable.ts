// What may stand on the left of `:=`.
import type { Term } from "../1-parse/ast.ts";

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

/** What a term is, for messages. */
export function describeTerm(term: Term): string {
  if (term.kind === "scalar") return term.value === null ? "null" : `a ${typeof term.value === "bigint" ? "number" : typeof term.value}`;
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
