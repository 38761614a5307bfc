import { Option, type Command } from "commander";
import { InvalidArgumentError } from "commander";
import { AUDIT_VERDICTS, type AuditVerdict } from "@holdfast/judge/exceptions";
import { commaList, severalPaths } from "../option-values.ts";
import { declareInputOptions, readInputOptions } from "../scan-options/list.ts";
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
function judging(command: Command): Command {
  command.argument("[path...]", "files and folders to scan; - for standard input");
  declareInputOptions(command);
  return command;
}

function configurationOf(command: Command, paths: readonly string[]): ScanConfiguration {
  return { ...readInputOptions(command), paths };
}

function declareAudit(parent: Command, context: CommandContext): void {
  judging(
    parent.command("audit").description("say what each exception accepts now, what would return without it, and what speaks against it"),
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
      context.end(await runAudit(configurationOf(self, paths), request, context));
    });
}

function declareAdd(parent: Command, context: CommandContext): void {
  const add = parent
    .command("add")
    .description("write an exception for the object and control of a finding")
    .argument("<fingerprint>", "the finding's fingerprint, or how it begins");
  judging(add)
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
      context.end(await runAdd(configurationOf(self, paths), { ...options, fingerprint }, context));
    });
}

/** `holdfast exceptions list|audit|add|convert|prune` */
export const declareExceptions: DeclareCommand = (command, context) => {
  command.addHelpText("after", "\nExample:\n  holdfast exceptions audit deploy/ --exceptions exceptions/");
  command
    .command("list")
    .description("list the exceptions of files and folders, and what is wrong with them")
    .argument("<path...>", "files and folders")
    .option("--custom-rules <path>", "know the rules in this .rego file or folder too; may be repeated", severalPaths)
    .option("--framework-file <file>", "know this framework of your own too; may be repeated", severalPaths)
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["pretty", "json"]).default("pretty"))
    .addHelpText("after", "\nExample:\n  holdfast exceptions list exceptions/")
    .action(async (paths: string[], _options: unknown, self: Command) => {
      const { runListExceptions } = await import("../exceptions/run-list-exceptions.ts");
      context.end(
        await runListExceptions(configurationOf(self, []), paths, self.opts<{ readonly format: "pretty" | "json" }>().format, context),
      );
    });
  declareAudit(command, context);
  declareAdd(command, context);
  command
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
      context.end(await runConvert(configurationOf(self, []), { paths, to, output }, context));
    });
  judging(command.command("prune").description("propose to remove exceptions that are expired, without effect or shadowed, as a diff"))
    .option("--write", "remove them")
    .addHelpText("after", "\nExample:\n  holdfast exceptions prune deploy/ --exceptions exceptions/ > prune.diff")
    .action(async (paths: string[], _options: unknown, self: Command) => {
      const { runPrune } = await import("../exceptions/run-prune.ts");
      context.end(await runPrune(configurationOf(self, paths), self.opts<{ readonly write?: boolean }>().write === true, context));
    });
};
