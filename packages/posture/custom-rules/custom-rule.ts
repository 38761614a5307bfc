import type { Control, KubernetesObject, RuleDescription } from "@holdfast/core";
import type { EvaluationProblem, ModuleSource, RegoValue } from "@holdfast/rego";

/** A user's own rule: the control it is in the result, and its module. */
export interface CustomRule {
  readonly control: Control;
  readonly description: RuleDescription;
  readonly module: ModuleSource;
}

/** What came of evaluating a custom rule. */
export interface CustomRuleOutcome {
  /** What `deny` gave, one value for each evaluation; none where it was undefined. `place` is that of the object that was the input, null where all were. */
  readonly values: readonly { readonly place: number | null; readonly value: RegoValue }[];
  readonly problem: EvaluationProblem | null;
  /** False where the problem is one of the source: it does not compile, or has no `deny`. */
  readonly usable: boolean;
}

/** A rule and the places of the objects that it judges. */
export interface CustomRuleRequest {
  readonly rule: CustomRule;
  readonly places: readonly number[];
}

/** The custom rules of a scan, and how they are evaluated: strangers' code, so never in the process that scans. */
export interface CustomRules {
  readonly rules: readonly CustomRule[];
  /** Outcomes come in the order of the requests. Objects in values are those that were given, by identity. `data` are the documents that rules see, as the library's own do. */
  readonly evaluate: (
    requests: readonly CustomRuleRequest[],
    objects: readonly KubernetesObject[],
    data: RegoValue,
  ) => Promise<readonly CustomRuleOutcome[]>;
}
