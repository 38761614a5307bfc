import { Argument, Option } from "commander";
import type { OwnPolicies } from "../known-library.ts";
import { severalPaths } from "../option-values.ts";
import type { Listed } from "../run-list.ts";
import type { DeclareCommand } from "./define.ts";

/** `holdfast list controls|frameworks|formats|parameters` */
export const declareList: DeclareCommand = (command, context) => {
  command
    .addArgument(new Argument("<what>", "what to list").choices(["controls", "frameworks", "formats", "parameters"]))
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["pretty", "json"]).default("pretty"))
    .option("--custom-rules <path>", "list the rules in this .rego file or folder too; may be repeated", severalPaths)
    .option("--framework-file <file>", "list this framework of your own too; may be repeated", severalPaths)
    .addHelpText("after", "\nExamples:\n  holdfast list controls --format json\n  holdfast list controls --custom-rules rules/")
    .action(async (what: Listed, options: OwnPolicies & { readonly format: "pretty" | "json" }) => {
      const { runList } = await import("../run-list.ts");
      context.end(await runList(what, options, context));
    });
};
