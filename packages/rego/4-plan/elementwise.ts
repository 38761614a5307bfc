// Which rules judge the elements of an array one by one: `deny` over the array is then the union of `deny` over each element alone.
import type { RuleGroup } from "../2-resolve/resolved.ts";
import type { Expression, Operand, Operation, PlannedRule, ProgramPlan, Slot } from "./plan.ts";

/** The rules proven to be so. A rule that is not among them may be so as well. */
export function elementwiseRules(plan: ProgramPlan): ReadonlySet<RuleGroup> {
  const reading = inputReaders(plan);
  const proven = new Set<RuleGroup>();
  // A rule may go through what another rule gives, so proofs build on each other.
  for (let before = -1; before !== proven.size;) {
    before = proven.size;
    for (const rule of plan.rules) if (!proven.has(rule.group) && isElementwise(rule, reading, proven)) proven.add(rule.group);
  }
  return proven;
}

/** Every body must go once, and outside of any closure, through the input or the set of a proven rule, and read the input in no other way. */
function isElementwise(rule: PlannedRule, reading: ReadonlySet<RuleGroup>, proven: ReadonlySet<RuleGroup>): boolean {
  if (rule.group.kind !== "set" || rule.hideable || rule.definitions.length === 0) return false;
  return rule.definitions.every((definition) => definition.branches.every((branch) => bodyIsElementwise(branch, reading, proven)));
}

function bodyIsElementwise(body: readonly Operation[], reading: ReadonlySet<RuleGroup>, proven: ReadonlySet<RuleGroup>): boolean {
  /** What stands for the whole input, by slot: the input itself or a proven set. */
  const wholes = new Map<Slot, "input" | "set">();
  let passes = 0;
  let sound = true;
  visitOperations(body, false, (operation, closed) => {
    if (operation.kind === "with") sound = false;
    if (operation.kind === "let" && operation.value.kind === "input") wholes.set(operation.slot, "input");
    else if (operation.kind === "let" && operation.value.kind === "rule" && proven.has(operation.value.rule))
      wholes.set(operation.slot, "set");
    else if (operation.kind === "check" && wholes.has(operation.slot)) return;
    else if ((operation.kind === "loop" || operation.kind === "seek") && operation.over.kind === "slot" && wholes.has(operation.over)) {
      passes++;
      if (closed || (operation.kind === "loop" && operation.key !== null && wholes.get(operation.over) === "input")) sound = false;
    } else {
      for (const value of expressionsOf(operation)) {
        if (mayReadInput(value, reading)) sound = false;
        for (const operand of operandsOf(value)) if (operand.kind === "slot" && wholes.has(operand)) sound = false;
      }
    }
  });
  return sound && passes === 1;
}

function mayReadInput(value: Expression, reading: ReadonlySet<RuleGroup>): boolean {
  if (value.kind === "input" || value.kind === "document") return true;
  return (value.kind === "rule" || value.kind === "function") && reading.has(value.rule);
}

/** The rules that read the input, themselves or through others. What reads whole packages counts as well. */
function inputReaders(plan: ProgramPlan): ReadonlySet<RuleGroup> {
  const readers = new Set<RuleGroup>();
  for (let before = -1; before !== readers.size;) {
    before = readers.size;
    for (const rule of plan.rules) {
      if (readers.has(rule.group)) continue;
      const definitions = rule.fallback === null ? rule.definitions : [...rule.definitions, rule.fallback];
      let reads = false;
      for (const definition of definitions) {
        for (const branch of definition.branches) {
          visitOperations(branch, false, (operation) => {
            if (expressionsOf(operation).some((value) => mayReadInput(value, readers))) reads = true;
            if (operation.kind === "with") reads = true;
          });
        }
      }
      if (reads) readers.add(rule.group);
    }
  }
  return readers;
}

/** Visits operations and those inside them; `closed` tells whether a closure is around. */
function visitOperations(operations: readonly Operation[], closed: boolean, visit: (operation: Operation, closed: boolean) => void): void {
  for (const operation of operations) {
    visit(operation, closed);
    switch (operation.kind) {
      case "loop":
      case "seek":
        visitOperations(operation.body, closed, visit);
        break;
      case "logic":
        for (const body of operation.bodies) visitOperations(body, true, visit);
        break;
      case "not":
      case "every":
      case "collect":
      case "capture":
      case "once":
        visitOperations(operation.body, true, visit);
        break;
      default:
    }
  }
}

/** The expressions that an operation itself evaluates. */
function expressionsOf(operation: Operation): readonly Expression[] {
  switch (operation.kind) {
    case "let":
    case "test":
    case "shape":
    case "give":
      return [operation.value];
    case "check":
      return [operation.slot];
    case "equal":
      return [operation.left, operation.right];
    case "loop":
    case "every":
      return [operation.over];
    case "seek":
      return [operation.over, operation.equals];
    case "with":
      return operation.replacements.flatMap((one) => ("value" in one ? [one.value] : []));
    case "print":
      return operation.args;
    case "add":
      return operation.key === null ? [operation.value] : [operation.key, operation.value];
    case "produce":
      return [...operation.keys, operation.value];
    case "answer":
      return operation.values;
    case "not":
    case "logic":
    case "collect":
    case "capture":
    case "reserve":
    case "once":
    case "succeed":
    case "frame":
    case "mark":
      return [];
  }
}

function operandsOf(value: Expression): readonly Operand[] {
  switch (value.kind) {
    case "slot":
    case "constant":
      return [value];
    case "field":
    case "item":
    case "whole":
      return [value.base];
    case "lookup":
    case "base-step":
    case "step":
      return [value.base, value.key];
    case "builtin":
    case "function":
      return value.args;
    case "array":
    case "set":
      return value.items;
    case "object":
      return value.entries.flat();
    case "format":
      return value.parts.flatMap((part) => (typeof part === "string" ? [] : [part.operand]));
    case "template":
      return value.parts.filter((part) => typeof part !== "string");
    case "input":
    case "base":
    case "rule":
    case "document":
      return [];
  }
}
