// What names stand for in a module that is put into one text with those it imports.
import type { Call, Module, Reference, Rule, Term, Variable } from "../1-parse/ast.ts";

/** Why modules can't be put into one. */
export class FlattenError extends Error {
  constructor(file: string, message: string) {
    super(`${file}: ${message}`);
    this.name = "FlattenError";
  }
}

/** A module, the names of its rules, and the modules that it imports, by alias. */
export interface NamedModule {
  readonly module: Module;
  /** What stands before the names of its rules in the one module; empty for the first. */
  readonly prefix: string;
  readonly groups: ReadonlyMap<string, readonly Rule[]>;
  readonly imports: ReadonlyMap<string, string>;
}

/** The path of a reference whose steps are texts, such as `data.a.b`. */
function pathOf({ head, steps }: Reference): string {
  const parts = steps.map((step) => (step.kind === "scalar" ? String(step.value) : "?"));
  return [head.kind === "variable" ? head.name : "?", ...parts].join(".");
}

/** The name of a rule: the first part of its reference. */
export function nameOf(rule: Rule): string {
  const { head } = rule.head.reference;
  return head.kind === "variable" ? head.name : "";
}

/** Looks up what a module's names stand for. */
export function namedModule(module: Module, first: boolean): NamedModule {
  const imports = new Map<string, string>();
  for (const { path, alias } of module.imports) {
    const full = pathOf(path);
    if (full === "rego.v1" || full.startsWith("future.keywords")) continue;
    imports.set(alias ?? full.replace(/^.*\./u, ""), full);
  }
  const groups = Map.groupBy(module.rules, nameOf);
  return { module, prefix: first ? "" : `${pathOf(module.package).replace(/^.*\./u, "")}__`, groups, imports };
}

/** Tells modules apart by the path of their package. */
export function packagePath({ module }: NamedModule): string {
  return pathOf(module.package);
}

function variablesOf(node: unknown, into: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  if (Array.isArray(node)) {
    for (const one of node) variablesOf(one, into);
    return;
  }
  const { kind, name } = node as Partial<Variable>;
  if (kind === "variable" && typeof name === "string") into.add(name);
  else for (const one of Object.values(node)) variablesOf(one, into);
}

function isAssignment(node: { readonly kind?: unknown }): node is Call {
  if (node.kind !== "call") return false;
  const { operator, infix } = node as Call;
  return infix && operator.kind === "variable" && operator.name === "assign";
}

/** The names that a rule declares for itself anywhere: arguments, `some`, `every` and what is assigned. */
export function declaredNames(rule: Rule): ReadonlySet<string> {
  const found = new Set<string>();
  variablesOf(rule.head.args, found);
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) {
      for (const one of node) walk(one);
      return;
    }
    const { kind, variables, key, value } = node as { kind?: string; variables?: unknown; key?: Term | null; value?: Term };
    if (kind === "some") variablesOf(variables, found);
    if (kind === "some-in" || kind === "every") variablesOf([key, value], found);
    if (isAssignment(node)) variablesOf(node.args[0], found);
    for (const one of Object.values(node)) walk(one);
  };
  walk([rule.body, rule.head.value, rule.head.contains, rule.head.reference.steps, rule.else]);
  return found;
}
