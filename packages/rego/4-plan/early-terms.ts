import type { ReferenceTerm, ResolvedTerm } from "../2-resolve/resolved.ts";

/**
 * The references inside a negated term that must be defined for the negation to be so. `not startswith(input.a, "b")` is undefined without
 * `input.a`; but `not input.a` and `not input.a == 1` hold.
 */
export function earlyTerms(negated: ResolvedTerm): readonly ReferenceTerm[] {
  const found: ReferenceTerm[] = [];
  if (negated.kind === "unify") for (const side of [negated.left, negated.right]) insideReference(side, found);
  else if (negated.kind === "call") {
    const compares = negated.callee.kind === "builtin" && negated.callee.builtin.name === "equal";
    for (const argument of negated.args) {
      if (compares) insideReference(argument, found);
      else collect(argument, found);
    }
  } else insideReference(negated, found);
  return found;
}

/** A reference itself may be undefined here; what it steps through may not. */
function insideReference(term: ResolvedTerm, found: ReferenceTerm[]): void {
  if (term.kind !== "reference") {
    collect(term, found);
    return;
  }
  if (typeof term.root !== "string") collect(term.root, found);
  for (const step of term.steps) collect(step, found);
}

function collect(term: ResolvedTerm, found: ReferenceTerm[]): void {
  switch (term.kind) {
    case "reference":
      found.push(term);
      return;
    case "array":
    case "set":
      for (const item of term.items) collect(item, found);
      return;
    case "object":
      for (const entry of term.entries) for (const part of entry) collect(part, found);
      return;
    default:
  }
}
