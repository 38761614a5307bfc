import { compare, equals } from "../runtime/compare.ts";
import { ObjectValue, SetValue, type PlainObject, type RegoValue } from "../runtime/value.ts";
import type { Call, Derivation } from "./frame.ts";
import type { SiteRead, SiteStep } from "./site.ts";
import type { Trace } from "./trace.ts";

/** A value of a rule, and the steps that made it: the expressions of the body that held, in the order of their evaluation. */
export interface Finding {
  /** The rule's path, `data.a.deny`. */
  readonly rule: string;
  readonly value: RegoValue;
  /** The steps behind the rule's path where it has any: the key of an object's entry. */
  readonly keys: readonly RegoValue[];
  readonly file: string;
  readonly line: number;
  readonly steps: readonly FindingStep[];
}

/** An expression that held. */
export interface FindingStep {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** What its variables were. */
  readonly variables: Readonly<Record<string, RegoValue>>;
  /** What it read of the input: `input[0].spec.hostPID`. */
  readonly reads: readonly string[];
  /** Values of other rules and functions that it came from. */
  readonly because: readonly Finding[];
}

/**
 * The values that the rule at a path below `data` got while `trace` was listening, each with the steps that made it, and nothing else; in Rego's order of values.
 * A value that two bodies gave is explained twice.
 */
export function explainFindings(trace: Trace, path: readonly string[]): readonly Finding[] {
  const rule = `data.${path.join(".")}`;
  const explain = explainer(relevant);
  const own = trace.derivations.filter((one) => one.head.kind === "rule" && one.head.text === rule).map((one) => explain(one, 0));
  return own.toSorted((a, b) => compare(a.value, b.value));
}

/**
 * The solutions that queries had while `trace` was listening, in their order, each with the steps that made it. `rule` is the query's text. What a query reads of a rule is explained
 * in full: all members of a set, where the set as a whole was asked for.
 */
export function explainSolutions(trace: Trace): readonly Finding[] {
  const explain = explainer((call, values, depth) => {
    const used = relevant(call, values);
    return depth === 0 && !values.some((value) => used.some((one) => equals(value, one.value))) ? call.derivations : used;
  });
  return trace.derivations.filter((one) => one.head.kind === "query").map((one) => ({ ...explain(one, 0), keys: [] }));
}

type Explain = (derivation: Derivation, depth: number) => Finding;
type Relevant = (call: Call, values: readonly RegoValue[], depth: number) => readonly Derivation[];

/** What explains derivations, of other rules those that are relevant. Each input is looked through once. */
function explainer(chosen: Relevant): Explain {
  const places = new Map<RegoValue | undefined, InputPlaces>();
  const explain: Explain = (derivation, depth) => {
    let input = places.get(derivation.input);
    if (input === undefined) places.set(derivation.input, (input = new InputPlaces(derivation.input)));
    return findingOf(derivation, input, depth, explain, chosen);
  };
  return explain;
}

/** How deep rules behind rules are followed. */
const deepest = 20;

function findingOf(derivation: Derivation, input: InputPlaces, depth: number, explain: Explain, chosen: Relevant): Finding {
  const bound = new Map<string, RegoValue>();
  const steps = derivation.steps.map(({ site, values, uses }): FindingStep => {
    const variables: [string, RegoValue][] = [];
    const found: RegoValue[] = [];
    site.names.forEach((name, i) => {
      const value = values[i];
      if (value === undefined || name === "_") return;
      if (!bound.has(name)) found.push(value);
      bound.set(name, value);
      variables.push([name, value]);
    });
    const reads = new Set(site.reads.map((read) => input.pathOf(read, values, found)).filter((path) => path !== null));
    const because = depth >= deepest ? [] : uses.flatMap((call) => chosen(call, values, depth)).map((one) => explain(one, depth + 1));
    return { file: site.file, line: site.line, text: site.text, variables: Object.fromEntries(variables), reads: [...reads], because };
  });
  const { head, value, keys } = derivation;
  return { rule: head.text, value, keys, file: head.file, line: head.line, steps };
}

/** Of what a rule gave, that which the values of an expression came from: all of it unless some can be told apart. */
function relevant({ derivations }: Call, values: readonly RegoValue[]): readonly Derivation[] {
  if (derivations.length <= 1) return derivations;
  const used = derivations.filter((one) => values.some((value) => equals(value, one.value) || one.keys.some((key) => equals(value, key))));
  return used.length > 0 ? used : derivations.slice(0, 1);
}

/** Where the parts of an input are, found by what they are: the input is never copied. */
class InputPlaces {
  private readonly input: RegoValue | undefined;
  private places: Map<RegoValue, string> | null = null;

  constructor(input: RegoValue | undefined) {
    this.input = input;
  }

  /** The path that a reference read, as far as it is known; null when it is not one into the input. It leads on to what it `found` where that is inside. */
  pathOf(read: SiteRead, values: readonly RegoValue[], found: readonly RegoValue[]): string | null {
    let path: string | undefined = "input";
    if (read.root >= 0) {
      const base = values[read.root];
      path = typeof base === "object" && base !== null ? this.all().get(base) : undefined;
    }
    if (path === undefined) return null;
    for (const step of read.steps) {
      const key = keyOf(step, values);
      if (key === null) break;
      path += stepText(key);
    }
    const inside = `${path}[`;
    const further = found.map((value) => (typeof value === "object" ? this.all().get(value) : undefined));
    return further.find((one) => one?.startsWith(inside)) ?? path;
  }

  private all(): Map<RegoValue, string> {
    if (this.places !== null) return this.places;
    const places = new Map<RegoValue, string>();
    const waiting: [RegoValue, string][] = this.input === undefined ? [] : [[this.input, "input"]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [value, path] = next;
      if (typeof value !== "object" || value === null || places.has(value) || value instanceof SetValue || value instanceof ObjectValue)
        continue;
      places.set(value, path);
      if (Array.isArray(value)) value.forEach((item, i) => waiting.push([item as RegoValue, `${path}[${i}]`]));
      else for (const [key, item] of Object.entries(value as PlainObject)) waiting.push([item, path + stepText(key)]);
    }
    this.places = places;
    return places;
  }
}

function keyOf(step: SiteStep, values: readonly RegoValue[]): string | number | null {
  if (step === null) return null;
  if ("constant" in step) return step.constant;
  const value = values[step.variable];
  return typeof value === "string" || typeof value === "number" ? value : null;
}

function stepText(key: string | number): string {
  return typeof key === "string" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
