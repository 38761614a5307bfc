import type { Term } from "./ast.ts";

/** The first part of a term that isn't known without evaluating rules (a variable, reference or call); comprehensions are looked at by nobody. */
export function nonConstantPart(term: Term): Term | null {
  switch (term.kind) {
    case "scalar":
    case "comprehension":
      return null;
    case "template":
      return firstPart(term.parts.flatMap((part) => (typeof part === "string" ? [] : [part.term])));
    case "array":
    case "set":
      return firstPart(term.items);
    case "object":
      return firstPart(term.entries.flat());
    case "variable":
    case "reference":
    case "call":
      return term;
    default:
      return null;
  }
}

function firstPart(terms: readonly Term[]): Term | null {
  for (const term of terms) {
    const part = nonConstantPart(term);
    if (part !== null) return part;
  }
  return null;
}
