import { Option, type Command } from "commander";
import { percentage, wholeNumber } from "../../option-values.ts";
import type { TestFormat } from "../../rego/test-formats.ts";
import type { CommandContext } from "../define.ts";
import {
  addLimitOptions,
  addSourceOptions,
  limitOptions,
  pathsOrBundles,
  sourceOptions,
  type GivenLimits,
  type SharedOptions,
} from "./shared-options.ts";

interface TestOptions extends SharedOptions, GivenLimits {
  readonly run?: string;
  readonly verbose?: boolean;
  readonly explain: boolean;
  readonly coverage?: boolean;
  readonly threshold?: number;
  readonly format: TestFormat;
  readonly count: number;
  readonly exitZeroOnSkipped?: boolean;
  readonly failOnEmpty?: boolean;
}

const HELP = `
Examples:
  holdfast rego test policy/
  holdfast rego test policy/ --run price --verbose
  holdfast rego test policy/ --coverage --threshold 90
  holdfast rego test policy/ --format junit

Exit codes: 0 every test passed, 1 a test failed or was skipped, or less was covered
than --threshold asks for, 2 the sources are wrong, 4 a limit ended everything.`;

/** `holdfast rego test` */
export function addTest(rego: Command, context: CommandContext): void {
  const command = addSourceOptions(rego.command("test").description("run the unit tests of modules: rules whose names begin with test_"))
    .argument("[path...]", "modules, tests, documents and folders of them")
    .option("-r, --run <pattern>", "run only tests whose full name matches this regular expression, in RE2's syntax")
    .option("-v, --verbose", "show every test, not only those that fail")
    .option("--no-explain", "don't tell of a failing test which expression did not hold")
    .option("-c, --coverage", "tell which lines the tests evaluated, instead of how each came out")
    .option("--threshold <percent>", "exit 1 where less of the lines is covered; implies --coverage", percentage)
    .addOption(new Option("-f, --format <format>", "how results are written").choices(["pretty", "json", "junit"]).default("pretty"))
    .option("--count <times>", "run each test so often", wholeNumber(6), 1)
    .option("-z, --exit-zero-on-skipped", "skipped tests don't change the exit code")
    .option("--fail-on-empty", "exit 1 where there is no test to run");
  addLimitOptions(command, "each test")
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: TestOptions) => {
      const { runRegoTest } = await import("../../rego/run-rego-test.ts");
      context.end(
        await runRegoTest(
          {
            ...sourceOptions(options),
            ...limitOptions(options),
            paths: pathsOrBundles(paths, options),
            run: options.run,
            verbose: options.verbose === true,
            explain: options.explain,
            coverage: options.coverage === true || options.threshold !== undefined,
            threshold: options.threshold,
            format: options.format,
            count: options.count,
            exitZeroOnSkipped: options.exitZeroOnSkipped === true,
            failOnEmpty: options.failOnEmpty === true,
          },
          context,
        ),
      );
    });
}
