import type { EvaluateOptions, EvaluationProblem, ModuleSource, Program } from "../6-link/program.ts";
import { own } from "../runtime/own.ts";
import { isArray, isPlainObject, isSet, ObjectValue, type RegoValue } from "../runtime/value.ts";
import { stringify } from "../runtime/json.ts";
import { explainFailure, type TestFailure } from "./explain-failure.ts";
import type { RegoTest } from "./find-tests.ts";

export type TestOutcome = "pass" | "fail" | "error" | "skip";

/** A case of a test, as `test_sum[name]` has one for each `name`; it passes when all cases within it do. */
export interface TestCase {
  readonly name: string;
  readonly passed: boolean;
  readonly cases: readonly TestCase[];
}

/** How a test came out. */
export interface TestResult {
  readonly test: RegoTest;
  readonly outcome: TestOutcome;
  /** What ended its evaluation; only for an error. */
  readonly problem: EvaluationProblem | null;
  readonly cases: readonly TestCase[];
  /** Which expression did not hold; only for a failure, where it was asked for and can be told. */
  readonly failure: TestFailure | null;
  /** What the test printed, in order. */
  readonly printed: readonly string[];
  /** Milliseconds, by the clock that was given. */
  readonly duration: number;
}

export interface RunTestOptions extends Pick<EvaluateOptions, "coverage" | "data" | "limits" | "now" | "progress" | "runtime" | "seed"> {
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  /** The module that was made for the test: with it, failures are explained. */
  readonly module?: ModuleSource;
}

function child(value: RegoValue | undefined, key: RegoValue): RegoValue | undefined {
  if (value instanceof ObjectValue) return value.get(key);
  return isPlainObject(value) && typeof key === "string" ? own(value, key) : undefined;
}

/** The tree of cases: those that were tried, and of them passed whose place in the rule's value is true. */
function casesOf(tried: readonly (readonly RegoValue[])[], value: RegoValue | undefined): readonly TestCase[] {
  const groups = Map.groupBy(tried, ([first]) => stringify(first ?? null));
  return [...groups.values()].map((group) => {
    const key = group[0]?.[0] ?? null;
    const inner = child(value, key);
    const deeper = group.map((names) => names.slice(1)).filter((names) => names.length > 0);
    const cases = deeper.length === 0 ? [] : casesOf(deeper, inner);
    const passed = cases.length === 0 ? inner === true : cases.every((each) => each.passed);
    return { name: typeof key === "string" ? key : stringify(key), passed, cases };
  });
}

function failure(problem: EvaluationProblem): Pick<TestResult, "outcome" | "problem" | "cases"> {
  return { outcome: "error", problem, cases: [] };
}

function judged(program: Program, test: RegoTest, options: EvaluateOptions): Pick<TestResult, "outcome" | "problem" | "cases"> {
  if (test.isFunction) {
    const message = `${test.name} is a function, which no one calls: a test has no arguments`;
    return failure({ code: "rego_type_error", message, file: test.file, line: test.line });
  }
  const result = program.rule(test.path)?.(options) ?? { value: undefined, problem: null };
  if (result.problem !== null) return failure(result.problem);
  if (test.casesPath === null) return { outcome: result.value === true ? "pass" : "fail", problem: null, cases: [] };
  const { print: _, ...quiet } = options;
  const tried = program.rule(test.casesPath)?.(quiet) ?? { value: undefined, problem: null };
  if (tried.problem !== null) return failure(tried.problem);
  const names = isSet(tried.value) ? tried.value.sorted().filter((each) => isArray(each)) : [];
  const cases = casesOf(names, result.value);
  return { outcome: cases.length > 0 && cases.every(({ passed }) => passed) ? "pass" : "fail", problem: null, cases };
}

/**
 * Runs one test of a program that was compiled from the modules of `findTests`. It passes when its rule is exactly true or, where the rule's name has variables
 * (`test_sum[name]`), when each case is true that its body comes to.
 */
export function runTest(program: Program, test: RegoTest, { clock, module, ...options }: RunTestOptions): TestResult {
  const printed: string[] = [];
  if (test.todo) return { test, outcome: "skip", problem: null, cases: [], failure: null, printed, duration: 0 };
  const started = clock();
  const outcome = judged(program, test, { ...options, print: (message) => printed.push(message) });
  const duration = clock() - started;
  const failure = outcome.outcome === "fail" && module !== undefined ? explainFailure(program, test, module, options) : null;
  return { test, ...outcome, failure, printed, duration };
}
