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

/** What the evaluations of a rule took, in order, in milliseconds: by the clock, and of the processor's time, that of all threads of the engine's process. */
export interface Samples {
  readonly clock: readonly number[];
  readonly processor: readonly number[];
  /** Whether the last evaluation was ended because it took too long: the figures are then less than what the rule takes. */
  readonly ended: boolean;
}
