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
  do analysis.start();
  while (rules.map((rule) => analysis.rule(rule)).includes(true));
  return analysis.json();
}

/** The slots of a query's body that hold JSON. */
export function jsonSlotsOfBody(body: readonly Operation[], jsonInput: boolean): ReadonlySet<Slot> {
  const analysis = new JsonAnalysis(jsonInput);
  analysis.operations(body);
  return analysis.json();
}

/** Begins with the assumption that everything is JSON, and takes back what a pass over all rules disproves, until nothing is left to take back. */
class JsonAnalysis {
  private readonly jsonInput: boolean;
  private readonly kinds: Map<Slot, Kind> = new Map();
  private readonly results: Map<RuleGroup, Kind> = new Map();
  private readonly params: Map<RuleGroup, { readonly slots: readonly Slot[]; readonly kinds: Kind[] }> = new Map();
  private changed = false;
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

  start(): void {
    this.kinds.clear();
    for (const { slots, kinds } of this.params.values()) slots.forEach((slot, i) => this.kinds.set(slot, kinds[i] ?? "any"));
  }

  json(): ReadonlySet<Slot> {
    return new Set([...this.kinds].filter(([, kind]) => kind === "json").map(([slot]) => slot));
  }

  /** Goes through a rule; returns whether an assumption had to be taken back. */
  rule({ group, definitions, fallback }: PlannedRule): boolean {
    this.changed = false;
    this.produced = null;
    const all: readonly PlannedDefinition[] = fallback === null ? definitions : [...definitions, fallback];
    for (const { branches } of all) for (const branch of branches) this.operations(branch);
    const assumed = this.results.get(group);
    if (assumed !== undefined && assumed !== "any" && this.produced !== null) {
      const found: Kind = group.kind === "set" ? (this.produced === "json" ? "set" : "any") : this.produced;
      if (found !== assumed) {
        this.results.set(group, assumed === "json" && found === "set" && group.kind !== "set" ? "any" : found);
        this.changed = true;
      }
    }
    return this.changed;
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
        return value.context.id === 0 ? (this.results.get(value.rule) ?? "any") : "any";
      case "function":
        this.passArguments(value);
        return value.context.id === 0 ? (this.results.get(value.rule) ?? "any") : "any";
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
      this.changed = true;
    });
  }

  private kindOfBuiltin(builtin: Builtin, args: readonly Expression[]): Kind {
    if (rearranging.has(builtin.name)) return args.some((argument) => this.kindOf(argument) === "any") ? "any" : "json";
    return isJsonType(builtin.result) ? "json" : "any";
  }
}

function hasReplacements({ definitions, fallback }: PlannedRule): boolean {
  const all = fallback === null ? definitions : [...definitions, fallback];
  return all.some(({ branches }) => branches.some(replaces));
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
