import type { Control, KubernetesObject, Parameters, RuleDescription } from "@holdfast/core";
import type { EvaluationProblem, ModuleSource, RegoValue } from "@holdfast/rego";

/** A rule that is not the library's, and the sources of its program. */
export interface CustomRule {
  readonly description: RuleDescription;
  /** Its own module first, then those that it imports. */
  readonly modules: readonly ModuleSource[];
  /** The same for its filter, where it has one. */
  readonly filter: readonly ModuleSource[] | null;
  /** `derive` where it may be written for a single object; `array` where its form says that it is given all of them. */
  readonly over: "derive" | "array";
  /** Parameters that hold for this rule, whatever others are given. */
  readonly parameters?: Parameters;
}

/** What came of evaluating a custom rule or its filter. */
export interface CustomRuleOutcome {
  /** What `deny` gave, one value for each evaluation; none where it was undefined. `place` is that of the object that was the input, null where all were. */
  readonly values: readonly { readonly place: number | null; readonly value: RegoValue }[];
  readonly problem: EvaluationProblem | null;
  /** False where the problem is one of the source: it does not compile, or has no `deny`. */
  readonly usable: boolean;
}

/** A program and the places of the objects that it is given. */
export interface CustomRuleRequest {
  readonly name: string;
  readonly modules: readonly ModuleSource[];
  readonly over: CustomRule["over"];
  readonly places: readonly number[];
}

/** The custom rules of a scan, and how they are evaluated: strangers' code, so never in the process that scans. */
export interface CustomRules {
  /** Controls that are judged beside whatever is asked for. */
  readonly controls: readonly Control[];
  readonly rules: readonly CustomRule[];
  /** Outcomes come in the order of the requests. Objects in values are those that were given, by identity. `data` are the documents that rules see, as the library's own do. */
  readonly evaluate: (
    requests: readonly CustomRuleRequest[],
    objects: readonly KubernetesObject[],
    data: RegoValue,
  ) => Promise<readonly CustomRuleOutcome[]>;
}
