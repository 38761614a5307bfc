// Questions about the form of terms, and names for what they give.
import type { CallTerm, ResolvedTerm } from "../2-resolve/resolved.ts";
import type { Bound } from "../3-check/binding.ts";
import type { Operand } from "./plan.ts";

/** The names that follow each other among some steps. */
export function leadingNames(steps: readonly ResolvedTerm[], from: number): string[] {
  const names: string[] = [];
  for (let i = from; i < steps.length; i++) {
    const step = steps[i];
    if (step?.kind !== "constant" || typeof step.value !== "string") break;
    names.push(step.value);
  }
  return names;
}

/** Whether the term binds variables where it is a step. */
export function isPattern(term: ResolvedTerm): boolean {
  return term.kind === "local" || term.kind === "array" || term.kind === "object";
}

/** Whether a call has many results. */
export function isRelation(term: CallTerm): boolean {
  return term.callee.kind === "builtin" && term.callee.builtin.relation === true;
}

/** Whether a pattern takes pairs and looks at nothing but their second part. */
export function ignoresFirst(pattern: ResolvedTerm | undefined): boolean {
  if (pattern?.kind !== "array" || pattern.items.length !== 2) return false;
  const [first] = pattern.items;
  return first?.kind === "local" && first.local.wildcard;
}

/** Whether a term costs enough to keep its value for later turns of a loop. */
export function isWorthKeeping(term: ResolvedTerm): boolean {
  switch (term.kind) {
    case "call":
      return !isRelation(term) && term.args.length === term.callee.arity;
    case "reference":
      return term.root === "data";
    case "comprehension":
    case "array":
    case "set":
    case "object":
    case "template":
      return true;
    case "constant":
    case "local":
    case "unify":
      return false;
  }
}

/** A name for one item of a collection. */
export function singular(over: Operand): string {
  const hint = over.kind === "slot" ? over.hint : "";
  if (hint.length > 3 && hint.endsWith("s") && !hint.endsWith("ss")) return hint.slice(0, -1);
  return hint === "" || hint === "item" ? "item" : `${hint}Item`;
}

/** A name for what a term gives. */
export function hintOf(term: ResolvedTerm): string {
  if (term.kind === "call") return term.callee.kind === "builtin" ? term.callee.builtin.name : (term.callee.rule.path.at(-1) ?? "result");
  if (term.kind !== "reference") return term.kind === "comprehension" ? term.collects : term.kind;
  const last = term.steps.at(-1);
  return last?.kind === "constant" && typeof last.value === "string" ? last.value : "value";
}

/** Whether a term has unbound variables at places where a pattern binds them. */
export function isOpen(term: ResolvedTerm, bound: Bound): boolean {
  if (term.kind === "local") return !bound.has(term.local);
  if (term.kind === "array") return term.items.some((item) => isOpen(item, bound));
  if (term.kind === "object") return term.entries.some(([, value]) => isOpen(value, bound));
  return false;
}
