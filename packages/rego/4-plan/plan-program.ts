// Stage 4: from checked rules to plans.
import type { Branch, Definition, Replacement, ResolvedProgram, ResolvedQuery, ResolvedTerm, RuleGroup } from "../2-resolve/resolved.ts";
import type { RegoValue } from "../runtime/value.ts";
import { findNode } from "../2-resolve/rule-tree.ts";
import { replacementsOf } from "../2-resolve/replacements.ts";
import { walkBody } from "../2-resolve/walk.ts";
import { isAlone } from "./document-start.ts";
import { siteOf } from "./body-marks.ts";
import type { KnownRules } from "./known-rules.ts";
import { BodyPlanner } from "./plan-body.ts";
import { useIndexes } from "./use-indexes.ts";
import {
  functionKey,
  type Constant,
  type Operation,
  type PlannedDefinition,
  type PlannedQuery,
  type PlannedRule,
  type ProgramPlan,
  type Slot,
} from "./plan.ts";

/** What the `with` of some bodies replace. */
export interface ReplacedThings {
  /** Functions, by `functionKey`. */
  readonly functions: ReadonlySet<string>;
  /** Paths below `data`. */
  readonly documents: readonly (readonly string[])[];
}

/** Plans the rules of a program, all or only some. `extra` is what a query to come replaces; `observed` plans tell what is evaluated. */
export function planProgram(
  program: ResolvedProgram,
  extra: ReplacedThings,
  only: ReadonlySet<RuleGroup> | null,
  observed: boolean = false,
): ProgramPlan & { readonly known: KnownRules } {
  const own = replacedBy(program.groups.flatMap(replacementsOf));
  const documents = [...own.documents, ...extra.documents];
  const mocked = new Set([...own.functions, ...extra.functions]);
  const indexes = new Map(program.groups.map((group, i) => [group, i]));
  const known: KnownRules = {
    root: program.root,
    indexes,
    constants: observed ? new Map() : constantRules(program, documents),
    sites: observed ? [] : null,
  };
  const groups = only === null ? program.groups : program.groups.filter((group) => only.has(group));
  // Where nothing is replaced, the plan of a rule that was taken over is the same in all programs.
  const shared = documents.length === 0 && !observed;
  const rules = groups.map((group) => {
    const settled = shared && program.settled.has(group);
    const plan = (settled ? settledPlans.get(group) : undefined) ?? planRule(group, known, documents);
    if (settled) settledPlans.set(group, plan);
    return plan;
  });
  return { rules, indexes, mocked, known };
}

const settledPlans = new WeakMap<RuleGroup, PlannedRule>();

/** Plans a query. */
export function planQuery(query: ResolvedQuery, known: KnownRules): PlannedQuery {
  const body: Operation[] = [];
  const planner = new BodyPlanner(body, known, true, query.module);
  const whole = { start: 0, end: query.module.source.length };
  const site = known.sites === null ? null : siteOf("query", query.module, whole);
  if (site !== null) planner.marks?.begin(site);
  planner.body(query.body);
  // A variable that stood only in what the resolver left out has no value to show.
  const shown = query.variables.filter((local) => planner.binds(local));
  const values = shown.map((local) => planner.value({ kind: "local", local, span: local.span }));
  planner.marks?.exit({ kind: "constant", value: true }, values);
  planner.builder.push({ kind: "answer", values });
  useIndexes(body, false);
  return { body, site, names: shown.map((local) => local.name), indexes: known.indexes };
}

/** What the `with` of a query replace. */
export function replacedByQuery(query: ResolvedQuery): ReplacedThings {
  const found: Replacement[] = [];
  walkBody(query.body, { literal: (literal) => void found.push(...literal.with) });
  return replacedBy(found);
}

function replacedBy(replacements: readonly Replacement[]): ReplacedThings {
  const functions = new Set<string>();
  const documents: (readonly string[])[] = [];
  for (const one of replacements) {
    if (one.kind === "function") functions.add(functionKey(one.target.kind === "builtin" ? one.target.builtin : one.target.rule));
    else if (one.root === "data") documents.push(one.path);
  }
  return { functions, documents };
}

function planRule(group: RuleGroup, known: KnownRules, documents: readonly (readonly string[])[]): PlannedRule {
  const params: Slot[] = Array.from({ length: group.arity }, (_, i) => ({
    kind: "slot",
    id: -1 - i,
    hint: paramHint(group, i),
    named: true,
    level: 0,
  }));
  const node = findNode(known.root, group.path);
  return {
    group,
    params,
    definitions: group.definitions.map((definition) => planDefinition(definition, params, known)),
    fallback: group.fallback === null ? null : planDefinition(group.fallback, params, known),
    constant: sharedConstant(group),
    alone: group.kind !== "object" || node === null || isAlone(known.root, node),
    hideable: isHideable(group, documents),
    site: known.sites === null ? null : siteOf("rule", group.module, group.span, `data.${group.path.join(".")}`),
  };
}

function paramHint(group: RuleGroup, position: number): string {
  const argument = group.definitions[0]?.args[position];
  return argument?.kind === "local" && !argument.local.wildcard ? argument.local.name : "argument";
}

function planDefinition(definition: Definition, params: readonly Slot[], known: KnownRules): PlannedDefinition {
  const branches = definition.branches.map((branch) => planBranch(definition, branch, definition.keys, params, known));
  return { branches, contains: definition.contains, module: definition.module, span: definition.span };
}

function planBranch(
  definition: Definition,
  { body, value, head }: Branch,
  keys: readonly ResolvedTerm[],
  params: readonly Slot[],
  known: KnownRules,
): Operation[] {
  const operations: Operation[] = [];
  const planner = new BodyPlanner(operations, known, false, definition.module);
  planner.marks?.begin(siteOf("rule", definition.module, head, `data.${definition.group.path.join(".")}`));
  definition.args.forEach((pattern, i) => {
    const param = params[i];
    if (param !== undefined) planner.match(pattern, param);
  });
  planner.body(body);
  const [result, ...keyValues] = planner.values([value, ...keys]);
  if (result !== undefined) planner.marks?.exit(result, keyValues);
  if (result !== undefined) planner.builder.push({ kind: "produce", keys: keyValues, value: result, span: value.span });
  useIndexes(operations, params.length > 0);
  return operations;
}

/** The constant that all definitions of a rule give, if they do. */
function sharedConstant(group: RuleGroup): Constant | null {
  if (group.kind === "set" || group.kind === "object") return null;
  let shared: Constant | null = null;
  for (const definition of group.definitions) {
    for (const { value } of definition.branches) {
      if (value.kind !== "constant") return null;
      if (shared !== null && shared.value !== value.value) return null;
      shared = { kind: "constant", value: value.value };
    }
  }
  return shared;
}

/** Whether some `with` puts a base document at or above a rule's path. */
function isHideable(group: RuleGroup, documents: readonly (readonly string[])[]): boolean {
  return documents.some((path) => path.length <= group.path.length && path.every((name, i) => name === group.path[i]));
}

/** The rules that are nothing but a constant. */
function constantRules(program: ResolvedProgram, documents: readonly (readonly string[])[]): ReadonlyMap<RuleGroup, RegoValue> {
  const constants = new Map<RuleGroup, RegoValue>();
  for (const group of program.groups) {
    const [only] = group.definitions;
    if (group.kind !== "complete" || only === undefined || group.definitions.length > 1 || isHideable(group, documents)) continue;
    const [branch] = only.branches;
    if (branch === undefined || only.branches.length > 1 || branch.body.literals.length > 0) continue;
    if (branch.value.kind === "constant") constants.set(group, branch.value.value);
  }
  return constants;
}
