import type { Term } from "../1-parse/ast.ts";
import type { DocumentPath } from "./names.ts";
import type { Constant, ReferenceTerm, ResolvedTerm, RuleGroup, RuleNode } from "./resolved.ts";

/** The function that the steps lead to, or into; null when they lead to none. */
export function functionOnWay(root: RuleNode, steps: readonly ResolvedTerm[]): RuleGroup | null {
  let node: RuleNode | undefined = root;
  for (const step of steps) {
    node = step.kind === "constant" && typeof step.value === "string" ? node.children.get(step.value) : undefined;
    if (node === undefined) return null;
    if (node.group?.kind === "function") return node.group;
  }
  return null;
}

/** The reference that steps from a document make. */
export function documentTerm(document: DocumentPath, steps: readonly ResolvedTerm[], at: Term): ReferenceTerm {
  const path = document.path.map((name): Constant => ({ kind: "constant", value: name, span: at.span }));
  return { kind: "reference", root: document.root, steps: [...path, ...steps], span: at.span };
}
