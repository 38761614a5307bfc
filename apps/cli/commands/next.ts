import type { Command } from "commander";
import { repeatedOptions } from "../compare/repeated-options.ts";
import { severalPaths } from "../option-values.ts";
import { declareInputOptions, readInputOptions, scanCommand } from "../scan-options/list.ts";
import { declareSettingsOptions, settleOptions, withWhence } from "../settings/settle-options.ts";
import type { Setting } from "../settings/settings-file.ts";
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
  const own = new Set(command.options.map((option) => option.name()));
  declareInputOptions(command);
  const repeated = repeatedOptions(command);
  const asked = new Set(command.options.map((option) => option.name()).filter((name) => !own.has(name)));
  let settings: readonly Setting[] = [];
  command.hook("preAction", async (_next, self) => {
    settings = await settleOptions(self, context.environment, { known: scanCommand, only: asked });
  });
  declareSettingsOptions(command);
  command
    .option("--no-color", "no colours")
    .addHelpText("after", "\nExample:\n  holdfast next deploy/\n  holdfast next result.json --history last-month.json")
    .action(async (paths: string[], _options: unknown, self: Command) => {
      const options = self.opts<NextOptions>();
      const { runNext } = await import("../compare/run-next.ts");
      try {
        const scan = readInputOptions(self);
        const how = { json: options.json === true, history: options.history ?? [], color: options.color !== false };
        context.end(await runNext({ paths, ...how, repeated, settings, scan }, context));
      } catch (error) {
        throw withWhence(error, self);
      }
    });
};
