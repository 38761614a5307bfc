import { InvalidArgumentError } from "commander";
import type { DeclareCommand } from "./define.ts";

interface TrendOptions {
  readonly format?: "table" | "json";
  readonly framework?: string;
  readonly color?: boolean;
}

function format(value: string): NonNullable<TrendOptions["format"]> {
  const found = (["table", "json"] as const).find((name) => name === value.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError("Expected table or json.");
  return found;
}

/** `holdfast trend RESULT…`: scores, coverage and counts over time. */
export const declareTrend: DeclareCommand = (command, context) => {
  command
    .argument("<results...>", "results of scans (scan --format json); in the order of their times, where all have one")
    .option("-f, --format <name>", "table or json (default: table)", format)
    .option("--framework <id>", "the scores of this framework")
    .option("--no-color", "no colours")
    .addHelpText("after", "\nExample:\n  holdfast trend results/*.json")
    .action(async (files: string[], options: TrendOptions) => {
      const { runTrend } = await import("../compare/run-trend.ts");
      context.end(
        await runTrend({ files, format: options.format ?? "table", framework: options.framework, color: options.color !== false }, context),
      );
    });
};
