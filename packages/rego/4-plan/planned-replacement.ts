import type { Replacement, ResolvedTerm } from "../2-resolve/resolved.ts";
import { functionKey, type Operand, type PlannedReplacement } from "./plan.ts";

/** The plan of one `with`. `value` plans the value of a term. */
export function plannedReplacement(one: Replacement, value: (term: ResolvedTerm) => Operand): PlannedReplacement {
  if (one.kind === "document") {
    const { root, path, leavesNames } = one;
    return { kind: "document", root, path, leavesNames, value: value(one.value) };
  }
  const target = functionKey(one.target.kind === "builtin" ? one.target.builtin : one.target.rule);
  if (!("arity" in one.by)) return { kind: "function", target, value: value(one.by) };
  return one.by.kind === "builtin"
    ? { kind: "function", target, builtin: one.by.builtin }
    : { kind: "function", target, rule: one.by.rule };
}
