import type { ResolvedTerm, RuleGroup, RuleNode } from "../2-resolve/resolved.ts";

/** Where the value of a reference below `data` comes from, and how many of its steps lead there. */
export type DocumentStart =
  | { readonly kind: "rule"; readonly rule: RuleGroup; readonly length: number }
  | { readonly kind: "base"; readonly path: readonly string[]; readonly length: number }
  | { readonly kind: "document"; readonly path: readonly string[]; readonly length: number };

/** Follows the leading names of a reference through the rule tree. */
export function documentStart(root: RuleNode, steps: readonly ResolvedTerm[]): DocumentStart {
  let node = root;
  for (let length = 0; ; length++) {
    if (node.group !== null && node.group.kind !== "function") return { kind: "rule", rule: node.group, length };
    if (node.dynamic !== null) {
      return node.children.size === 0 ? { kind: "rule", rule: node.dynamic, length } : { kind: "document", path: node.path, length };
    }
    const step = steps[length];
    if (step === undefined || step.kind !== "constant" || typeof step.value !== "string")
      return { kind: "document", path: node.path, length };
    const child = node.children.get(step.value);
    if (child === undefined) {
      const path = [...node.path, step.value];
      for (let i = length + 1; i < steps.length; i++) {
        const next = steps[i];
        if (next?.kind !== "constant" || typeof next.value !== "string") break;
        path.push(next.value);
      }
      return { kind: "base", path, length: path.length };
    }
    node = child;
  }
}

/** Whether the rules with dynamic steps at a node are the only ones there: nothing below it, and none of their like above it. */
export function isAlone(root: RuleNode, node: RuleNode): boolean {
  let above = root;
  for (const name of node.path) {
    if (above.dynamic !== null) return false;
    const child = above.children.get(name);
    if (child === undefined) break;
    above = child;
  }
  return node.children.size === 0;
}
