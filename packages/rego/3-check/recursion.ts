import { allDefinitions, replacementsOf, walkDefinition } from "../2-resolve/replacements.ts";
import type { ResolvedProgram, ResolvedTerm, RuleGroup, RuleNode } from "../2-resolve/resolved.ts";
import { walkBody, walkTerm, type Visitor } from "../2-resolve/walk.ts";
import { KnownValues } from "./known-values.ts";
import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";

/** Where no variable is known; nothing is ever learnt here. */
const noValues: KnownValues = new KnownValues();

/**
 * Reports every rule that depends on itself: Rego evaluates no recursion. Returns the other rules so that each stands behind those it depends on, without those that are settled. Keeps its
 * own stack, since chains of rules may be longer than JavaScript's.
 */
export function reportRecursion(program: ResolvedProgram, diagnostics: Diagnostic[]): readonly RuleGroup[] {
  const done = new Set(program.settled);
  const under = new Set<RuleGroup>();
  const order: RuleGroup[] = [];
  const trail: { readonly group: RuleGroup; readonly uses: Iterator<RuleGroup> }[] = [];
  const enter = (group: RuleGroup): void => {
    under.add(group);
    trail.push({ group, uses: new Set([...usedRules(group, program.root), ...replacedRules(group, program.root)]).values() });
  };
  for (const first of program.groups) {
    if (done.has(first)) continue;
    enter(first);
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const { done: noMore, value: used } = top.uses.next();
      if (noMore !== true) {
        if (done.has(used)) continue;
        if (under.has(used)) reportCycle(trail, used, diagnostics);
        else enter(used);
        continue;
      }
      trail.pop();
      under.delete(top.group);
      done.add(top.group);
      order.push(top.group);
    }
  }
  return order;
}

function reportCycle(trail: readonly { readonly group: RuleGroup }[], from: RuleGroup, diagnostics: Diagnostic[]): void {
  const groups = trail.map(({ group }) => group);
  const cycle = groups.slice(groups.indexOf(from));
  const names = [...cycle, from].map((group) => `data.${group.path.join(".")}`);
  diagnostics.push(makeDiagnostic("recursion", `rule ${names[0]} is recursive: ${names.join(" -> ")}`, from.module, from.span));
}

/** All rules that the documents at some paths below `data` depend on, their own included. */
export function reachableRules(program: ResolvedProgram, paths: readonly (readonly string[])[]): ReadonlySet<RuleGroup> {
  return behind(
    program,
    paths.flatMap((path) => rulesAt(program.root, path)),
    () => [],
  );
}

/** The rules at a path below `data`, on the way there and below it. */
export function rulesAt(root: RuleNode, path: readonly string[]): readonly RuleGroup[] {
  const span = { start: 0, end: 0 };
  const steps = path.map((value): ResolvedTerm => ({ kind: "constant", value, span }));
  return rulesUnder(root, steps, 0);
}

/** All rules that a rule depends on, those among them that it replaces, and itself. */
export function rulesBehind(program: ResolvedProgram, group: RuleGroup): ReadonlySet<RuleGroup> {
  return behind(program, [group], (one) => replacedRules(one, program.root));
}

function behind(
  program: ResolvedProgram,
  groups: readonly RuleGroup[],
  further: (group: RuleGroup) => readonly RuleGroup[],
): ReadonlySet<RuleGroup> {
  const reached = new Set<RuleGroup>();
  const waiting = [...groups];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    if (reached.has(group)) continue;
    reached.add(group);
    waiting.push(...further(group));
    waiting.push(...(program.settled.has(group) ? settledNeeds(group, program.root) : needs(group, program.root)));
  }
  return reached;
}

/** What rules that were taken over need, which is the same in all programs. */
const knownNeeds = new WeakMap<RuleGroup, readonly RuleGroup[]>();

function settledNeeds(group: RuleGroup, root: RuleNode): readonly RuleGroup[] {
  let found = knownNeeds.get(group);
  if (found === undefined) {
    found = needs(group, root);
    knownNeeds.set(group, found);
  }
  return found;
}

/** The rules that a rule's value depends on. */
function needs(group: RuleGroup, root: RuleNode): readonly RuleGroup[] {
  return [...dependencies(group, root), ...standIns(group)];
}

/** The functions that a rule puts in the place of others. */
function standIns(group: RuleGroup): readonly RuleGroup[] {
  const found: RuleGroup[] = [];
  for (const one of replacementsOf(group)) {
    if (one.kind === "function" && "arity" in one.by && one.by.kind === "function") found.push(one.by.rule);
  }
  return found;
}

/** The rules that a rule names as targets of `with`: as dependent on itself as one that refers to itself is one that replaces itself. */
function replacedRules(group: RuleGroup, root: RuleNode): readonly RuleGroup[] {
  const found: RuleGroup[] = [];
  for (const one of replacementsOf(group)) {
    if (one.kind === "function") {
      if (one.target.kind === "function") found.push(one.target.rule);
    } else if (one.root === "data") {
      const { span } = one;
      const steps = one.path.map((value): ResolvedTerm => ({ kind: "constant", value, span }));
      found.push(...rulesUnder(root, steps, 0));
    }
  }
  return found;
}

/** The rules that a rule's definitions refer to. */
function dependencies(group: RuleGroup, root: RuleNode): ReadonlySet<RuleGroup> {
  const used = new Set<RuleGroup>();
  for (const definition of allDefinitions(group)) walkDefinition(definition, { term: (term) => addUses(term, root, used) });
  return used;
}

/** The same without those that a reference doesn't lead to, because the variables it steps through have known values. */
function usedRules(group: RuleGroup, root: RuleNode): ReadonlySet<RuleGroup> {
  const used = new Set<RuleGroup>();
  for (const definition of allDefinitions(group)) {
    for (const branch of definition.branches) {
      const known = new KnownValues();
      const visitor: Visitor = { term: (term) => addUses(term, root, used, known) };
      for (const literal of branch.body.literals) {
        walkBody({ ...branch.body, literals: [literal] }, visitor);
        known.learn(literal);
      }
      for (const term of [...definition.args, ...definition.keys, branch.value]) walkTerm(term, visitor);
    }
  }
  return used;
}

function addUses(term: ResolvedTerm, root: RuleNode, used: Set<RuleGroup>, known: KnownValues = noValues): void {
  if (term.kind === "call" && term.callee.kind === "function") used.add(term.callee.rule);
  if (term.kind === "reference" && term.root === "data") for (const group of rulesUnder(root, term.steps, 0, known)) used.add(group);
}

/** The rules that a reference below `data` can mean: on the way, at its end, and everything below that. Functions are only used by calls. */
function rulesUnder(node: RuleNode, steps: readonly ResolvedTerm[], position: number, known: KnownValues = noValues): RuleGroup[] {
  const found: RuleGroup[] = [];
  if (node.group !== null && node.group.kind !== "function") found.push(node.group);
  if (node.dynamic !== null) found.push(node.dynamic);
  const step = steps[position];
  const values = step === undefined ? null : known.of(step);
  for (const [name, child] of node.children) {
    if (values === null || values.includes(name)) found.push(...rulesUnder(child, steps, position + 1, known));
  }
  return found;
}
