import type { Local, ResolvedLiteral, ResolvedTerm } from "../2-resolve/resolved.ts";
import { valuesUnordered } from "../runtime/iteration.ts";
import { lookup } from "../runtime/lookup.ts";
import type { RegoValue } from "../runtime/value.ts";

/** What the variables of a body can be, where it says so itself: by `x := "a"`, or `some x in ["a", "b"]`. */
export class KnownValues {
  private readonly values: Map<Local, readonly RegoValue[]> = new Map();

  /** Takes note of what a literal says that has been evaluated. */
  learn(literal: ResolvedLiteral): void {
    if (literal.kind === "some-in") {
      if (literal.value.kind === "local" && literal.domain.kind === "constant")
        this.note(literal.value.local, valuesUnordered(literal.domain.value));
    } else if (literal.kind === "term" && literal.term.kind === "unify") {
      const { left, right } = literal.term;
      if (left.kind === "local") this.note(left.local, this.of(right));
      if (right.kind === "local") this.note(right.local, this.of(left));
    }
  }

  /** The values that a term can have; null where nothing is known. */
  of(term: ResolvedTerm): readonly RegoValue[] | null {
    if (term.kind === "constant") return [term.value];
    if (term.kind === "local") return this.values.get(term.local) ?? null;
    const [step, ...further] = term.kind === "reference" ? term.steps : [];
    if (
      term.kind !== "reference" ||
      typeof term.root === "string" ||
      term.root.kind !== "constant" ||
      step === undefined ||
      further.length > 0
    )
      return null;
    const keys = this.of(step);
    if (keys === null) return step.kind === "local" ? valuesUnordered(term.root.value) : null;
    const { value } = term.root;
    return keys.map((key) => lookup(value, key)).filter((found) => found !== undefined);
  }

  private note(local: Local, values: readonly RegoValue[] | null): void {
    if (values !== null && !this.values.has(local)) this.values.set(local, values);
  }
}
