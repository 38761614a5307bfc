import type { Command } from "commander";
import { repeatedOptions } from "../compare/repeated-options.ts";
import { severalPaths } from "../option-values.ts";
import { declareInputOptions, readInputOptions } from "../scan-options/list.ts";
import type { DeclareCommand } from "./define.ts";

interface NextOptions {
  readonly json?: boolean;
  readonly history?: readonly string[];
  readonly color?: boolean;
}

/** `holdfast next [path… | RESULT.json]`: the single most valuable thing to fix now, and the command that proves it fixed. */
export const declareNext: DeclareCommand = (command, context) => {
  command
    .argument("[path...]", "files and folders to scan, or one stored result; the working folder where none is named")
    .option("--json", "as JSON")
    .option("--history <result>", "an earlier result: since when findings are open counts too; may be repeated", severalPaths);
  declareInputOptions(command);
  const repeated = repeatedOptions(command);
  command
    .option("--no-color", "no colours")
    .addHelpText("after", "\nExample:\n  holdfast next deploy/\n  holdfast next result.json --history last-month.json")
    .action(async (paths: string[], _options: unknown, self: Command) => {
      const options = self.opts<NextOptions>();
      const { runNext } = await import("../compare/run-next.ts");
      context.end(
        await runNext(
          {
            paths,
            json: options.json === true,
            history: options.history ?? [],
            repeated,
            color: options.color !== false,
            scan: readInputOptions(self),
          },
          context,
        ),
      );
    });
};
