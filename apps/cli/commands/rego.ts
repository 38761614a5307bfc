import { InvalidArgumentError, Option, type Command } from "commander";
import { commaList, wholeNumber } from "../option-values.ts";
import type { EvalFormat } from "../rego/eval-formats.ts";
import type { SourceOptions } from "../rego/source-options.ts";
import type { TestFormat } from "../rego/test-formats.ts";
import type { AddCommand, CommandContext } from "./define.ts";

function repeated(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

function pattern(value: string): RegExp {
  try {
    return new RegExp(value, "u");
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : "Expected a regular expression.");
  }
}

interface SharedOptions {
  readonly strict?: boolean;
  readonly v0Compatible?: boolean;
  readonly ignore?: readonly string[];
}

/** The options that say how sources are read. */
function addSourceOptions(command: Command): Command {
  return command
    .option("--ignore <names>", "leave out files and folders of these names; * stands for any characters", commaList)
    .option("--strict", "unused imports, variables and arguments, repeated imports and deprecated builtins are errors")
    .option("--v0-compatible", "modules and query are in Rego v0");
}

function sourceOptions({ v0Compatible, ignore, strict }: SharedOptions): SourceOptions {
  return { v0Compatible: v0Compatible === true, ignore: ignore ?? [], strict: strict === true };
}

interface EvalOptions extends SharedOptions {
  readonly data?: readonly string[];
  readonly input?: string;
  readonly stdinInput?: boolean;
  readonly format: EvalFormat;
  readonly fail?: boolean;
  readonly failDefined?: boolean;
  readonly strictBuiltinErrors?: boolean;
  readonly metrics?: boolean;
  readonly maxSteps?: number;
  readonly maxOutput?: number;
  readonly allowNetwork?: readonly string[];
}

function addEval(rego: Command, context: CommandContext): void {
  addSourceOptions(rego.command("eval").description("evaluate a query over modules and data"))
    .argument("<query>", "a query, such as data.shop.allow or 'x := data.shop.deny[_]'")
    .option(
      "-d, --data <path>",
      "a module, a document or a folder of them; may be repeated; name:path puts documents below data.name",
      repeated,
    )
    .option("-i, --input <file>", "the input, JSON or YAML")
    .option("-I, --stdin-input", "the input is on standard input")
    .addOption(
      new Option("-f, --format <format>", "how solutions are written")
        .choices(["json", "pretty", "values", "bindings", "raw", "discard"])
        .default("json"),
    )
    .option("--fail", "exit 1 where the query is undefined")
    .option("--fail-defined", "exit 1 where the query is defined")
    .option("--strict-builtin-errors", "a failing builtin ends the evaluation, instead of being undefined")
    .option(
      "--allow-network <hosts>",
      "let rules ask these hosts over the network, such as example.com,localhost:8080; any lets them ask all",
      commaList,
    )
    .option("--metrics", "tell how long reading, compiling and evaluating took")
    .option("--max-steps <steps>", "end an evaluation that takes more steps; ten million are about a second", wholeNumber(15))
    .option("--max-output <bytes>", "end an evaluation whose result is larger as JSON", wholeNumber(15))
    .addHelpText(
      "after",
      "\nExamples:\n  holdfast rego eval '1 + 2'\n  holdfast rego eval -d policy/ -i input.json data.shop.allow\n  kustomize build . | holdfast rego eval -I -d policy/ -f pretty data.shop.deny\n\nExit codes: 0 the query was evaluated, 1 as --fail and --fail-defined say, 2 sources\nor query are wrong, 4 the evaluation failed.",
    )
    .action(async (query: string, options: EvalOptions) => {
      const { runRegoEval } = await import("../rego/run-rego-eval.ts");
      context.end(
        await runRegoEval(
          {
            ...sourceOptions(options),
            query,
            data: options.data ?? [],
            input: options.input,
            stdinInput: options.stdinInput === true,
            format: options.format,
            fail: options.fail === true,
            failDefined: options.failDefined === true,
            strictBuiltinErrors: options.strictBuiltinErrors === true,
            metrics: options.metrics === true,
            maxSteps: options.maxSteps,
            maxOutput: options.maxOutput,
            allowNetwork: options.allowNetwork ?? [],
          },
          context,
        ),
      );
    });
}

interface TestOptions extends SharedOptions {
  readonly run?: RegExp;
  readonly verbose?: boolean;
  readonly format: TestFormat;
  readonly count: number;
  readonly exitZeroOnSkipped?: boolean;
  readonly failOnEmpty?: boolean;
}

function addTest(rego: Command, context: CommandContext): void {
  addSourceOptions(rego.command("test").description("run the unit tests of modules: rules whose names begin with test_"))
    .argument("<path...>", "modules, tests, documents and folders of them")
    .option("-r, --run <pattern>", "run only tests whose full name matches this regular expression", pattern)
    .option("-v, --verbose", "show every test, not only those that fail")
    .addOption(new Option("-f, --format <format>", "how results are written").choices(["pretty", "json", "junit"]).default("pretty"))
    .option("--count <times>", "run each test so often", wholeNumber(6), 1)
    .option("-z, --exit-zero-on-skipped", "skipped tests don't change the exit code")
    .option("--fail-on-empty", "exit 1 where there is no test to run")
    .addHelpText(
      "after",
      "\nExamples:\n  holdfast rego test policy/\n  holdfast rego test policy/ --run price --verbose\n  holdfast rego test policy/ --format junit\n\nExit codes: 0 every test passed, 1 a test failed or was skipped, 2 the sources are\nwrong.",
    )
    .action(async (paths: readonly string[], options: TestOptions) => {
      const { runRegoTest } = await import("../rego/run-rego-test.ts");
      context.end(
        runRegoTest(
          {
            ...sourceOptions(options),
            paths,
            run: options.run,
            verbose: options.verbose === true,
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

interface CheckOptions extends SharedOptions {
  readonly format: "pretty" | "json";
}

function addCheck(rego: Command, context: CommandContext): void {
  addSourceOptions(rego.command("check").description("say what is wrong with modules, without evaluating them"))
    .argument("<path...>", "modules and folders of them")
    .addOption(new Option("-f, --format <format>", "how errors are written").choices(["pretty", "json"]).default("pretty"))
    .addHelpText(
      "after",
      "\nExamples:\n  holdfast rego check policy/\n  holdfast rego check policy/ --format json\n\nExit codes: 0 nothing is wrong, 2 something is.",
    )
    .action(async (paths: readonly string[], options: CheckOptions) => {
      const { runRegoCheck } = await import("../rego/run-rego-check.ts");
      context.end(runRegoCheck({ ...sourceOptions(options), paths, format: options.format }, context));
    });
}

interface BuildOptions extends SharedOptions {
  readonly entrypoint: readonly string[];
  readonly output: string;
}

function addBuild(rego: Command, context: CommandContext): void {
  addSourceOptions(rego.command("build").description("make a JavaScript module of rules, which runs without Holdfast"))
    .argument("<path...>", "modules, documents and folders of them")
    .requiredOption("-e, --entrypoint <name>", "a rule or package that can be evaluated, as shop/allow; may be repeated", repeated)
    .requiredOption("-o, --output <file>", "the file to write, such as policy.mjs")
    .addHelpText(
      "after",
      "\nExamples:\n  holdfast rego build policy/ -e shop/allow -o policy.mjs\n  holdfast rego build policy/ -e shop/allow -e shop/deny -o policy.mjs\n\nExit codes: 0 the module was written, 2 an entrypoint or the sources are wrong, or the\nfile can't be written.",
    )
    .action(async (paths: readonly string[], options: BuildOptions) => {
      const { runRegoBuild } = await import("../rego/run-rego-build.ts");
      const { entrypoint, output } = options;
      context.end(await runRegoBuild({ ...sourceOptions(options), paths, entrypoints: entrypoint, output }, context));
    });
}

/** `holdfast rego eval|test|check|build`: tools for people who write Rego. */
export const addRego: AddCommand = (program, context) => {
  const rego = program
    .command("rego")
    .description("tools for Rego: evaluate, test, check and build modules")
    .addHelpText("after", "\nExample:\n  holdfast rego test policy/");
  addEval(rego, context);
  addTest(rego, context);
  addCheck(rego, context);
  addBuild(rego, context);
};
