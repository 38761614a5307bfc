import { Argument, Option } from "commander";
import type { Listed } from "../run-list.ts";
import type { AddCommand } from "./define.ts";

/** `holdfast list controls|frameworks|formats` */
export const addList: AddCommand = (program, context) => {
  program
    .command("list")
    .description("list controls, frameworks or output formats")
    .addArgument(new Argument("<what>", "what to list").choices(["controls", "frameworks", "formats"]))
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["pretty", "json"]).default("pretty"))
    .addHelpText("after", "\nExample:\n  holdfast list controls --format json")
    .action(async (what: Listed, { format }: { format: "pretty" | "json" }) => {
      const { runList } = await import("../run-list.ts");
      context.end(await runList(what, format, context));
    });
};
