import { createHash } from "node:crypto";
import type { Control, KubernetesObject, Library, Parameters, Resource, RuleDescription } from "@holdfast/core";
import type { PreparedRule, RegoValue } from "@holdfast/rego";
import type { ControlRequest } from "../2-select/select-controls.ts";
import { cloudEvidence } from "../2-select/cloud-providers.ts";
import { ResourcesByKind } from "../2-select/resources-by-kind.ts";
import { ruleData, ruleInput } from "../3-evaluate/evaluate-rule.ts";
import { cloudSkipOf } from "../3-evaluate/needed-input.ts";
import type { CompiledLibrary, RuleProgram } from "../library/compiled-library.ts";
import type { EvaluationProblemCode } from "../problems.ts";
import type { CustomRule, CustomRuleOutcome, CustomRuleRequest, CustomRules } from "./custom-rule.ts";

/** The library with the custom rules' controls and descriptions. */
export function libraryWith(library: Library, { controls, rules }: Pick<CustomRules, "controls" | "rules">): Library {
  const hash = createHash("sha256").update(library.digest);
  for (const { id, severity, rules: names } of controls) hash.update(JSON.stringify([id, severity, names]));
  for (const { description } of rules) hash.update(JSON.stringify([description.name, description.kinds, description.digest]));
  return {
    ...library,
    controls: [...library.controls, ...controls],
    rules: [...library.rules, ...rules.map(({ description }) => description)],
    digest: hash.digest("hex").slice(0, 16),
  };
}

/** The request with the custom controls beside what was asked for; without any name everything is selected, theirs among it. */
export function requestWith(request: ControlRequest, { controls }: CustomRules): ControlRequest {
  if (request.frameworks.length === 0 && request.controls.length === 0) return request;
  return { ...request, controls: [...request.controls, ...controls.map(({ id }) => id)] };
}

/** A finding of a rule that was given one object is about that object, unless it names another. A text alone is its message. */
function about(finding: RegoValue, object: KubernetesObject | undefined): RegoValue {
  if (object === undefined) return finding;
  const alertObject = { k8sApiObjects: [object] };
  if (typeof finding === "string") return { alertMessage: finding, alertObject } as unknown as RegoValue;
  const isFinding = typeof finding === "object" && finding !== null && !Array.isArray(finding) && "alertMessage" in finding;
  return isFinding && !("alertObject" in finding) ? ({ ...finding, alertObject } as unknown as RegoValue) : finding;
}

/** What was found before stands in for a rule: nothing of a stranger's is evaluated here. */
function standIn({ values, problem }: CustomRuleOutcome, objects: readonly KubernetesObject[]): PreparedRule {
  const lists = values.map(({ place, value }) =>
    place === null || !Array.isArray(value) ? value : value.map((finding: RegoValue) => about(finding, objects[place])),
  );
  // A value that is no list stays as it is, for the reader of findings to refuse.
  const value = lists.find((one) => !Array.isArray(one)) ?? (lists as readonly (readonly RegoValue[])[]).flat();
  return () => (problem === null ? { value, problem } : { value: undefined, problem });
}

function failureOf({ problem, usable }: CustomRuleOutcome): EvaluationProblemCode {
  if (!usable) return "rule-unusable";
  return problem?.code.startsWith("limit_") === true ? "rule-limit" : "rule-failed";
}

/** Gathers the objects that rules are given: those that were read, and behind them those that aggregation made of them. */
class Inputs {
  readonly objects: KubernetesObject[];
  readonly #byKind: ResourcesByKind;
  readonly #places = new Map<KubernetesObject, number>();
  readonly #aggregated = new Map<string, readonly number[]>();

  constructor(resources: readonly Resource[]) {
    this.objects = resources.map(({ object }) => object);
    for (const [place, object] of this.objects.entries()) this.#places.set(object, place);
    this.#byKind = new ResourcesByKind(resources);
  }

  placesFor(rule: RuleDescription): readonly number[] {
    const matching = this.#byKind.matching(rule.kinds);
    if (rule.aggregate === null) return matching;
    const key = JSON.stringify([rule.aggregate, rule.kinds]);
    const known = this.#aggregated.get(key);
    if (known !== undefined) return known;
    const given = matching.map((place) => this.objects[place]).filter((object) => object !== undefined);
    const places = ruleInput(rule, given).map((object) => this.#places.get(object) ?? this.#add(object));
    this.#aggregated.set(key, places);
    return places;
  }

  #add(object: KubernetesObject): number {
    this.#places.set(object, this.objects.length);
    return this.objects.push(object) - 1;
  }
}

const NOTHING: CustomRuleOutcome = { values: [], problem: null, usable: true };

/** Evaluates those custom rules that selected controls name, and gives the library whose programs answer with what they found. */
export async function evaluateCustomRules(
  compiled: CompiledLibrary,
  library: Library,
  custom: CustomRules,
  selected: readonly Control[],
  resources: readonly Resource[],
  parameters: Parameters,
): Promise<CompiledLibrary> {
  const wanted = new Set(selected.flatMap(({ rules }) => rules));
  const clouds = cloudEvidence(resources);
  const inputs = new Inputs(resources);
  const requests: CustomRuleRequest[] = [];
  /** The place of a request; null where the rule is given nothing, or is about another cloud. */
  const ask = (name: string, modules: CustomRule["modules"], over: CustomRule["over"], places: readonly number[]): number | null =>
    places.length === 0 ? null : requests.push({ name, modules, over, places }) - 1;
  const asked = custom.rules
    .filter(({ description }) => wanted.has(description.name))
    .map(({ description, modules, filter, over }) => {
      const places = cloudSkipOf(description, clouds) === null ? inputs.placesFor(description) : [];
      const deny = ask(description.name, modules, over, places);
      return {
        name: description.name,
        deny,
        filter: filter === null ? null : ask(`${description.name} (filter)`, filter, "array", places),
      };
    });
  const data = ruleData({ parameters, cloudProvider: clouds.providers[0] ?? "" });
  const outcomes = requests.length === 0 ? [] : await custom.evaluate(requests, inputs.objects, data);
  const programs = new Map(
    asked.map(({ name, deny, filter }): [string, RuleProgram] => {
      const found = deny === null ? NOTHING : (outcomes[deny] ?? NOTHING);
      const filtered = filter === null ? null : (outcomes[filter] ?? NOTHING);
      const failed = found.problem === null && filtered !== null ? filtered : found;
      return [
        name,
        {
          deny: standIn(found, inputs.objects),
          filter: filtered === null ? null : standIn(filtered, inputs.objects),
          failsAs: failureOf(failed),
        },
      ];
    }),
  );
  return { library, signatures: compiled.signatures ?? null, program: (name) => programs.get(name) ?? compiled.program(name) };
}
