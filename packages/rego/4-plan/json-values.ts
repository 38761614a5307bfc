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

/** Which slots only ever hold JSON. */
export interface JsonSlots {
  has(slot: Slot): boolean;
}

/**
 * The slots of each rule that hold JSON. `jsonInput` tells that the input is JSON. `closed` tells that the rules' functions are called by these rules alone,
 * so that their arguments are known.
 */
export function jsonSlots(rules: readonly PlannedRule[], jsonInput: boolean, closed: boolean): ReadonlyMap<PlannedRule, JsonSlots> {
  const analysis = new ProgramAnalysis(jsonInput);
  if (closed && !rules.some(hasReplacements)) analysis.assume(rules);
  return analysis.of(rules);
}

/** The slots of a query's body that hold JSON. */
export function jsonSlotsOfBody(body: readonly Operation[], jsonInput: boolean): JsonSlots {
  const reading = new RuleReading(jsonInput, [], () => "any");
  reading.operations(body);
  return reading.analysis();
}

/** What a rule comes to, for what is assumed of its arguments and of the rules that it reads. */
interface RuleAnalysis extends JsonSlots {
  readonly jsonInput: boolean;
  /** What was assumed. */
  readonly params: readonly Kind[];
  readonly reads: ReadonlyMap<RuleGroup, Kind>;
  /** The arguments that it gives to functions and that are not JSON. */
  readonly passes: readonly { readonly to: RuleGroup; readonly position: number }[];
  /** What its definitions give; null where they give nothing. */
  readonly produced: Kind | null;
}

/** By rule: the rules of a library stand in many programs, with the same arguments in most. Nothing is kept of a rule that is met for the first time. */
const knownAnalyses: WeakMap<PlannedRule, RuleAnalysis[]> = new WeakMap();

/** So many are kept of a rule. */
const mostAnalyses = 4;

/** Begins with the assumption that everything is JSON, and takes back what going through the rules disproves, until nothing is left to take back. */
class ProgramAnalysis {
  private readonly jsonInput: boolean;
  private readonly results: Map<RuleGroup, Kind> = new Map();
  private readonly params: Map<RuleGroup, Kind[]> = new Map();
  /** The rules whose results, and whose arguments, were found to be something else than assumed. */
  private changedResults: Set<RuleGroup> = new Set();
  private changedParams: Set<RuleGroup> = new Set();

  constructor(jsonInput: boolean) {
    this.jsonInput = jsonInput;
  }

  assume(rules: readonly PlannedRule[]): void {
    for (const { group, params } of rules) {
      this.results.set(group, group.kind === "object" ? "any" : group.kind === "set" ? "set" : "json");
      if (params.length > 0)
        this.params.set(
          group,
          params.map(() => "json"),
        );
    }
  }

  /** Goes through rules, and again through those for which an assumption was taken back. */
  of(all: readonly PlannedRule[]): ReadonlyMap<PlannedRule, RuleAnalysis> {
    const found = new Map<PlannedRule, RuleAnalysis>();
    for (let waiting = all; waiting.length > 0;) {
      this.changedResults = new Set();
      this.changedParams = new Set();
      for (const rule of waiting) {
        const analysis = this.analysisOf(rule);
        found.set(rule, analysis);
        this.takeBack(rule.group, analysis);
      }
      const { changedResults: results, changedParams: params } = this;
      if (results.size === 0 && params.size === 0) break;
      waiting = all.filter((rule) => params.has(rule.group) || !results.isDisjointFrom(found.get(rule)?.reads ?? new Set()));
    }
    return found;
  }

  private resultOf(rule: RuleGroup): Kind {
    return this.results.get(rule) ?? "any";
  }

  private analysisOf(rule: PlannedRule): RuleAnalysis {
    const params = this.params.get(rule.group) ?? noParams;
    const known = knownAnalyses.get(rule);
    const same = known?.find((one) => this.isSame(one, params));
    if (same !== undefined) return same;
    const reading = new RuleReading(this.jsonInput, [...params], (other) => this.resultOf(other));
    reading.rule(rule);
    const analysis = reading.analysis();
    if (known === undefined) knownAnalyses.set(rule, []);
    else if (known.length < mostAnalyses) known.push(analysis);
    return analysis;
  }

  private isSame({ jsonInput, params, reads }: RuleAnalysis, now: readonly Kind[]): boolean {
    if (jsonInput !== this.jsonInput || params.length !== now.length) return false;
    for (let i = 0; i < now.length; i++) if (params[i] !== now[i]) return false;
    for (const [rule, kind] of reads) if (this.resultOf(rule) !== kind) return false;
    return true;
  }

  private takeBack(group: RuleGroup, { passes, produced }: RuleAnalysis): void {
    for (const { to, position } of passes) {
      const kinds = this.params.get(to);
      if (kinds?.[position] !== "json") continue;
      kinds[position] = "any";
      this.changedParams.add(to);
    }
    const assumed = this.results.get(group);
    if (assumed === undefined || assumed === "any" || produced === null) return;
    const found: Kind = group.kind === "set" ? (produced === "json" ? "set" : "any") : produced;
    if (found === assumed) return;
    this.results.set(group, assumed === "json" && found === "set" && group.kind !== "set" ? "any" : found);
    this.changedResults.add(group);
  }
}

const noParams: readonly Kind[] = [];

/** Goes through one rule, or one body. */
class RuleReading {
  private readonly jsonInput: boolean;
  private readonly params: readonly Kind[];
  private readonly reads: Map<RuleGroup, Kind> = new Map();
  private readonly passes: { readonly to: RuleGroup; readonly position: number }[] = [];
  private produced: Kind | null = null;
  private readonly kinds: Map<Slot, Kind> = new Map();
  private readonly results: (rule: RuleGroup) => Kind;

  constructor(jsonInput: boolean, params: readonly Kind[], results: (rule: RuleGroup) => Kind) {
    this.jsonInput = jsonInput;
    this.params = params;
    this.results = results;
  }

  /** What was found out; it holds on to nothing of the program. */
  analysis(): RuleAnalysis {
    const { jsonInput, params, reads, passes, produced, kinds } = this;
    return { jsonInput, params, reads, passes, produced, has: (slot) => kinds.get(slot) === "json" };
  }

  rule({ params, definitions, fallback }: PlannedRule): void {
    params.forEach((slot, i) => this.kinds.set(slot, this.params[i] ?? "any"));
    for (const definition of definitions) this.definition(definition);
    if (fallback !== null) this.definition(fallback);
  }

  private definition({ branches }: PlannedDefinition): void {
    for (const branch of branches) this.operations(branch);
  }

  private resultOf(rule: RuleGroup): Kind {
    let kind = this.reads.get(rule);
    if (kind === undefined) {
      kind = this.results(rule);
      this.reads.set(rule, kind);
    }
    return kind;
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

  private passArguments({ rule, args }: Extract<Expression, { kind: "function" }>): void {
    args.forEach((argument, position) => {
      if (this.kindOf(argument) !== "json") this.passes.push({ to: rule, position });
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
