import type { EvaluationProblem, Program } from "../6-link/program.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { LineCoverage, type CoverageReport } from "../observe/line-coverage.ts";
import { findTests, type FoundTests, type RegoTest } from "../testing/find-tests.ts";
import { runTest, type TestResult } from "../testing/run-test.ts";
import { compilePattern } from "../builtins/pattern.ts";
import { compileRequest, type RequestHost, type SourceRequest } from "./request.ts";

/** Tests to run. */
export interface TestRequest extends SourceRequest {
  /** Only tests whose full name (`data.shop_test.test_price`) matches this pattern, in RE2's syntax. */
  readonly run?: string;
  /** How often each test is run. Default: 1. */
  readonly count?: number;
  /** Tells of each failure which expression did not hold. */
  readonly explain?: boolean;
  readonly coverage?: boolean;
}

/** What came of tests. */
export interface TestAnswer {
  /** Null where the modules have errors, which are among the diagnostics, or there is a problem. */
  readonly results: readonly TestResult[] | null;
  /** What ended everything: a limit that was passed before the first test. That of a test is its own. */
  readonly problem: EvaluationProblem | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: CoverageReport | null;
}

/** The full name of a test: `data.shop_test.test_price`. */
function testName(test: RegoTest): string {
  return `${test.package}.${test.name}`;
}

/** A request's tests, compiled, to be run one after the other. */
export class TestRun {
  readonly diagnostics: readonly Diagnostic[];
  /** The tests in the order in which they are to be run, each as often as was asked. */
  readonly tests: readonly RegoTest[];
  readonly coverage: LineCoverage | null;
  readonly #request: TestRequest;
  readonly #host: RequestHost;
  readonly #found: FoundTests;
  readonly #program: Program | null;

  constructor(request: TestRequest, host: RequestHost) {
    this.#request = request;
    this.#host = host;
    // Rules that are made for running tests stand behind the last line of what was written.
    const lines = new Map(request.modules.map(({ file, source }) => [file, source.split("\n").length]));
    this.coverage = request.coverage === true ? new LineCoverage(lines) : null;
    // The modules as they were written are compiled first: it is them that messages speak of.
    const written = compileRequest(request, host.data);
    this.#found = written.program === null ? { tests: [], modules: [] } : findTests(request.modules);
    // Rules that are made of parts of tests may leave variables unused: strictness is for what was written.
    const made = written.program === null ? null : compileRequest({ ...request, modules: this.#found.modules, strict: false }, host.data);
    this.#program = made?.program ?? null;
    // What no test reaches counts as well, even where there is no test.
    if (this.coverage !== null) this.#program?.evaluate("true", { coverage: this.coverage });
    this.diagnostics = [...written.diagnostics, ...(made?.diagnostics.filter(({ severity }) => severity === "error") ?? [])];
    const pattern = request.run === undefined ? null : (compilePattern(request.run) ?? null);
    const chosen = this.#found.tests.filter((test) => pattern === null || pattern.test(testName(test)));
    this.tests = chosen.flatMap((test) => Array.from({ length: request.count ?? 1 }, () => test));
  }

  /** Whether the modules could be compiled. */
  get usable(): boolean {
    return this.#program !== null;
  }

  run(test: RegoTest): TestResult {
    const { now, seed, limits, explain } = this.#request;
    const module = explain === true ? this.#found.modules.find(({ file }) => file === test.file) : undefined;
    if (this.#program === null) throw new Error("the modules could not be compiled");
    return runTest(this.#program, test, {
      clock: () => this.#host.clock() / 1e6,
      data: this.#host.data ?? {},
      ...(now === undefined ? {} : { now: BigInt(now) }),
      ...(seed === undefined ? {} : { seed }),
      ...(limits === undefined ? {} : { limits }),
      ...(this.#host.progress === undefined ? {} : { progress: this.#host.progress }),
      ...(module === undefined ? {} : { module }),
      ...(this.coverage === null ? {} : { coverage: this.coverage }),
    });
  }
}

/** Runs the tests of modules. */
export function answerTests(request: TestRequest, host: RequestHost): TestAnswer {
  const run = new TestRun(request, host);
  if (!run.usable) return { results: null, problem: null, diagnostics: run.diagnostics, coverage: null };
  const results = run.tests.map((test) => run.run(test));
  return { results, problem: null, diagnostics: run.diagnostics, coverage: run.coverage?.report() ?? null };
}
