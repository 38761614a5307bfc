import {
  answerTests,
  compilePattern,
  type Diagnostic,
  type RequestHost,
  type SourceFault,
  type TestAnswer,
  type TestRequest,
} from "@holdfast/rego";
import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { UsageError } from "../usage-error.ts";
import { describeErrors, describeProblem, jsonErrors, jsonProblem } from "./compile-sources.ts";
import { compileSettings, engineLimits, isSandboxed, processLimits, type LimitOptions } from "./engine-options.ts";
import { coverageTable, jsonText } from "./eval-formats.ts";
import { evaluationTime } from "./run-rego-eval.ts";
import { loadNamedSources, type SourceOptions } from "./source-options.ts";
import { testFormats, type TestFormat } from "./test-formats.ts";

/** What `holdfast rego test` is told. */
export interface RegoTestConfiguration extends SourceOptions, LimitOptions {
  readonly paths: readonly string[];
  /** Only tests whose full name (`data.shop_test.test_price`) matches this pattern, in RE2's syntax, are run. */
  readonly run: string | undefined;
  readonly verbose: boolean;
  /** Tells of a failing test which expression did not hold. */
  readonly explain: boolean;
  /** Tells what the tests covered, instead of how each came out. */
  readonly coverage: boolean;
  /** The least percentage of lines to be covered. */
  readonly threshold: number | undefined;
  readonly format: TestFormat;
  /** How often each test is run; it passes when it always does. */
  readonly count: number;
  readonly exitZeroOnSkipped: boolean;
  readonly failOnEmpty: boolean;
}

async function answered(request: TestRequest, configuration: RegoTestConfiguration, host: RequestHost): Promise<TestAnswer> {
  if (!isSandboxed(configuration)) return answerTests(request, host);
  const { testsInSandbox } = await import("@holdfast/rego/sandbox");
  return testsInSandbox(request, { ...host, ...processLimits(configuration) });
}

function exitCode({ results }: TestAnswer, { failOnEmpty, exitZeroOnSkipped }: RegoTestConfiguration): ExitCode {
  if (results?.length === 0 && failOnEmpty) return 1;
  const outcomes = new Set(results?.map(({ outcome }) => outcome));
  if (outcomes.has("fail") || outcomes.has("error")) return 1;
  return outcomes.has("skip") && !exitZeroOnSkipped ? 1 : 0;
}

/** Runs the unit tests of modules. Ends with 1 where one fails or was skipped or too little is covered, with 2 where the modules are wrong, 4 where a limit ended everything. */
export async function runRegoTest(configuration: RegoTestConfiguration, context: CommandContext): Promise<ExitCode> {
  const { stdout, stderr, environment } = context;
  const { paths, format, verbose, count, run, explain, coverage: covers, threshold } = configuration;
  if (run !== undefined && compilePattern(run) === undefined)
    throw new UsageError(
      `--run: ${JSON.stringify(run)} is no regular expression\nGive one in RE2's syntax, such as 'shop_test\\.test_price'.`,
    );
  if (covers && format === "junit")
    throw new UsageError("--format junit has no place for coverage\nUse --format pretty or json with --coverage.");
  const settings = compileSettings(configuration, environment.workingFolder);
  const { modules, data, faults } = await loadNamedSources(paths, configuration, environment.workingFolder);
  const reject = (diagnostics: readonly Diagnostic[], some: readonly SourceFault[]): ExitCode => {
    if (format === "json") stdout.write(jsonText({ errors: jsonErrors(diagnostics, some) }));
    stderr.write(describeErrors(diagnostics, some, modules));
    return 2;
  };
  if (faults.length > 0) return reject([], faults);
  const request: TestRequest = {
    ...settings,
    ...engineLimits(configuration),
    modules,
    now: evaluationTime(context).toString(),
    seed: crypto.randomUUID(),
    count,
    explain,
    coverage: covers,
    ...(run === undefined ? {} : { run }),
  };
  const host: RequestHost = { data, clock: () => performance.now() * 1e6, print: () => {} };
  const answer = await answered(request, configuration, host);
  if (answer.problem !== null) {
    if (format === "json") stdout.write(jsonText({ errors: [jsonProblem(answer.problem)] }));
    stderr.write(describeProblem(answer.problem));
    return 4;
  }
  if (answer.results === null) return reject(answer.diagnostics, []);
  const { results, coverage } = answer;
  const code = exitCode(answer, configuration);
  if (coverage === null) {
    stdout.write(testFormats[format](results, { verbose, sources: modules }));
    return code;
  }
  // Beside the coverage results are of interest where something went wrong, or where all of them are asked for.
  const isBad = results.some(({ outcome }) => outcome === "fail" || outcome === "error");
  if (isBad || verbose) stderr.write(testFormats.pretty(results, { verbose, sources: modules }));
  stdout.write(format === "json" ? jsonText(coverage) : coverageTable(coverage));
  if (threshold === undefined || coverage.coverage >= threshold) return code;
  stderr.write(`${coverage.coverage.toFixed(2)} % of the lines are covered, less than --threshold ${threshold}\n`);
  return 1;
}
