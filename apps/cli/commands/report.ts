import type { Command } from "commander";
import { commaList, view } from "../option-values.ts";
import type { DeclareCommand } from "./define.ts";

interface ReportCommandOptions {
  readonly format?: readonly string[];
  readonly output?: string;
  readonly view?: "control" | "attack";
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** `holdfast report RESULT.json --format …`: any view of a stored result. */
export const declareReport: DeclareCommand = (command, context) => {
  command
    .argument("<result>", "the file; - for standard input")
    .option("-f, --format <names>", "output formats (see `holdfast list formats`; default: pretty)", commaList)
    .option("-o, --output <file>", "write to this file; with several formats, to files of this stem")
    .option("--view <name>", "what pretty shows: control (what failed, by control) or attack (what to fix first, by workload)", view)
    .option("-v, --verbose", "show everything: each finding, passed and skipped controls")
    .option("-q, --quiet", "show only gates that do not hold, losses and missing data")
    .option("--no-color", "no colours")
    .addHelpText(
      "after",
      "\nExample:\n  holdfast report result.json --format sarif --output result.sarif\n\nExit codes are those that the scan ended with by its gates and data; 2 where\nthe file is no result; 4 where an output could not be written.",
    )
    .action(async (file: string, _options: unknown, self: Command) => {
      const options = self.opts<ReportCommandOptions>();
      const { runReport } = await import("../run-report.ts");
      context.end(
        await runReport(
          {
            file,
            formats: options.format ?? [],
            output: options.output,
            view: options.view ?? "control",
            verbose: options.verbose === true,
            quiet: options.quiet === true,
            color: options.color !== false,
          },
          context,
        ),
      );
    });
};
