// Which slots only ever hold what JSON has: their fields can be read as properties, with no thought of sets or keys of other types.
import type { RuleGroup } from "../2-resolve/resolved.ts";
import type { Builtin } from "../builtins/define.ts";
import type { TypeDescription } from "../builtins/type-description.ts";
import { isArray, isPlainObject, isScalar, isSet, type RegoValue } from "../runtime/value.ts";
import type { Expression, Operation, PlannedDefinition, PlannedRule, Slot } from "./plan.ts";

/** What a value is known to be: JSON, a set of JSON, or anything. */
type Kind = "json" | "set" | "any";

/** Builtins whose result consists of parts of their operands. */
const rearranging: ReadonlySet<string> = new Set(
  "array.concat array.reverse array.slice object.filter object.get object.remove object.union object.union_n sort max min".split(" "),
);

/**
 * The slots of rules that hold JSON. `jsonInput` tells that the input is JSON. `closed` tells that the rules' functions are called by these rules alone,
 * so that their arguments are known.
 */
export function jsonSlots(rules: readonly PlannedRule[], jsonInput: boolean, closed: boolean): ReadonlySet<Slot> {
  const analysis = new JsonAnalysis(jsonInput);
  if (closed && !rules.some(hasReplacements)) analysis.assume(rules);
  analysis.rules(rules);
  return analysis.json();
}

/** The slots of a query's body that hold JSON. */
export function jsonSlotsOfBody(body: readonly Operation[], jsonInput: boolean): ReadonlySet<Slot> {
  const analysis = new JsonAnalysis(jsonInput);
  analysis.operations(body);
  return analysis.json();
}

/** Begins with the assumption that everything is JSON, and takes back what going through the rules disproves, until nothing is left to take back. */
class JsonAnalysis {
  private readonly jsonInput: boolean;
  private readonly kinds: Map<Slot, Kind> = new Map();
  private readonly results: Map<RuleGroup, Kind> = new Map();
  private readonly params: Map<RuleGroup, { readonly slots: readonly Slot[]; readonly kinds: Kind[] }> = new Map();
  /** The rules whose results, and whose arguments, were found to be something else than assumed. */
  private changedResults: Set<RuleGroup> = new Set();
  private changedParams: Set<RuleGroup> = new Set();
  /** The rules whose results the rule at hand reads. */
  private reads: Set<RuleGroup> = new Set();
  private produced: Kind | null = null;

  constructor(jsonInput: boolean) {
    this.jsonInput = jsonInput;
  }

  assume(rules: readonly PlannedRule[]): void {
    for (const { group, params } of rules) {
      this.results.set(group, group.kind === "object" ? "any" : group.kind === "set" ? "set" : "json");
      this.params.set(group, { slots: params, kinds: params.map(() => "json") });
    }
  }

  json(): ReadonlySet<Slot> {
    const found = new Set<Slot>();
    for (const [slot, kind] of this.kinds) if (kind === "json") found.add(slot);
    return found;
  }

  /** Goes through rules, and again through those for which an assumption was taken back. */
  rules(all: readonly PlannedRule[]): void {
    const readsOf = new Map<RuleGroup, ReadonlySet<RuleGroup>>();
    for (let waiting = all; waiting.length > 0;) {
      this.changedResults = new Set();
      this.changedParams = new Set();
      for (const rule of waiting) {
        this.reads = new Set();
        this.rule(rule);
        readsOf.set(rule.group, this.reads);
      }
      const { changedResults: results, changedParams: params } = this;
      if (results.size === 0 && params.size === 0) return;
      waiting = all.filter(({ group }) => params.has(group) || readsOf.get(group)?.isDisjointFrom(results) === false);
    }
  }

  private rule({ group, definitions, fallback }: PlannedRule): void {
    this.produced = null;
    const params = this.params.get(group);
    params?.slots.forEach((slot, i) => this.kinds.set(slot, params.kinds[i] ?? "any"));
    for (const definition of definitions) this.definition(definition);
    if (fallback !== null) this.definition(fallback);
    const assumed = this.results.get(group);
    if (assumed === undefined || assumed === "any" || this.produced === null) return;
    const found: Kind = group.kind === "set" ? (this.produced === "json" ? "set" : "any") : this.produced;
    if (found === assumed) return;
    this.results.set(group, assumed === "json" && found === "set" && group.kind !== "set" ? "any" : found);
    this.changedResults.add(group);
  }

  private definition({ branches }: PlannedDefinition): void {
    for (const branch of branches) this.operations(branch);
  }

  private resultOf(rule: RuleGroup): Kind {
    this.reads.add(rule);
    return this.results.get(rule) ?? "any";
  }

  operations(list: readonly Operation[]): void {
    for (const operation of list) this.operation(operation);
  }

  private operation(operation: Operation): void {
    switch (operation.kind) {
      case "let":
        this.kinds.set(operation.slot, this.kindOf(operation.value));
        return;
      case "test":
        this.kindOf(operation.value);
        return;
      case "loop":
      case "seek":
      case "every": {
        const over = this.kindOf(operation.over);
        const item: Kind = over === "any" || (operation.kind === "loop" && operation.context !== null) ? "any" : "json";
        if (operation.item !== null) this.kinds.set(operation.item, item);
        if (operation.kind !== "seek" && operation.key !== null) this.kinds.set(operation.key, item);
        this.operations(operation.body);
        return;
      }
      case "logic":
        for (const body of operation.bodies) this.operations(body);
        return;
      case "collect":
        this.kinds.set(operation.slot, operation.collects === "array" ? "json" : operation.collects === "set" ? "set" : "any");
        this.operations(operation.body);
        return;
      case "not":
      case "capture":
      case "once":
        this.operations(operation.body);
        return;
      case "give":
        this.kinds.set(operation.slot, this.kindOf(operation.value));
        return;
      case "add":
        if (this.kindOf(operation.value) !== "json") this.kinds.set(operation.to, "any");
        return;
      case "produce": {
        const kind = this.kindOf(operation.value);
        this.produced = this.produced === null || this.produced === kind ? kind : "any";
        return;
      }
      default:
    }
  }

  private kindOf(value: Expression): Kind {
    switch (value.kind) {
      case "slot":
        return this.kinds.get(value) ?? "any";
      case "constant":
        return kindOfConstant(value.value);
      case "input":
        return this.jsonInput && value.context.id === 0 ? "json" : "any";
      case "base":
        return value.context.id === 0 ? "json" : "any";
      case "field":
      case "item":
      case "lookup":
      case "base-step":
        return this.kindOf(value.base) === "any" ? "any" : "json";
      case "rule":
        return value.context.id === 0 ? this.resultOf(value.rule) : "any";
      case "function":
        this.passArguments(value);
        return value.context.id === 0 ? this.resultOf(value.rule) : "any";
      case "builtin":
        return this.kindOfBuiltin(value.builtin, value.args);
      case "array":
        return value.items.every((item) => this.kindOf(item) === "json") ? "json" : "any";
      case "set":
        return value.items.every((item) => this.kindOf(item) === "json") ? "set" : "any";
      case "object":
        return value.entries.every(([key, part]) => isStringConstant(key) && this.kindOf(part) === "json") ? "json" : "any";
      case "format":
      case "template":
        return "json";
      case "document":
      case "step":
      case "whole":
        return "any";
    }
  }

  private passArguments(call: Extract<Expression, { kind: "function" }>): void {
    const params = this.params.get(call.rule);
    if (params === undefined) return;
    call.args.forEach((argument, i) => {
      const assumed = params.kinds[i];
      const given = this.kindOf(argument);
      if (assumed === undefined || assumed === "any" || given === assumed) return;
      params.kinds[i] = "any";
      this.changedParams.add(call.rule);
    });
  }

  private kindOfBuiltin(builtin: Builtin, args: readonly Expression[]): Kind {
    if (rearranging.has(builtin.name)) return args.some((argument) => this.kindOf(argument) === "any") ? "any" : "json";
    return isJsonType(builtin.result) ? "json" : "any";
  }
}

/** By rule: the rules of a library stand in many programs. */
const knownReplacements = new WeakMap<PlannedRule, boolean>();

function hasReplacements(rule: PlannedRule): boolean {
  let found = knownReplacements.get(rule);
  if (found === undefined) {
    const { definitions, fallback } = rule;
    const all = fallback === null ? definitions : [...definitions, fallback];
    found = all.some(({ branches }) => branches.some(replaces));
    knownReplacements.set(rule, found);
  }
  return found;
}

function replaces(operations: readonly Operation[]): boolean {
  return operations.some((operation) => {
    if (operation.kind === "with") return true;
    if (operation.kind === "logic") return operation.bodies.some(replaces);
    return "body" in operation && replaces(operation.body);
  });
}

function isStringConstant(value: Expression): boolean {
  return value.kind === "constant" && typeof value.value === "string";
}

function kindOfConstant(value: RegoValue): Kind {
  if (isSet(value)) return value.items.every(isJson) ? "set" : "any";
  return isJson(value) ? "json" : "any";
}

function isJson(value: RegoValue): boolean {
  if (isScalar(value)) return true;
  if (isArray(value)) return value.every(isJson);
  return isPlainObject(value) && Object.values(value).every(isJson);
}

function isJsonType(type: TypeDescription): boolean {
  switch (type.kind) {
    case "null":
    case "boolean":
    case "number":
    case "string":
      return true;
    case "array":
      return isJsonType(type.of);
    case "object":
      return type.key.kind === "string" && isJsonType(type.value);
    case "union":
      return type.of.every(isJsonType);
    case "any":
    case "set":
      return false;
  }
}
