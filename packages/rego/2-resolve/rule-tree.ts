import type { Module, Reference, Rule, Term } from "../1-parse/ast.ts";
import type { RuleGroup, RuleKind, RuleNode } from "./resolved.ts";

/** The path of a package below `data`. */
export function packagePath(module: Module): readonly string[] {
  return staticPrefix(module.package.steps).path;
}

/** The leading string steps, and what is left of them. */
function staticPrefix(steps: readonly Term[]): { readonly path: string[]; readonly rest: readonly Term[] } {
  const path: string[] = [];
  for (const step of steps) {
    if (step.kind !== "scalar" || typeof step.value !== "string") break;
    path.push(step.value);
  }
  return { path, rest: steps.slice(path.length) };
}

/** Where a rule's head puts it: its path below `data`, the steps behind that, and the kind of rule it is. */
export function placeOfRule(
  rule: Rule,
  packageOf: readonly string[],
): { readonly path: readonly string[]; readonly keys: readonly Term[]; readonly kind: RuleKind } {
  const reference: Reference = rule.head.reference;
  const { path, rest } = staticPrefix(reference.steps);
  const name = reference.head.kind === "variable" ? reference.head.name : "";
  const full = [...packageOf, name, ...path];
  const kind =
    rule.head.args !== null && rule.head.args.length > 0
      ? "function"
      : rest.length > 0
        ? "object"
        : rule.head.contains !== null
          ? "set"
          : "complete";
  return { path: full, keys: rest, kind };
}

/** The rule tree while it is built. */
export class RuleTree {
  readonly root: RuleNode = makeNode([]);
  readonly groups: RuleGroup[] = [];

  /** The node at a path, made if needed. */
  reach(path: readonly string[]): RuleNode {
    let node = this.root;
    for (let i = 0; i < path.length; i++) {
      const name = path[i] ?? "";
      let child = node.children.get(name);
      if (child === undefined) {
        child = makeNode(path.slice(0, i + 1));
        node.children.set(name, child);
      }
      node = child;
    }
    return node;
  }

  /** The group that a rule belongs to, made if needed; null when the path already has rules of another kind. */
  groupFor(rule: Rule, module: Module, packageOf: readonly string[]): RuleGroup | null {
    const place = placeOfRule(rule, packageOf);
    const node = this.reach(place.path);
    const present = place.kind === "object" ? node.dynamic : node.group;
    const arity = rule.head.args?.length ?? 0;
    if (present !== null) return present.kind === place.kind && present.arity === arity ? present : null;
    const group: RuleGroup = {
      path: place.path,
      kind: place.kind,
      arity,
      definitions: [],
      fallback: null,
      module,
      span: rule.head.span,
    };
    this.adopt(group);
    return group;
  }

  /** Puts a group at its place, which no other has. */
  adopt(group: RuleGroup): void {
    const node = this.reach(group.path);
    if (group.kind === "object") node.dynamic = group;
    else node.group = group;
    this.groups.push(group);
  }
}

function makeNode(path: readonly string[]): RuleNode {
  return { path, children: new Map(), group: null, dynamic: null };
}

/** The node at a path, or null. */
export function findNode(root: RuleNode, path: readonly string[]): RuleNode | null {
  let node = root;
  for (const name of path) {
    const child = node.children.get(name);
    if (child === undefined) return null;
    node = child;
  }
  return node;
}

/** Whether a rule's value lies above a path, so that the path is only a part of it. */
export function hasRuleAbove(root: RuleNode, path: readonly string[]): boolean {
  let node: RuleNode | undefined = root;
  for (const name of path) {
    if (node.group !== null) return true;
    node = node.children.get(name);
    if (node === undefined) return false;
  }
  return false;
}
