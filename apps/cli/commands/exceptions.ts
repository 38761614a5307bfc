import { Option, type Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { ExitCode } from "@holdfast/judge";
import { AUDIT_VERDICTS, type AuditVerdict } from "@holdfast/judge/exceptions";
import { commaList, severalPaths } from "../option-values.ts";
import { declareInputOptions, readInputOptions, scanCommand } from "../scan-options/list.ts";
import { declareSettingsOptions, settleOptions, withWhence } from "../settings/settle-options.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import type { CommandContext, DeclareCommand } from "./define.ts";

function verdicts(value: string, earlier: readonly AuditVerdict[] = []): readonly AuditVerdict[] {
  const names = commaList(value).map((name) => {
    const verdict = AUDIT_VERDICTS.find((one) => one === name);
    if (verdict === undefined) throw new InvalidArgumentError(`Expected ${AUDIT_VERDICTS.join(", ")}.`);
    return verdict;
  });
  return [...earlier, ...names];
}

/** A time that an exception ends at, as RFC 3339: a day, a whole time, or so many days from now on (`90d`), which is left to whoever has a clock. */
function expiry(value: string): string {
  if (/^[1-9]\d{0,3}d$/u.test(value)) return value;
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(value) ? `${value}T00:00:00Z` : value;
  const date = new Date(time);
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/u.test(time) ||
    Number.isNaN(date.getTime()) ||
    (time.endsWith("Z") && date.toISOString() !== time.replace("Z", ".000Z"))
  )
    throw new InvalidArgumentError(
      "Expected a day such as 2027-01-31, a time such as 2027-01-31T12:00:00Z, or a number of days such as 90d.",
    );
  return time;
}

/** Adds the paths and the options of `scan` that say what is judged. */
function judging(command: Command, context: CommandContext): Command {
  command.argument("[path...]", "files and folders to scan; - for standard input");
  declareInputOptions(command);
  settled(command, new Set(command.options.map((option) => option.name())), context);
  return command;
}

/** Lets a file of settings and the environment set these options: others of the command may have the names of options of `scan`, and mean something else. */
function settled(command: Command, only: ReadonlySet<string>, context: CommandContext): void {
  command.hook("preAction", async (_command, self) => {
    await settleOptions(self, context.environment, { known: scanCommand, only });
  });
  declareSettingsOptions(command);
}

/** Ends the command with the code that the work gives. */
async function ended(command: Command, context: CommandContext, work: () => Promise<ExitCode>): Promise<void> {
  try {
    context.end(await work());
  } catch (error) {
    throw withWhence(error, command);
  }
}

/** What exceptions may name beside the library: the only options of a scan where nothing is judged. */
const OF_NAMES: ReadonlySet<string> = new Set(["custom-rules", "framework-file"]);

function configurationOf(command: Command, paths: readonly string[]): ScanConfiguration {
  return { ...readInputOptions(command), paths };
}

function declareAudit(parent: Command, context: CommandContext): void {
  judging(
    parent.command("audit").description("say what each exception accepts now, what would return without it, and what speaks against it"),
    context,
  )
    .option("--fail-on <verdicts>", `exit 1 where an exception is one of these: ${AUDIT_VERDICTS.join(", ")}`, verdicts)
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["pretty", "json"]).default("pretty"))
    .addHelpText(
      "after",
      "\nExamples:\n  holdfast exceptions audit deploy/ --exceptions exceptions/\n  holdfast exceptions audit deploy/ --exceptions exceptions/ --fail-on inert,expired,over-broad\n\nExit codes: 0 none of --fail-on was found, 1 one was, 2 wrong usage or a faulty\nexception, 3 nothing was judged, or something could not be read.",
    )
    .action(async (paths: string[], _options: unknown, self: Command) => {
      const options = self.opts<{
        readonly failOn?: readonly AuditVerdict[];
        readonly format: "pretty" | "json";
      }>();
      const { runAudit } = await import("../exceptions/run-audit.ts");
      const request = { failOn: options.failOn ?? [], format: options.format };
      await ended(self, context, async () => runAudit(configurationOf(self, paths), request, context));
    });
}

function declareAdd(parent: Command, context: CommandContext): void {
  const add = parent
    .command("add")
    .description("write an exception for the object and control of a finding")
    .argument("<fingerprint>", "the finding's fingerprint, or how it begins");
  judging(add, context)
    .requiredOption("--reason <text>", "why it is accepted")
    .option("--result <file>", "the stored result (from scan --format json) that has the finding, instead of a scan")
    .option("--expires <when>", "when it ends: 2027-01-31, a time in RFC 3339, or 90d", expiry)
    .option("--author <name>", "who answers for it")
    .option("--name <name>", "its name (default: made of the control and the object)")
    .addOption(
      new Option(
        "--to <form>",
        "the form: an object of Kubernetes, or a policy (default: policy for files that end in .json, else crd)",
      ).choices(["crd", "policy"]),
    )
    .option("-o, --output <file>", "add it to this file (default: print it)")
    .addHelpText(
      "after",
      '\nExample:\n  holdfast exceptions add 3f2a91bc deploy/ --reason "Its cache moves to a volume in release 3." --expires 90d --output exceptions/frontend.yaml',
    )
    .action(async (fingerprint: string, paths: string[], _options: unknown, self: Command) => {
      const options = self.opts<{
        readonly reason: string;
        readonly result?: string;
        readonly expires?: string;
        readonly author?: string;
        readonly name?: string;
        readonly to?: "crd" | "policy";
        readonly output?: string;
      }>();
      const { runAdd } = await import("../exceptions/run-add.ts");
      await ended(self, context, async () => runAdd(configurationOf(self, paths), { ...options, fingerprint }, context));
    });
}

/** `holdfast exceptions list|audit|add|convert|prune` */
export const declareExceptions: DeclareCommand = (command, context) => {
  command.addHelpText("after", "\nExample:\n  holdfast exceptions audit deploy/ --exceptions exceptions/");
  const list = command
    .command("list")
    .description("list the exceptions of files and folders, and what is wrong with them")
    .argument("<path...>", "files and folders")
    .option("--custom-rules <path>", "know the rules in this .rego file or folder too; may be repeated", severalPaths)
    .option("--framework-file <file>", "know this framework of your own too; may be repeated", severalPaths)
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["pretty", "json"]).default("pretty"))
    .addHelpText("after", "\nExample:\n  holdfast exceptions list exceptions/")
    .action(async (paths: string[], _options: unknown, self: Command) => {
      const { runListExceptions } = await import("../exceptions/run-list-exceptions.ts");
      const { format } = self.opts<{ readonly format: "pretty" | "json" }>();
      await ended(self, context, async () => runListExceptions(configurationOf(self, []), paths, format, context));
    });
  settled(list, OF_NAMES, context);
  declareAudit(command, context);
  declareAdd(command, context);
  const convert = command
    .command("convert")
    .description("write exceptions in the other form; what it can't say is an error, not a loss")
    .argument("<path...>", "files and folders of exceptions")
    .addOption(
      new Option("--to <form>", "crd: SecurityException and ClusterSecurityException; policy: Kubescape's postureExceptionPolicy")
        .choices(["crd", "policy"])
        .makeOptionMandatory(),
    )
    .option("--custom-rules <path>", "know the rules in this .rego file or folder too; may be repeated", severalPaths)
    .option("--framework-file <file>", "know this framework of your own too; may be repeated", severalPaths)
    .option("-o, --output <file>", "write to this file (default: print it)")
    .addHelpText("after", "\nExample:\n  holdfast exceptions convert exceptions.json --to crd --output exceptions.yaml")
    .action(async (paths: string[], _options: unknown, self: Command) => {
      const { to, output } = self.opts<{ readonly to: "crd" | "policy"; readonly output?: string }>();
      const { runConvert } = await import("../exceptions/run-convert.ts");
      await ended(self, context, async () => runConvert(configurationOf(self, []), { paths, to, output }, context));
    });
  settled(convert, OF_NAMES, context);
  judging(
    command.command("prune").description("propose to remove exceptions that are expired, without effect or shadowed, as a diff"),
    context,
  )
    .option("--write", "remove them")
    .addHelpText("after", "\nExample:\n  holdfast exceptions prune deploy/ --exceptions exceptions/ > prune.diff")
    .action(async (paths: string[], _options: unknown, self: Command) => {
      const { runPrune } = await import("../exceptions/run-prune.ts");
      const write = self.opts<{ readonly write?: boolean }>().write === true;
      await ended(self, context, async () => runPrune(configurationOf(self, paths), write, context));
    });
};
