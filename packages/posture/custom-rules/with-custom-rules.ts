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
import type { CustomRuleOutcome, CustomRuleRequest, CustomRules } from "./custom-rule.ts";

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

/** A value in which objects are those that stand for them. What stands for an object is left as it is. */
function translated(value: RegoValue, meant: ReadonlyMap<unknown, RegoValue>): RegoValue {
  if (typeof value !== "object" || value === null) return value;
  const other = meant.get(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) return value.map((one: RegoValue) => translated(one, meant));
  return Object.fromEntries(Object.entries(value).map(([key, one]: [string, RegoValue]) => [key, translated(one, meant)]));
}

/**
 * What was found before stands in for a rule: nothing of a stranger's is evaluated here. `places` are those of the objects that it was given then; what aggregation made
 * is made anew for each evaluation, so that findings are about those objects that it is given now.
 */
function standIn(
  { values, problem }: CustomRuleOutcome,
  objects: readonly KubernetesObject[],
  places: readonly number[] | null,
): PreparedRule {
  const lists = values.map(({ place, value }) =>
    place === null || !Array.isArray(value) ? value : value.map((finding: RegoValue) => about(finding, objects[place])),
  );
  // A value that is no list stays as it is, for the reader of findings to refuse.
  const value = lists.find((one) => !Array.isArray(one)) ?? (lists as readonly (readonly RegoValue[])[]).flat();
  return ({ input }) => {
    if (problem !== null) return { value: undefined, problem };
    if (places === null || !Array.isArray(input)) return { value, problem };
    const meant = new Map(places.map((place, index) => [objects[place], (input as readonly RegoValue[])[index] ?? null] as const));
    return { value: translated(value, meant), problem };
  };
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

/** Of a rule that is given nothing, so that it is skipped. */
const NOTHING: CustomRuleOutcome = { values: [], problem: null, usable: true };

/** Of a rule without an answer, which must not look like a pass. */
const LOST: CustomRuleOutcome = {
  values: [],
  problem: { code: "sandbox_failed", message: "its evaluation gave no answer", file: null, line: null },
  usable: true,
};

/** A request, and the parameters that its rule sees. */
interface PlannedRequest {
  readonly request: CustomRuleRequest;
  readonly parameters: Parameters;
}

/** Evaluates requests, those that see the same documents together. Outcomes come in their order. */
async function outcomesOf(
  planned: readonly PlannedRequest[],
  custom: CustomRules,
  objects: readonly KubernetesObject[],
  cloudProvider: string,
): Promise<readonly (CustomRuleOutcome | undefined)[]> {
  const found = new Map<CustomRuleRequest, CustomRuleOutcome>();
  for (const group of Map.groupBy(planned, ({ parameters }) => JSON.stringify(parameters)).values()) {
    const requests = group.map(({ request }) => request);
    const data = ruleData({ parameters: group[0]?.parameters ?? {}, cloudProvider });
    const outcomes = await custom.evaluate(requests, objects, data);
    for (const [index, request] of requests.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) found.set(request, outcome);
    }
  }
  return planned.map(({ request }) => found.get(request));
}

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
  const requests: PlannedRequest[] = [];
  /** The place of a request; null where the rule is given nothing, or is about another cloud. */
  const ask = (request: CustomRuleRequest, fixed: Parameters): number | null =>
    request.places.length === 0 ? null : requests.push({ request, parameters: { ...parameters, ...fixed } }) - 1;
  const asked = custom.rules
    .filter(({ description }) => wanted.has(description.name))
    .map(({ description, modules, filter, over, parameters: fixed = {} }) => {
      const places = cloudSkipOf(description, clouds) === null ? inputs.placesFor(description) : [];
      const { name } = description;
      const deny = ask({ name, modules, over, places }, fixed);
      return {
        name,
        places: description.aggregate === null ? null : places,
        deny,
        filter: filter === null ? null : ask({ name: `${name} (filter)`, modules: filter, over: "array", places }, fixed),
      };
    });
  const outcomes = await outcomesOf(requests, custom, inputs.objects, clouds.providers[0] ?? "");
  const programs = new Map(
    asked.map(({ name, places, deny, filter }): [string, RuleProgram] => {
      const found = deny === null ? NOTHING : (outcomes[deny] ?? LOST);
      const filtered = filter === null ? null : (outcomes[filter] ?? LOST);
      const failed = found.problem === null && filtered !== null ? filtered : found;
      return [
        name,
        {
          deny: standIn(found, inputs.objects, places),
          filter: filtered === null ? null : standIn(filtered, inputs.objects, places),
          standsIn: true,
          failsAs: failureOf(failed),
        },
      ];
    }),
  );
  return { library, signatures: compiled.signatures ?? null, program: (name) => programs.get(name) ?? compiled.program(name) };
}
