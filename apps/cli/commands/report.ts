import type { Command } from "commander";
import { deliveryOptions } from "../scan-options/delivery.ts";
import { outputOptions } from "../scan-options/outputs.ts";
import { givenNames } from "../scan-options/given-names.ts";
import { givenTo } from "../scan-options/define.ts";
import { scanCommand } from "../scan-options/list.ts";
import { declareSettingsOptions, settleOptions } from "../settings/settle-options.ts";
import type { DeclareCommand } from "./define.ts";

/** What a file of settings sets here: who may read what is written holds for every output. Which formats there are and where they go is what this command is given. */
const SET_BY_FILE: ReadonlySet<string> = new Set(["hide", "encrypt", "recipient"]);

/** `holdfast report RESULT.json --format …`: any view of a stored result. */
export const declareReport: DeclareCommand = (command, context) => {
  command.hook("preAction", async (_report, self) => {
    await settleOptions(self, context.environment, { known: scanCommand, only: SET_BY_FILE });
  });
  command.argument("<result>", "the file; - for standard input");
  outputOptions.declare(command);
  deliveryOptions.declare(command);
  declareSettingsOptions(command);
  command
    .addHelpText(
      "after",
      "\nExample:\n  holdfast report result.json --format sarif --output result.sarif\n\nExit codes are those that the scan ended with by its gates and data; 2 where\nthe file is no result; 4 where an output could not be written.",
    )
    .action(async (file: string, _options: unknown, self: Command) => {
      const configuration = {
        file,
        given: givenNames(self),
        ...outputOptions.read(givenTo(self, outputOptions.lists)),
        ...deliveryOptions.read(givenTo(self, deliveryOptions.lists)),
      };
      const { runReport } = await import("../run-report.ts");
      context.end(await runReport(configuration, context));
    });
};
