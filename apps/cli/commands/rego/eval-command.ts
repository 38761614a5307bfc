import { Option, type Command } from "commander";
import { commaList, repeated, wholeNumber } from "../../option-values.ts";
import type { EvalFormat } from "../../rego/eval-formats.ts";
import type { CommandContext } from "../define.ts";
import { addLimitOptions, addSourceOptions, limitOptions, sourceOptions, type GivenLimits, type SharedOptions } from "./shared-options.ts";

interface EvalOptions extends SharedOptions, GivenLimits {
  readonly data?: readonly string[];
  readonly input?: string;
  readonly stdinInput?: boolean;
  readonly package?: string;
  readonly import?: readonly string[];
  readonly format: EvalFormat;
  readonly fail?: boolean;
  readonly failDefined?: boolean;
  readonly strictBuiltinErrors?: boolean;
  readonly explain: "off" | "steps" | "full" | "notes" | "fails";
  readonly profile?: boolean;
  readonly profileLimit: number;
  readonly coverage?: boolean;
  readonly metrics?: boolean;
  readonly allowNetwork?: readonly string[];
}

const HELP = `
Examples:
  holdfast rego eval '1 + 2'
  holdfast rego eval -d policy/ -i input.json data.shop.allow
  kustomize build . | holdfast rego eval -I -d policy/ -f pretty data.shop.deny
  holdfast rego eval -d policy/ -i input.json -f pretty --explain steps data.shop.deny
  holdfast rego eval -d strangers/ -i input.json --timeout 5s --max-memory 256 data.shop.deny

Exit codes: 0 the query was evaluated, 1 as --fail and --fail-defined say, 2 sources
or query are wrong, 4 the evaluation failed or a limit ended it.`;

/** `holdfast rego eval` */
export function addEval(rego: Command, context: CommandContext): void {
  const command = addSourceOptions(rego.command("eval").description("evaluate a query over modules and data"))
    .argument("<query>", "a query, such as data.shop.allow or 'x := data.shop.deny[_]'")
    .option(
      "-d, --data <path>",
      "a module, a document or a folder of them; may be repeated; name:path puts documents below data.name",
      repeated,
    )
    .option("-i, --input <file>", "the input, JSON or YAML")
    .option("-I, --stdin-input", "the input is on standard input")
    .option("--package <name>", "the query stands in this package, such as shop, and names its rules without data.shop")
    .option("--import <path>", "the query imports this, such as data.shop or 'input.user as who'; may be repeated", repeated)
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
    .addOption(
      new Option("--explain <view>", "tell the steps that made each solution, what trace() said, what failed, or every event")
        .choices(["off", "steps", "notes", "fails", "full"])
        .default("off"),
    )
    .option("--profile", "tell which expressions took the most time")
    .option("--profile-limit <number>", "how many expressions a profile has", wholeNumber(6), 10)
    .option("--coverage", "tell which lines were evaluated")
    .option("--metrics", "tell how long reading, compiling and evaluating took");
  addLimitOptions(command, "the evaluation")
    .addHelpText("after", HELP)
    .action(async (query: string, options: EvalOptions) => {
      const { runRegoEval } = await import("../../rego/run-rego-eval.ts");
      context.end(
        await runRegoEval(
          {
            ...sourceOptions(options),
            ...limitOptions(options),
            query,
            data: options.data ?? [],
            input: options.input,
            stdinInput: options.stdinInput === true,
            queryPackage: options.package,
            queryImports: options.import ?? [],
            format: options.format,
            fail: options.fail === true,
            failDefined: options.failDefined === true,
            strictBuiltinErrors: options.strictBuiltinErrors === true,
            explain: options.explain === "off" ? undefined : options.explain,
            profile: options.profile === true ? options.profileLimit : undefined,
            coverage: options.coverage === true,
            metrics: options.metrics === true,
            allowNetwork: options.allowNetwork ?? [],
          },
          context,
        ),
      );
    });
}
