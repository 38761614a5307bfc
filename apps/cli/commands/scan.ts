import type { Command } from "commander";
import type { ControlRequest } from "@holdfast/posture";
import { commaList } from "../option-values.ts";
import { declareScanOptions, readScanOptions } from "../scan-options/list.ts";
import { UsageError } from "../usage-error.ts";
import { declareSettingsOptions, settleOptions, withWhence } from "../settings/settle-options.ts";
import type { DeclareCommand, CommandContext } from "./define.ts";

const EXAMPLES = `
Examples:
  holdfast scan deploy/                            every control, on a folder
  holdfast scan framework nsa deploy/ more.yaml    one framework
  holdfast scan control C-0057,C-0013 deploy/      two controls
  holdfast scan                                    the cluster of the current context
  holdfast scan --cluster=prod --include-namespaces shop
  holdfast scan workload shop/Deployment/catalog   one object of the cluster
  kustomize build . | holdfast scan -              what comes on standard input
  holdfast scan deploy/ --severity-threshold high  exit 1 on a high finding
  holdfast scan deploy/ --view attack              what to fix first, and why
  holdfast scan deploy/ --format pretty,sarif --output results

Exit codes: 0 all well, 1 a gate was breached, 2 wrong usage, 3 no data or too
little of it, 4 Holdfast failed or an output could not be written.`;

const PATHS = "files, folders and URLs of Git repositories; - for standard input; none for the cluster of the current context";

/** Adds the options that `scan` and its forms share. */
function withScanOptions(command: Command): Command {
  declareScanOptions(command);
  declareSettingsOptions(command);
  return command;
}

async function scan(...[command, ...rest]: Parameters<typeof judged>): Promise<void> {
  try {
    await judged(command, ...rest);
  } catch (error) {
    throw withWhence(error, command);
  }
}

async function judged(
  command: Command,
  paths: readonly string[],
  named: Partial<ControlRequest>,
  context: CommandContext,
  workload: string | null = null,
): Promise<void> {
  const { controls, cluster, ...rest } = readScanOptions(command);
  const configuration = {
    ...rest,
    paths,
    cluster: { ...cluster, workload },
    controls: {
      ...controls,
      frameworks: [...controls.frameworks, ...(named.frameworks ?? [])],
      controls: [...controls.controls, ...(named.controls ?? [])],
    },
  };
  const { runScan } = await import("../run-scan.ts");
  context.end(await runScan(configuration, context));
}

/** `holdfast scan [path…]`, `scan framework NAMES [path…]`, `scan control IDS [path…]`, `scan workload NAMESPACE/KIND/NAME` */
export const declareScan: DeclareCommand = (command, context, words) => {
  // Each form has all the options, which takes a while to declare.
  const form = (name: string): Command =>
    words.length === 0 || words.includes(name) ? withScanOptions(command.command(name)) : command.command(name);
  command.hook("preAction", async (_scan, self) => {
    await settleOptions(self, context.environment);
  });
  withScanOptions(command)
    .argument("[path...]", PATHS)
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], _options: unknown, self: Command) => scan(self, paths, {}, context));
  form("framework")
    .description("judge the controls of one or more frameworks")
    .argument("<names>", "ids of frameworks, with commas between them")
    .argument("[path...]", PATHS)
    .addHelpText("after", "\nExample:\n  holdfast scan framework nsa deploy/ more.yaml")
    .action(async (names: string, paths: string[], _options: unknown, self: Command) =>
      scan(self, paths, { frameworks: commaList(names) }, context),
    );
  form("control")
    .description("judge one or more controls")
    .argument("<ids>", "ids of controls, with commas between them")
    .argument("[path...]", PATHS)
    .addHelpText("after", "\nExample:\n  holdfast scan control C-0057,C-0013 deploy/")
    .action(async (ids: string, paths: string[], _options: unknown, self: Command) =>
      scan(self, paths, { controls: commaList(ids) }, context),
    );
  form("workload")
    .description("judge one object of a cluster, for which the right to get it is enough")
    .argument("<object>", "NAMESPACE/KIND/NAME; KIND/NAME in the context's namespace")
    .addHelpText("after", "\nExample:\n  holdfast scan workload shop/Deployment/catalog")
    .allowExcessArguments()
    .action(async (object: string, _options: unknown, self: Command) => {
      if (self.args.length > 1)
        throw new UsageError(
          `scan workload judges an object of a cluster, and ${JSON.stringify(self.args[1])} is a path\n\`holdfast scan PATH --include-kinds KIND\` judges objects of files.`,
        );
      return scan(self, [], {}, context, object);
    });
};
