// Stage 2: what every name means, and the tree of all rules.
import type { Body, Literal, Module, Rule, Term } from "../1-parse/ast.ts";
import type { Builtin } from "../builtins/define.ts";
import type { RegoValue } from "../runtime/value.ts";
import { addDefaultOfKey } from "./default-of-key.ts";
import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { metadataChain, ruleMetadata } from "./metadata.ts";
import { argumentVariables, neverMatches, reportComputedArguments } from "./arguments.ts";
import { isStrict, ModuleNames, ordinaryRules, type ModuleRules } from "./names.ts";
import { conflictOfPlaces } from "./named-places.ts";
import { BodyResolver } from "./resolve-body.ts";
import type { Branch, Definition, Local, ResolvedProgram, ResolvedQuery, ResolvedTerm, RuleGroup, RuleNode } from "./resolved.ts";
import { findNode, packagePath, placeOfRule, RuleTree } from "./rule-tree.ts";
import { noNames, Scope } from "./scope.ts";
import { walkTerm } from "./walk.ts";

/** Resolves the names of all modules of a program. Mistakes go to `diagnostics`. What `settled` has the rules of was resolved and checked before, beside the same modules. */
export function resolveProgram(
  modules: readonly Module[],
  builtins: ReadonlyMap<string, Builtin>,
  diagnostics: Diagnostic[],
  rulesOf: (module: Module) => ModuleRules = () => ordinaryRules,
  settled: ReadonlyMap<Module, readonly RuleGroup[]> = new Map(),
): ResolvedProgram {
  const tree = new RuleTree();
  const placed: { readonly rule: Rule; readonly module: Module; readonly group: RuleGroup }[] = [];
  const namesOfPackage = new Map<string, Set<string>>();
  for (const module of modules) {
    const path = packagePath(module);
    tree.reach(path);
    const known = settled.get(module);
    for (const group of known ?? []) tree.adopt(group);
    if (known !== undefined) continue;
    const names = setAt(namesOfPackage, JSON.stringify(path));
    for (const rule of module.rules) {
      if (rule.head.reference.head.kind === "variable") names.add(rule.head.reference.head.name);
      const name = rule.head.reference.head.kind === "variable" ? rule.head.reference.head.name : "";
      if ((name === "input" || name === "data") && isStrict(module)) {
        const message = `rules must not shadow ${name}`;
        diagnostics.push(makeDiagnostic("shadows-root", message, module, rule.head.reference.head.span));
      }
      const group = tree.groupFor(rule, module, path);
      if (group !== null) placed.push({ rule, module, group });
      else diagnostics.push(conflict(`conflicting rules data.${placeOfRule(rule, path).path.join(".")} found`, rule, module));
    }
  }
  reportTreeConflicts(tree.root, null, diagnostics);
  reportPackageConflicts(modules, tree.root, diagnostics);
  const resolvers = new Map<Module, BodyResolver>();
  for (const module of modules) {
    if (settled.has(module)) continue;
    const path = packagePath(module);
    const own = namesOfPackage.get(JSON.stringify(path)) ?? [];
    resolvers.set(module, new BodyResolver(new ModuleNames(module, tree.root, builtins, diagnostics, path, own, rulesOf(module))));
  }
  const defaultsOfKeys: { readonly definition: Definition; readonly rule: Rule; readonly module: Module }[] = [];
  for (const { rule, module, group } of placed) {
    const resolver = resolvers.get(module);
    if (resolver === undefined) continue;
    resolver.metadata = new Map([
      ["rego.metadata.rule", (): RegoValue => ruleMetadata(rule)],
      ["rego.metadata.chain", (): RegoValue => metadataChain(rule, group.path, module, modules)],
    ]);
    const definition = resolveRule(rule, group, module, resolver);
    if (neverMatches(rule.head.args ?? [])) continue;
    if (!rule.default) group.definitions.push(definition);
    else if (group.kind === "object") defaultsOfKeys.push({ definition, rule, module });
    else if (group.fallback === null) group.fallback = definition;
    else diagnostics.push(conflict(`multiple default rules data.${group.path.join(".")} found`, rule, module));
  }
  const withDefault = new Set<Definition>();
  for (const { definition, rule, module } of defaultsOfKeys) {
    reportVariablesOfKeys(definition, diagnostics);
    const problem = addDefaultOfKey(definition, withDefault);
    if (problem !== null) diagnostics.push(conflict(problem, rule, module));
  }
  for (const group of tree.groups) {
    const place = group.kind === "object" && !settled.has(group.module) ? findNode(tree.root, group.path) : null;
    const found = place === null ? null : conflictOfPlaces(group, place);
    if (found !== null) diagnostics.push(makeDiagnostic("rule-conflict", found.message, found.at.module, found.at.span));
  }
  for (const resolver of resolvers.values()) resolver.names.reportUnusedImports();
  const packages = modules.map(packagePath);
  return { modules, packages, root: tree.root, groups: tree.groups, settled: new Set([...settled.values()].flat()) };
}

/** Resolves a query over a program. `module` has its package, whose rules it names as they do each other, and its imports. */
export function resolveQuery(
  module: Module,
  body: Body,
  program: ResolvedProgram,
  builtins: ReadonlyMap<string, Builtin>,
  diagnostics: Diagnostic[],
): ResolvedQuery {
  const path = packagePath(module);
  const inPackage = program.modules.filter((one) => path.length > 0 && packagePath(one).join("\0") === path.join("\0"));
  const heads = inPackage.flatMap(({ rules }) => rules.map(({ head }) => head.reference.head));
  const own = heads.flatMap((head) => (head.kind === "variable" ? [head.name] : []));
  const resolver = new BodyResolver(new ModuleNames(module, program.root, builtins, diagnostics, path, own, ordinaryRules));
  const resolved = resolver.body(body, [], null);
  const variables: Local[] = [...resolved.scope.declared.values(), ...resolved.scope.implicit.values()].filter((local) => !local.wildcard);
  return { module, body: resolved.body, variables };
}

/** A default has no body that could give the variables of its keys a value. */
function reportVariablesOfKeys({ keys, module }: Definition, diagnostics: Diagnostic[]): void {
  const report = ({ name, wildcard, span }: Local): void => {
    diagnostics.push(makeDiagnostic("unsafe-variable", `var ${wildcard ? "_" : name} is unsafe`, module, span));
  };
  for (const key of keys) {
    walkTerm(key, {
      term: (term) => {
        if (term.kind === "local") report(term.local);
      },
    });
  }
}

function resolveRule(rule: Rule, group: RuleGroup, module: Module, resolver: BodyResolver): Definition {
  const packageOf = packagePath(module);
  const { keys } = placeOfRule(rule, packageOf);
  const argumentScope = new Scope(null, noNames, true);
  const computed: Literal[] = [];
  if (rule.head.args !== null) reportComputedArguments(rule.head.args, resolver.names);
  const args = (rule.head.args ?? []).map((given, position) => {
    const argument = computedArgument(given, position, computed);
    for (const variable of argumentVariables(argument)) {
      if (!argumentScope.declared.has(variable.name)) resolver.declare(variable.name, argumentScope, variable);
    }
    return resolver.term(argument, argumentScope);
  });
  const variables = args.flatMap(localsOf);
  // One that stands twice has its use there.
  const once = variables.filter((local) => variables.indexOf(local) === variables.lastIndexOf(local));
  resolver.demandUse(
    argumentScope,
    once.map(({ name }) => name),
    "argument",
  );
  const contains = rule.head.contains;
  const first = resolver.body([...rule.body, ...computed], [contains ?? rule.head.value, ...keys], argumentScope);
  const [value = null, ...resolvedKeys] = first.ends;
  const branches: Branch[] = [{ body: first.body, value: value ?? truth(rule), head: rule.head.span }];
  for (const branch of rule.else) {
    const resolved = resolver.body([...branch.body, ...computed], [branch.value], argumentScope);
    const head = { start: branch.span.start, end: branch.value?.span.end ?? branch.span.start + "else".length };
    branches.push({ body: resolved.body, value: resolved.ends[0] ?? truth(rule), head });
  }
  resolver.reportUnused(argumentScope);
  return {
    group,
    module,
    args,
    keys: resolvedKeys.filter((key) => key !== null),
    contains: contains !== null,
    branches,
    annotations: rule.annotations,
    span: rule.span,
  };
}

/** The variables of an argument's pattern, each as often as it stands there. */
function localsOf(pattern: ResolvedTerm): readonly Local[] {
  const found: Local[] = [];
  walkTerm(pattern, {
    term: (term) => {
      if (term.kind === "local" && !term.local.wildcard) found.push(term.local);
    },
  });
  return found;
}

/** An argument that must be computed, such as a template string, becomes a variable that the bodies compare with it. */
function computedArgument(term: Term, position: number, computed: Literal[]): Term {
  if (term.kind === "scalar" || term.kind === "variable" || term.kind === "array" || term.kind === "object" || term.kind === "set")
    return term;
  const { span } = term;
  const variable: Term = { kind: "variable", name: `$argument${position}`, wildcard: false, span };
  const operator: Term = { kind: "variable", name: "eq", wildcard: false, span };
  const unify: Term = { kind: "call", operator, args: [variable, term], infix: true, span };
  computed.push({ kind: "expression", term: unify, negated: false, with: [], span });
  return variable;
}

function truth(rule: Rule): ResolvedTerm {
  return { kind: "constant", value: true, span: rule.head.span };
}

function reportTreeConflicts(node: RuleNode, above: RuleGroup | null, diagnostics: Diagnostic[]): void {
  const single = node.group;
  if (single !== null && above !== null) {
    diagnostics.push(conflictAt(`rule data.${above.path.join(".")} conflicts with data.${node.path.join(".")}`, above));
  }
  if (single !== null && node.dynamic !== null) {
    diagnostics.push(conflictAt(`conflicting rules data.${node.path.join(".")} found`, node.dynamic));
  }
  for (const child of node.children.values()) reportTreeConflicts(child, single ?? above, diagnostics);
}

/** A package can't be where a rule is, be it an empty one. */
function reportPackageConflicts(modules: readonly Module[], root: RuleNode, diagnostics: Diagnostic[]): void {
  for (const module of modules) {
    const path = packagePath(module);
    const rule = findNode(root, path)?.group ?? null;
    if (rule === null) continue;
    const message = `package ${path.join(".")} conflicts with rule ${path.at(-1) ?? ""} defined in ${rule.module.file}`;
    diagnostics.push(makeDiagnostic("rule-conflict", message, module, module.package.span));
  }
}

function conflict(message: string, rule: Rule, module: Module): Diagnostic {
  return makeDiagnostic("rule-conflict", message, module, rule.head.span);
}

function conflictAt(message: string, group: RuleGroup): Diagnostic {
  return makeDiagnostic("rule-conflict", message, group.module, group.span);
}

function setAt(map: Map<string, Set<string>>, key: string): Set<string> {
  let set = map.get(key);
  if (set === undefined) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}
