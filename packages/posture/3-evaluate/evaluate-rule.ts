import type { KubernetesObject, NeededInput, Parameters, RuleDescription } from "@holdfast/core";
import type { EvaluationProblem, PreparedRule, RegoValue } from "@holdfast/rego";
import type { RuleProgram } from "../library/compiled-library.ts";
import { apiserverPods } from "./aggregate/apiserver-pod.ts";
import { subjectsWithRoles } from "./aggregate/subject-role-rolebinding.ts";
import { readRuleFindings, type RuleFinding } from "./rule-finding.ts";

/** What rules find under `data`. */
export interface RuleSettings {
  readonly parameters: Parameters;
  /** The cloud provider of the cluster (`EKS`, `AKS`, `GKE`), empty where there is none. */
  readonly cloudProvider: string;
}

/** What one evaluation of a rule gave. */
export type RuleOutcome =
  | {
      readonly problem: null;
      readonly findings: readonly RuleFinding[];
      /** The objects that counted as judged. */ readonly judged: readonly RegoValue[];
    }
  | { readonly problem: EvaluationProblem };

const AGGREGATORS: Readonly<
  Record<NonNullable<RuleDescription["aggregate"]>, (objects: readonly KubernetesObject[]) => readonly KubernetesObject[]>
> = {
  "subject-role-rolebinding": subjectsWithRoles,
  "apiserver-pod": apiserverPods,
};

/** The objects that a rule is given: those of its kinds, after the aggregation that it declares. */
export function ruleInput(rule: RuleDescription, objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return rule.aggregate === null ? objects : AGGREGATORS[rule.aggregate](objects);
}

/** The documents that rules see. */
export function ruleData(settings: RuleSettings): RegoValue {
  return { postureControlInputs: settings.parameters, dataControlInputs: { cloudProvider: settings.cloudProvider } };
}

type Read = { readonly problem: EvaluationProblem } | { readonly problem: null; readonly findings: readonly RuleFinding[] };

function run(prepared: PreparedRule, input: readonly KubernetesObject[], data: RegoValue, rule: string, manual = false): Read {
  const result = prepared({ input: input as unknown as RegoValue, data });
  if (result.problem !== null) return { problem: result.problem };
  const { findings, unreadable } = readRuleFindings(result.value, manual);
  if (unreadable === 0) return { problem: null, findings };
  const message = `${rule} gave ${unreadable} findings that name no object in alertObject.k8sApiObjects or alertObject.externalObjects`;
  return { problem: { code: "unreadable_finding", message, file: null, line: null } };
}

/** Evaluates a rule over its input (already aggregated). The input is not changed or copied. */
export function evaluateRule(
  rule: RuleDescription,
  program: RuleProgram,
  input: readonly KubernetesObject[],
  settings: RuleSettings,
): RuleOutcome {
  const data = ruleData(settings);
  const found = run(program.deny, input, data, rule.name, rule.needs === "manual");
  if (found.problem !== null) return found;
  if (program.filter === null) return { problem: null, findings: found.findings, judged: input as unknown as readonly RegoValue[] };
  const filtered = run(program.filter, input, data, `the filter of ${rule.name}`);
  if (filtered.problem !== null) return filtered;
  return { problem: null, findings: found.findings, judged: filtered.findings.map(({ object }) => object) };
}

/** Whether an input that a rule needs is among the objects it was given; `judged` is how many of them counted. */
export function inputIsThere(needs: NeededInput | null, given: number, judged: number): boolean {
  // A control plane's pods are recognised by the rule itself; other inputs by their kinds.
  return needs === "control-plane-pods" ? judged > 0 : given > 0;
}
