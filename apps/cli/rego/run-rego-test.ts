import { findTests, runTest, type RegoTest, type TestResult } from "@holdfast/rego";
import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { compileModules, describeErrors, jsonErrors } from "./compile-sources.ts";
import { jsonText } from "./eval-formats.ts";
import { evaluationTime } from "./run-rego-eval.ts";
import { loadNamedSources, type SourceOptions } from "./source-options.ts";
import { testFormats, type TestFormat } from "./test-formats.ts";

/** What `holdfast rego test` is told. */
export interface RegoTestConfiguration extends SourceOptions {
  readonly paths: readonly string[];
  /** Only tests whose full name (`data.shop_test.test_price`) matches are run. */
  readonly run: RegExp | undefined;
  readonly verbose: boolean;
  readonly format: TestFormat;
  /** How often each test is run; it passes when it always does. */
  readonly count: number;
  readonly exitZeroOnSkipped: boolean;
  readonly failOnEmpty: boolean;
}

function selected(tests: readonly RegoTest[], run: RegExp | undefined): readonly RegoTest[] {
  return run === undefined ? tests : tests.filter((test) => run.test(`${test.package}.${test.name}`));
}

/** Runs the unit tests of modules. Ends with 1 where one fails or was skipped, with 2 where the modules are wrong. */
export function runRegoTest(configuration: RegoTestConfiguration, context: CommandContext): ExitCode {
  const { stdout, stderr, environment } = context;
  const { paths, format, verbose, count } = configuration;
  const { modules, data, faults } = loadNamedSources(paths, configuration, environment.workingFolder);
  // The modules as they were written are compiled first: it is them that messages speak of.
  const written = compileModules(modules, configuration);
  if (written.program === null || faults.length > 0) {
    if (format === "json") stdout.write(jsonText({ errors: jsonErrors(written.diagnostics, faults) }));
    stderr.write(describeErrors(written.diagnostics, faults, modules));
    return 2;
  }
  const found = findTests(modules);
  // Rules that are made of parts of tests may leave variables unused: strictness is for what was written.
  const made = compileModules(found.modules, { strict: false });
  if (made.program === null) {
    stderr.write(describeErrors(made.diagnostics, [], found.modules));
    return 4;
  }
  const { program } = made;
  const options = { data, now: evaluationTime(context), seed: crypto.randomUUID(), clock: () => performance.now() };
  const results: TestResult[] = [];
  for (const test of selected(found.tests, configuration.run)) {
    for (let turn = 0; turn < count; turn++) results.push(runTest(program, test, options));
  }
  stdout.write(testFormats[format](results, { verbose, sources: modules }));
  if (results.length === 0 && configuration.failOnEmpty) return 1;
  const outcomes = new Set(results.map(({ outcome }) => outcome));
  if (outcomes.has("fail") || outcomes.has("error")) return 1;
  return outcomes.has("skip") && !configuration.exitZeroOnSkipped ? 1 : 0;
}
