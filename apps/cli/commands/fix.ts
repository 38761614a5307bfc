import { fixOptions } from "../fix/fix-options.ts";
import { givenTo } from "../scan-options/define.ts";
import { exceptionOptions } from "../scan-options/exceptions.ts";
import { readScanOptions, scanCommand } from "../scan-options/list.ts";
import { overlayOptions } from "../scan-options/overlays.ts";
import { policyOptions } from "../scan-options/policies.ts";
import { renderingOptions } from "../scan-options/rendering.ts";
import { selectionOptions } from "../scan-options/selection.ts";
import { declareSettingsOptions, settleOptions } from "../settings/settle-options.ts";
import type { DeclareCommand } from "./define.ts";

const EXAMPLES = `
Examples:
  holdfast fix deploy/ --dry-run                   show what would change
  holdfast fix deploy/                             ask for each file
  holdfast fix deploy/ --yes --control C-0057      one control, without asking
  holdfast fix result.json --yes                   what a stored result found

Exit codes: 0 all that could be fixed is fixed, or the dry run is done,
1 something that has a fix was left as it is, 2 wrong usage, 3 no data,
4 Holdfast failed or a file could not be written.`;

/** `holdfast fix [path…]`, `holdfast fix RESULT.json` */
export const declareFix: DeclareCommand = (command, context) => {
  command.hook("preAction", async (_fix, self) => {
    await settleOptions(self, context.environment, { known: scanCommand });
  });
  command.argument("[path...]", "files and folders, or one stored result");
  fixOptions.declare(command);
  selectionOptions.declare(command);
  policyOptions.declare(command);
  renderingOptions.declare(command);
  overlayOptions.declare(command);
  exceptionOptions.declare(command);
  declareSettingsOptions(command);
  command.addHelpText("after", EXAMPLES).action(async (paths: string[], _options: unknown, self) => {
    const configuration = { ...readScanOptions(self), ...fixOptions.read(givenTo(self, fixOptions.lists)), paths };
    const { runFix } = await import("../fix/run-fix.ts");
    context.end(await runFix(configuration, context));
  });
};
