import type { ModuleSource } from "@holdfast/rego";

/** A rule and what it is evaluated on. */
export interface RuleLoad {
  readonly name: string;
  readonly modules: readonly ModuleSource[];
  /** The path of the rule below `data`. */
  readonly rule: readonly string[];
  /** The input as JSON: for a rule about objects, the list of them. */
  readonly inputText: string;
}

/** What the evaluations of a rule took, in order, and what the last one gave: its items, where it is a list or a set, else the value alone. */
export interface RuleMeasure {
  readonly millis: readonly number[];
  readonly findings: readonly unknown[];
}
