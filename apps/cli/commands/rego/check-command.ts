import { Option, type Command } from "commander";
import type { CommandContext } from "../define.ts";
import { addSourceOptions, pathsOrBundles, sourceOptions, type SharedOptions } from "./shared-options.ts";

interface CheckOptions extends SharedOptions {
  readonly format: "pretty" | "json";
}

const HELP = `
Examples:
  holdfast rego check policy/
  holdfast rego check policy/ --strict --schema schemas/
  holdfast rego check policy/ --format json

Exit codes: 0 nothing is wrong, 2 something is.`;

/** `holdfast rego check` */
export function addCheck(rego: Command, context: CommandContext): void {
  addSourceOptions(rego.command("check").description("say what is wrong with modules, without evaluating them"))
    .argument("[path...]", "modules and folders of them")
    .addOption(new Option("-f, --format <format>", "how errors are written").choices(["pretty", "json"]).default("pretty"))
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: CheckOptions) => {
      const { runRegoCheck } = await import("../../rego/run-rego-check.ts");
      context.end(
        await runRegoCheck({ ...sourceOptions(options), paths: pathsOrBundles(paths, options), format: options.format }, context),
      );
    });
}
