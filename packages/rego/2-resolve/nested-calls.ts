// A negated expression negates itself, not what it is computed from: `not f(g(x))` asks for the value of `g(x)` first, and is undefined where
// that is. So calls inside a negated expression become conditions of their own before it, and may even bind variables there.
import type { Replacement, ResolvedLiteral, ResolvedTerm, TermLiteral } from "./resolved.ts";
import { makeLocal } from "./scope.ts";

/** A literal to be negated, whose inner calls stand in literals of their own `before` it. */
export interface WithoutNestedCalls {
  readonly before: readonly ResolvedLiteral[];
  readonly literal: TermLiteral;
}

/** Takes the calls out of a literal, but for the one that it consists of. They see the same replacements. */
export function withoutNestedCalls(literal: TermLiteral, replacements: readonly Replacement[]): WithoutNestedCalls {
  const before: ResolvedLiteral[] = [];
  const ahead = (term: ResolvedTerm): ResolvedTerm => {
    const { span } = term;
    const value: ResolvedTerm = { kind: "local", local: makeLocal("_", true, span), span };
    before.push({ kind: "term", term: { kind: "unify", left: value, right: term, span }, with: replacements, span });
    return value;
  };
  const nested = (term: ResolvedTerm): ResolvedTerm => (term.kind === "call" || term.kind === "unify" ? ahead(term) : parts(term));
  const parts = (term: ResolvedTerm): ResolvedTerm => {
    switch (term.kind) {
      case "call":
        return { ...term, args: term.args.map(nested) };
      case "unify":
        return { ...term, left: nested(term.left), right: nested(term.right) };
      case "reference":
        return { ...term, root: rootOf(term.root), steps: term.steps.map(nested) };
      case "array":
      case "set":
        return { ...term, items: term.items.map(nested) };
      case "object":
        return { ...term, entries: term.entries.map(([key, value]) => [nested(key), nested(value)] as const) };
      default:
        return term;
    }
  };
  const rootOf = (root: "input" | "data" | ResolvedTerm): "input" | "data" | ResolvedTerm =>
    typeof root === "string" || root.kind === "local" || root.kind === "constant" ? root : ahead(root);
  return { literal: { ...literal, term: parts(literal.term) }, before };
}
