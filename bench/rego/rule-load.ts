import type { ModuleSource } from "@holdfast/rego";

/** A rule and what it is evaluated on. */
export interface RuleLoad {
  readonly name: string;
  readonly modules: readonly ModuleSource[];
  /** The objects that the rule is given, as JSON: a list. */
  readonly inputText: string;
}

/** What the evaluations of a rule took, in order, and what the last one found. */
export interface RuleMeasure {
  readonly millis: readonly number[];
  readonly findings: readonly unknown[];
}
