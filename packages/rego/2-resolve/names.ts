// What names outside of any scope mean: imports, the package's own rules, `input` and `data`, functions and builtins.
import type { Call, Import, Module, Reference, Span, Variable } from "../1-parse/ast.ts";
import type { Builtin } from "../builtins/define.ts";
import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { DiagnosticKind } from "../diagnostics/catalogue.ts";
import type { Callee, RuleNode } from "./resolved.ts";
import { findNode } from "./rule-tree.ts";

/** A document: a path below `input` or `data`. */
export interface DocumentPath {
  readonly root: "input" | "data";
  readonly path: readonly string[];
}

/** What a module must keep to beyond the language itself. */
export interface ModuleRules {
  /** Imports, assigned variables and arguments must be used, as OPA's strict mode has it. */
  readonly strict: boolean;
  /** Builtins that are not to be used any more are refused, as Rego v1 has it. */
  readonly refusesDeprecated: boolean;
  /** Calls that only the compiler knows, such as `eq`, and that capabilities leave out. */
  readonly missing: ReadonlySet<string>;
}

/** The language as it is. */
export const ordinaryRules: ModuleRules = { strict: false, refusesDeprecated: false, missing: new Set() };

/** What one module can name, and where its messages go. */
export class ModuleNames {
  readonly module: Module;
  readonly tree: RuleNode;
  private readonly builtins: ReadonlyMap<string, Builtin>;
  private readonly diagnostics: Diagnostic[];
  private readonly globals: Map<string, DocumentPath> = new Map();
  private readonly unusedImports: Map<string, Import> = new Map();
  readonly rules: ModuleRules;

  constructor(
    module: Module,
    tree: RuleNode,
    builtins: ReadonlyMap<string, Builtin>,
    diagnostics: Diagnostic[],
    ownPath: readonly string[],
    ownNames: Iterable<string>,
    rules: ModuleRules,
  ) {
    this.rules = rules;
    this.module = module;
    this.tree = tree;
    this.builtins = builtins;
    this.diagnostics = diagnostics;
    const own = new Set(ownNames);
    for (const name of own) this.globals.set(name, { root: "data", path: [...ownPath, name] });
    const imported = new Map<string, Import>();
    for (const one of module.imports) this.addImport(one, imported);
    // In Rego v0 a rule of that name hides the document.
    for (const root of ["input", "data"] as const) if (!own.has(root)) this.globals.set(root, { root, path: [] });
  }

  /** The document that a name stands for when no variable has it. */
  findGlobal(name: string): DocumentPath | null {
    this.unusedImports.delete(name);
    return this.globals.get(name) ?? null;
  }

  /** Reports the imports that nothing has used by now, in a strict module. */
  reportUnusedImports(): void {
    if (!this.rules.strict) return;
    for (const one of this.unusedImports.values()) this.report("unused-import", `import ${importText(one)} unused`, one.span);
  }

  /** Reports a call that the compiler would make something else of, where it is not to be had. */
  require(name: string, span: Span): void {
    if (this.rules.missing.has(name)) this.report("undefined-function", `undefined function ${name}`, span);
  }

  report(kind: DiagnosticKind, message: string, span: Span, hint?: string): void {
    this.diagnostics.push(makeDiagnostic(kind, message, this.module, span, hint === undefined ? {} : { hint }));
  }

  builtin(name: string): Builtin | null {
    return this.builtins.get(name) ?? null;
  }

  /** What a call or an operator (which is the name of its builtin) calls, or null when there is no such function. `isLocal` tells whether a variable has a name. */
  findCallee(operator: Call["operator"], isLocal: (name: string) => boolean): Callee | null {
    const names = dottedNames(operator);
    if (names === null) return null;
    const [head = "", ...rest] = names;
    if (isLocal(head)) return null;
    const global = this.findGlobal(head);
    if (global !== null) return global.root === "data" ? this.findFunction([...global.path, ...rest]) : null;
    return this.findBuiltin(names.join("."));
  }

  findFunction(path: readonly string[]): Callee | null {
    const group = findNode(this.tree, path)?.group ?? null;
    return group !== null && group.kind === "function" ? { kind: "function", rule: group, arity: group.arity } : null;
  }

  findBuiltin(name: string): Callee | null {
    const builtin = this.builtins.get(name);
    return builtin === undefined ? null : { kind: "builtin", builtin, arity: builtin.args.length };
  }

  private addImport(one: Import, imported: Map<string, Import>): void {
    const head = one.path.head.kind === "variable" ? one.path.head.name : "";
    if (head !== "data" && head !== "input") return;
    const path: string[] = [];
    for (const step of one.path.steps) {
      if (step.kind !== "scalar" || typeof step.value !== "string") return;
      path.push(step.value);
    }
    const name = one.alias ?? path.at(-1) ?? head;
    const earlier = imported.get(name);
    // Rego v0 takes the last of several.
    if (earlier !== undefined && (this.rules.strict || isStrict(this.module)))
      this.report("import-again", `import must not shadow import ${importText(earlier)}`, one.span);
    imported.set(name, one);
    this.unusedImports.set(name, one);
    this.globals.set(name, { root: head, path });
  }
}

/** Whether a module is one of Rego v1, by its version or by an import. */
export function isStrict(module: Module): boolean {
  return module.version === "v1" || module.imports.some((one) => dottedNames(one.path)?.[0] === "rego");
}

function importText(one: Import): string {
  const path = dottedNames(one.path) ?? [];
  return `${path.join(".")}${one.alias === null ? "" : ` as ${one.alias}`}`;
}

/** The parts of a dotted name; null when there is more to it than names. */
export function dottedNames(operator: Variable | Reference): readonly string[] | null {
  if (operator.kind === "variable") return [operator.name];
  if (operator.head.kind !== "variable") return null;
  const names = [operator.head.name];
  for (const step of operator.steps) {
    if (step.kind !== "scalar" || typeof step.value !== "string") return null;
    names.push(step.value);
  }
  return names;
}

/** The names that a reference begins with, where what comes behind them is known as well; null for any other. */
export function leadingNames(operator: Variable | Reference): readonly string[] | null {
  if (operator.kind === "variable" || !operator.steps.every((step) => step.kind === "scalar")) return dottedNames(operator);
  const end = operator.steps.findIndex((step) => step.kind !== "scalar" || typeof step.value !== "string");
  return dottedNames(end < 0 ? operator : { ...operator, steps: operator.steps.slice(0, end) });
}

/** What is said of a call with another number of arguments than the callee has. */
export function arityMismatch(name: string, callee: Callee, given: number): string {
  const count = `${given} argument${given === 1 ? "" : "s"}`;
  if (callee.kind === "function") return `function data.${callee.rule.path.join(".")} has arity ${callee.arity}, got ${count}`;
  return `${name}: arity mismatch: it takes ${callee.arity}, got ${count}`;
}
