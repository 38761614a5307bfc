import { createHash } from "node:crypto";
import type { KubernetesObject, Library, Parameters, Resource } from "@holdfast/core";
import type { PreparedRule, RegoValue } from "@holdfast/rego";
import type { ControlRequest } from "../2-select/select-controls.ts";
import { cloudEvidence } from "../2-select/cloud-providers.ts";
import { ResourcesByKind } from "../2-select/resources-by-kind.ts";
import { ruleData } from "../3-evaluate/evaluate-rule.ts";
import type { CompiledLibrary, RuleProgram } from "../library/compiled-library.ts";
import type { CustomRuleOutcome, CustomRules } from "./custom-rule.ts";

/** The library with the custom rules' controls and descriptions. */
export function libraryWith(library: Library, { rules }: CustomRules): Library {
  const hash = createHash("sha256").update(library.digest);
  for (const { control, description } of rules)
    hash.update(JSON.stringify([control.id, control.severity, description.kinds, description.digest]));
  return {
    ...library,
    controls: [...library.controls, ...rules.map(({ control }) => control)],
    rules: [...library.rules, ...rules.map(({ description }) => description)],
    digest: hash.digest("hex").slice(0, 16),
  };
}

/** The request with the custom rules beside what was asked for; without any name everything is selected, theirs among it. */
export function requestWith(request: ControlRequest, { rules }: CustomRules): ControlRequest {
  if (request.frameworks.length === 0 && request.controls.length === 0) return request;
  return { ...request, controls: [...request.controls, ...rules.map(({ control }) => control.id)] };
}

/** A finding of a rule that was given one object is about that object, unless it names another. A text alone is its message. */
function about(finding: RegoValue, object: KubernetesObject | undefined): RegoValue {
  if (object === undefined) return finding;
  const alertObject = { k8sApiObjects: [object] };
  if (typeof finding === "string") return { alertMessage: finding, alertObject } as unknown as RegoValue;
  const isFinding = typeof finding === "object" && finding !== null && !Array.isArray(finding) && "alertMessage" in finding;
  return isFinding && !("alertObject" in finding) ? ({ ...finding, alertObject } as unknown as RegoValue) : finding;
}

/** What was found before stands in for the rule: nothing of a stranger's is evaluated here. */
function programOf({ values, problem, usable }: CustomRuleOutcome, resources: readonly Resource[]): RuleProgram {
  const lists = values.map(({ place, value }) =>
    place === null || !Array.isArray(value) ? value : value.map((finding: RegoValue) => about(finding, resources[place]?.object)),
  );
  // A value that is no list stays as it is, for the reader of findings to refuse.
  const value = lists.find((one) => !Array.isArray(one)) ?? (lists as readonly (readonly RegoValue[])[]).flat();
  const deny: PreparedRule = () => (problem === null ? { value, problem } : { value: undefined, problem });
  const limit = problem?.code.startsWith("limit_") === true;
  return { deny, filter: null, failsAs: usable ? (limit ? "rule-limit" : "rule-failed") : "rule-unusable" };
}

/** Evaluates those custom rules that are selected, and gives the library whose programs answer with what they found. */
export async function evaluateCustomRules(
  compiled: CompiledLibrary,
  library: Library,
  custom: CustomRules,
  selected: ReadonlySet<string>,
  resources: readonly Resource[],
  parameters: Parameters,
): Promise<CompiledLibrary> {
  const byKind = new ResourcesByKind(resources);
  const requests = custom.rules
    .filter(({ control }) => selected.has(control.id))
    .map((rule) => ({ rule, places: byKind.matching(rule.description.kinds) }));
  const objects = resources.map(({ object }) => object);
  const data = ruleData({ parameters, cloudProvider: cloudEvidence(resources).providers[0] ?? "" });
  const outcomes = requests.length === 0 ? [] : await custom.evaluate(requests, objects, data);
  const programs = new Map(
    requests.flatMap(({ rule }, index) => {
      const outcome = outcomes[index];
      return outcome === undefined ? [] : [[rule.description.name, programOf(outcome, resources)] as const];
    }),
  );
  return { library, program: (name) => programs.get(name) ?? compiled.program(name) };
}
