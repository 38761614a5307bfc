import type { KubernetesObject, NeededInput, Parameters, RuleDescription } from "@holdfast/core";
import type { EvaluationProblem, PreparedRule, RegoValue } from "@holdfast/rego";
import type { RuleProgram } from "../library/compiled-library.ts";
import { apiserverPods } from "./aggregate/apiserver-pod.ts";
import { subjectsWithRoles } from "./aggregate/subject-role-rolebinding.ts";
import { readNamedObjects, readRuleFindings, type RuleFinding } from "./rule-finding.ts";

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

type Result = { readonly problem: EvaluationProblem } | { readonly problem: null; readonly value: RegoValue | undefined };

function run(prepared: PreparedRule, input: readonly KubernetesObject[], settings: RuleSettings): Result {
  const { value, problem } = prepared({ input: input as unknown as RegoValue, data: ruleData(settings) });
  return problem === null ? { problem, value } : { problem };
}

function unreadableFindings(rule: string, count: number): { readonly problem: EvaluationProblem } {
  const message = `${rule} gave ${count} findings that name no object in alertObject.k8sApiObjects or alertObject.externalObjects`;
  return { problem: { code: "unreadable_finding", message, file: null, line: null } };
}

/** The objects that count as judged. */
type Judged =
  | { readonly problem: EvaluationProblem }
  | { readonly problem: null; readonly objects: readonly RegoValue[]; readonly unreadable: number };

function judgedBy(filter: PreparedRule, input: readonly KubernetesObject[], settings: RuleSettings): Judged {
  const result = run(filter, input, settings);
  return result.problem === null ? { problem: null, ...readNamedObjects(result.value) } : result;
}

/** What filters said of inputs under the same settings: many rules have the same filter and the same input. */
export class FilterResults {
  readonly #known = new Map<PreparedRule, Map<readonly KubernetesObject[], Judged>>();

  of(filter: PreparedRule, input: readonly KubernetesObject[], judge: () => Judged): Judged {
    const ofFilter = this.#known.get(filter) ?? new Map<readonly KubernetesObject[], Judged>();
    this.#known.set(filter, ofFilter);
    const known = ofFilter.get(input);
    if (known !== undefined) return known;
    const judged = judge();
    ofFilter.set(input, judged);
    return judged;
  }
}

/** Evaluates a rule over its input (already aggregated). The input is not changed or copied. `filtered` is what is known of filters. */
export function evaluateRule(
  rule: RuleDescription,
  program: RuleProgram,
  input: readonly KubernetesObject[],
  settings: RuleSettings,
  filtered: FilterResults = new FilterResults(),
): RuleOutcome {
  const found = run(program.deny, input, settings);
  if (found.problem !== null) return found;
  const { findings, unreadable } = readRuleFindings(found.value, rule.needs === "manual");
  if (unreadable > 0) return unreadableFindings(rule.name, unreadable);
  const { filter } = program;
  if (filter === null) return { problem: null, findings, judged: input as unknown as readonly RegoValue[] };
  const judged = filtered.of(filter, input, () => judgedBy(filter, input, settings));
  if (judged.problem !== null) return judged;
  if (judged.unreadable > 0) return unreadableFindings(`the filter of ${rule.name}`, judged.unreadable);
  return { problem: null, findings, judged: judged.objects };
}

/** Whether an input that a rule needs is among the objects it was given; `judged` is how many of them counted. */
export function inputIsThere(needs: NeededInput | null, given: number, judged: number): boolean {
  // A control plane's pods are recognised by the rule itself; other inputs by their kinds.
  return needs === "control-plane-pods" ? judged > 0 : given > 0;
}
