import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EvaluationProblem, ModuleSource } from "../6-link/program.ts";
import type { QueryAnswer, QueryRequest } from "../requests/answer-query.ts";
import type { TestAnswer, TestRequest } from "../requests/test-run.ts";
import type { RegoTest } from "../testing/find-tests.ts";
import type { TestResult } from "../testing/run-test.ts";
import type { EffectiveLimits } from "./sandbox-limits.ts";

/** One thing to evaluate. */
export interface SandboxJob {
  /** Names the job in outcomes and messages. */
  readonly name: string;
  readonly modules: readonly ModuleSource[];
  /** The path below `data` of the rule to evaluate, such as `["armo_builtins", "deny"]`. */
  readonly rule: readonly string[];
  /** Places in the input, which is then an array: the rule sees these elements only. Without it, the whole input. */
  readonly elements?: readonly number[];
  /**
   * `whole` (the default) evaluates the rule once. `each` evaluates it once for each element of an array. `derive` does what the module means: see `meantInput`.
   */
  readonly over?: "whole" | "each" | "derive";
}

/** What the parent tells a sandbox first; the input and the data follow, each as a message of its own (empty for no input). */
export type SandboxSetup = JobsSetup | RequestSetup;

/** Jobs to be evaluated, one after the other. */
export interface JobsSetup {
  readonly type: "jobs";
  readonly jobs: readonly SandboxJob[];
  /** Stands for an element of the input in results: no rule can know it. */
  readonly mark: string;
  /** Nanoseconds since 1970 in decimal digits, or null. */
  readonly now: string | null;
  readonly seed: string;
  readonly limits: EffectiveLimits;
}

/** One request of a tool. */
export interface RequestSetup {
  readonly type: "request";
  readonly request: { readonly query: QueryRequest } | { readonly tests: TestRequest } | { readonly annotations: readonly ModuleSource[] };
  /** How many tests are done already, and what they covered. */
  readonly done: number;
  readonly covered: readonly string[];
  readonly limits: EffectiveLimits;
}

/** What a sandbox tells its parent. Results come as JSON of Rego values, with marks in the place of elements of the input. */
export type SandboxMessage =
  | { readonly type: "ready" }
  | { readonly type: "at"; readonly job: number; readonly file: string | null; readonly line: number | null }
  | { readonly type: "print"; readonly text: string }
  | { readonly type: "query"; readonly answer: QueryAnswer }
  | { readonly type: "annotations"; readonly annotations: readonly unknown[] }
  | { readonly type: "testing"; readonly test: RegoTest }
  | { readonly type: "tested"; readonly result: TestResult; readonly covered: readonly string[] }
  | { readonly type: "tests"; readonly answer: TestAnswer }
  | {
      readonly type: "done";
      readonly job: number;
      readonly results: readonly { readonly element: number | null; readonly value: unknown }[];
      readonly problem: EvaluationProblem | null;
      readonly diagnostics: readonly Diagnostic[];
    };
