import { Argument, Option } from "commander";
import type { Listed } from "../run-list.ts";
import type { DeclareCommand } from "./define.ts";

/** `holdfast list controls|frameworks|formats|parameters` */
export const declareList: DeclareCommand = (command, context) => {
  command
    .addArgument(new Argument("<what>", "what to list").choices(["controls", "frameworks", "formats", "parameters"]))
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["pretty", "json"]).default("pretty"))
    .addHelpText("after", "\nExample:\n  holdfast list controls --format json")
    .action(async (what: Listed, { format }: { format: "pretty" | "json" }) => {
      const { runList } = await import("../run-list.ts");
      context.end(await runList(what, format, context));
    });
};
