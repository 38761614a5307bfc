import type { Span } from "../1-parse/ast.ts";
import type { ResolvedTerm } from "../2-resolve/resolved.ts";
import { isReady, unifiedPairs, type Bound } from "../3-check/binding.ts";
import { isOpen } from "./term-forms.ts";

/**
 * Goes through what makes two terms equal, part by part, in an order in which one side of each pair is known: `match` is told the pattern and the known term, and
 * adds to what is bound.
 */
export function unifyTerms(
  left: ResolvedTerm,
  right: ResolvedTerm,
  span: Span,
  bindings: Bound,
  match: (pattern: ResolvedTerm, known: ResolvedTerm) => void,
): void {
  let waiting: (readonly [ResolvedTerm, ResolvedTerm])[] = [[left, right]];
  while (waiting.length > 0) {
    const next: (readonly [ResolvedTerm, ResolvedTerm])[] = [];
    for (const [a, b] of waiting) {
      const pairs = unifiedPairs(a, b);
      if (isReady(a, bindings) && isReady(b, bindings)) {
        if (isOpen(a, bindings) && !isOpen(b, bindings)) match(a, b);
        else match(b, a);
      } else if (pairs.length > 0) next.push(...pairs);
      else if (isReady(a, bindings)) match(b, a);
      else if (isReady(b, bindings)) match(a, b);
      else next.push([a, b]);
    }
    if (next.length === waiting.length && next.every((pair, i) => pair[0] === waiting[i]?.[0]))
      throw new Error(`unification at ${span.start} can't be ordered`);
    waiting = next;
  }
}
