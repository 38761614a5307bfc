import type { RuleGroup } from "../2-resolve/resolved.ts";
import type { Expression, Operation, PlannedRule } from "./plan.ts";

/** Builtins that take longer than it takes to find what they gave before. */
const slow = /^(regex\.|re_match$|glob\.|yaml\.|json\.(un)?marshal|base64|crypto\.|io\.jwt|time\.parse|net\.|semver\.|graphql\.)/;

/** What is known of a rule by itself. */
interface Facts {
  /** The functions that it calls, once for each place. */
  readonly calls: readonly RuleGroup[];
  /** Those of them that it calls for each of several things. */
  readonly repeated: ReadonlySet<RuleGroup>;
  /** Whether it goes through something, or calls a builtin that does. */
  readonly isSlow: boolean;
  /** Whether it goes through something and reads the input, most likely to go through that, whatever its arguments are. */
  readonly searchesInput: boolean;
  /** Whether it does something that must happen as often as it is called. */
  readonly hasEffects: boolean;
}

const known: WeakMap<PlannedRule, Facts> = new WeakMap();

/**
 * The functions of a program whose results are worth keeping: those of one or two arguments that take long and are called from several places, which may ask for the same,
 * or that search the input and are called for each of several things. Whether it pays is found out when they are called.
 */
export function rememberedFunctions(rules: readonly PlannedRule[]): ReadonlySet<RuleGroup> {
  const factsOf = new Map(rules.map((rule) => [rule.group, factsAbout(rule)]));
  const callers = new Map<RuleGroup, RuleGroup[]>();
  for (const [group, { calls }] of factsOf) {
    for (const called of calls) {
      const list = callers.get(called);
      if (list === undefined) callers.set(called, [group]);
      else list.push(group);
    }
  }
  const places = new Map<RuleGroup, number>();
  // There is no recursion among rules. Two places are as good as many.
  const placesOf = (group: RuleGroup): number => {
    if (group.kind !== "function") return 1;
    let count = places.get(group);
    if (count === undefined) {
      count = 0;
      for (const caller of callers.get(group) ?? []) if (count < 2) count += placesOf(caller);
      places.set(group, count);
    }
    return count;
  };
  const repeated = new Map<RuleGroup, boolean>();
  const isRepeated = (group: RuleGroup): boolean => {
    let found = repeated.get(group);
    if (found === undefined) {
      found = (callers.get(group) ?? []).some(
        (caller) => factsOf.get(caller)?.repeated.has(group) === true || (caller.kind === "function" && isRepeated(caller)),
      );
      repeated.set(group, found);
    }
    return found;
  };
  const effects = new Map<RuleGroup, boolean>();
  const hasEffects = (group: RuleGroup): boolean => {
    let found = effects.get(group);
    if (found === undefined) {
      const facts = factsOf.get(group);
      found = facts === undefined || facts.hasEffects || facts.calls.some(hasEffects);
      effects.set(group, found);
    }
    return found;
  };
  const isWorthKeeping = (group: RuleGroup): boolean => {
    const facts = factsOf.get(group);
    if (facts?.isSlow !== true) return false;
    return placesOf(group) > 1 || (facts.searchesInput && isRepeated(group));
  };
  const chosen = rules.filter(
    ({ group, params }) =>
      group.kind === "function" && (params.length === 1 || params.length === 2) && isWorthKeeping(group) && !hasEffects(group),
  );
  return new Set(chosen.map(({ group }) => group));
}

function factsAbout(rule: PlannedRule): Facts {
  let facts = known.get(rule);
  if (facts === undefined) {
    const reading = new Reading();
    for (const { branches } of rule.fallback === null ? rule.definitions : [...rule.definitions, rule.fallback])
      for (const branch of branches) reading.operations(branch);
    facts = reading;
    known.set(rule, facts);
  }
  return facts;
}

class Reading implements Facts {
  readonly calls: RuleGroup[] = [];
  readonly repeated: Set<RuleGroup> = new Set();
  private readsInput = false;
  private goesThrough = false;
  private loops = 0;
  isSlow = false;
  hasEffects = false;

  get searchesInput(): boolean {
    return this.goesThrough && this.readsInput;
  }

  operations(list: readonly Operation[]): void {
    for (const operation of list) this.operation(operation);
  }

  private operation(operation: Operation): void {
    switch (operation.kind) {
      case "let":
      case "test":
        this.expression(operation.value);
        return;
      case "with":
      case "print":
        this.hasEffects = true;
        return;
      case "logic":
        for (const body of operation.bodies) this.operations(body);
        return;
      default:
        if (!("body" in operation)) return;
        if (operation.kind !== "not" && operation.kind !== "once" && operation.kind !== "capture") this.isSlow = true;
        if (operation.kind !== "loop" && operation.kind !== "seek" && operation.kind !== "every") this.operations(operation.body);
        else {
          this.goesThrough = true;
          this.loops++;
          this.operations(operation.body);
          this.loops--;
        }
    }
  }

  private expression(value: Expression): void {
    if (value.kind === "function" || value.kind === "rule") {
      this.calls.push(value.rule);
      if (this.loops > 0) this.repeated.add(value.rule);
    } else if (value.kind === "input") this.readsInput = true;
    else if (value.kind === "document" || value.kind === "step" || value.kind === "whole") this.hasEffects = true;
    else if (value.kind === "builtin") {
      const { name, nondeterministic } = value.builtin;
      if (slow.test(name)) this.isSlow = true;
      if (nondeterministic === true || name === "print" || name === "trace") this.hasEffects = true;
    }
  }
}
