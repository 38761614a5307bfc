import { InvalidArgumentError } from "commander";
import { severity } from "../option-values.ts";
import type { DeclareCommand } from "./define.ts";

interface DiffOptions {
  readonly format?: "text" | "json" | "markdown";
  readonly output?: string;
  readonly failOnNew?: boolean;
  readonly severityThreshold?: "low" | "medium" | "high" | "critical";
  readonly verbose?: boolean;
  readonly color?: boolean;
}

/** `pretty` is what the text for people is called in other commands. */
function format(value: string): NonNullable<DiffOptions["format"]> {
  if (value.toLowerCase() === "pretty") return "text";
  const found = (["text", "json", "markdown"] as const).find((name) => name === value.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError("Expected text, json or markdown.");
  return found;
}

/** `holdfast diff OLD NEW`: what is new, resolved and unchanged between two scans. */
export const declareDiff: DeclareCommand = (command, context) => {
  command
    .argument("<old>", "the earlier scan: a result of Holdfast, a report of Kubescape (JSON v2), or scans of its cluster API")
    .argument("<new>", "the later scan")
    .option("-f, --format <name>", "text, json or markdown (default: text)", format)
    .option("-o, --output <file>", "write to this file")
    .option("--fail-on-new", "exit 1 when a finding is open that the earlier scan does not have, 3 when that can't be told")
    .option(
      "--severity-threshold <severity>",
      "with --fail-on-new: only findings as severe or more: low, medium, high or critical",
      severity,
    )
    .option("-v, --verbose", "list unchanged and accepted findings too")
    .option("--no-color", "no colours")
    .addHelpText("after", "\nExample:\n  holdfast diff main.json branch.json --fail-on-new --format markdown")
    .action(async (old: string, now: string, options: DiffOptions) => {
      const { runDiff } = await import("../compare/run-diff.ts");
      context.end(
        await runDiff(
          {
            old,
            now,
            format: options.format ?? "text",
            output: options.output,
            failOnNew: options.failOnNew === true,
            severity: options.severityThreshold,
            verbose: options.verbose === true,
            color: options.color !== false,
          },
          context,
        ),
      );
    });
};
