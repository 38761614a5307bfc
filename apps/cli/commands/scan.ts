import type { Command } from "commander";
import { aboveZero, commaList, mebibytes, percentage, severity, severalPaths, view } from "../option-values.ts";
import { CUSTOM_RULE_LIMITS, type ScanConfiguration } from "../scan-configuration.ts";
import type { DeclareCommand, CommandContext } from "./define.ts";

interface ScanOptions {
  readonly framework?: readonly string[];
  readonly frameworkFile?: readonly string[];
  readonly control?: readonly string[];
  readonly excludeControl?: readonly string[];
  readonly controlsConfig?: string;
  readonly useFrom?: readonly string[];
  readonly useArtifactsFrom?: readonly string[];
  readonly builtinLibrary?: boolean;
  readonly customRules?: readonly string[];
  readonly customRuleTimeout?: number;
  readonly customRuleMemory?: number;
  readonly format?: readonly string[];
  readonly output?: string;
  readonly complianceThreshold?: number;
  readonly severityThreshold?: "low" | "medium" | "high" | "critical";
  readonly coverageThreshold?: number;
  readonly view?: "control" | "attack";
  readonly allowNetwork?: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast scan deploy/                            every control, on a folder
  holdfast scan framework nsa deploy/ more.yaml    one framework
  holdfast scan control C-0057,C-0013 deploy/      two controls
  kustomize build . | holdfast scan -              what comes on standard input
  holdfast scan deploy/ --severity-threshold high  exit 1 on a high finding
  holdfast scan deploy/ --view attack              what to fix first, and why
  holdfast scan deploy/ --format pretty,sarif --output results

Exit codes: 0 all well, 1 a gate was breached, 2 wrong usage, 3 no data or too
little of it, 4 Holdfast failed or an output could not be written.`;

/** The options that `scan` and its forms share. */
function addScanOptions(command: Command): Command {
  return command
    .option("--framework <names>", "judge the controls of these frameworks (see `holdfast list frameworks`)", commaList)
    .option("--framework-file <file>", "judge the controls of a framework of your own; may be repeated", severalPaths)
    .option("--control <ids>", "judge these controls (see `holdfast list controls`)", commaList)
    .option("--exclude-control <ids>", "leave these controls out; they are shown as left out", commaList)
    .option("--controls-config <file>", "set parameters of controls: a JSON or YAML file of names and lists of values")
    .option("--use-from <files>", "judge by these policy files of Kubescape's form instead of Holdfast's own; may be repeated", commaList)
    .option("--use-artifacts-from <folder>", "the same with all policy files of a folder", severalPaths)
    .option("--builtin-library", "judge by the built-in library, even if another is installed (see `holdfast library status`)")
    .option("--custom-rules <path>", "judge by the rules in this .rego file or folder too; may be repeated", severalPaths)
    .option("--custom-rule-timeout <seconds>", "end a custom rule that takes longer (default: 10)", aboveZero)
    .option("--custom-rule-memory <MB>", "end a custom rule that needs more memory, in MiB (default: 512; at least 128)", mebibytes)
    .option("--allow-network", "ask the registries of the images who signed them (C-0236, C-0237); without it nobody is asked anything")
    .option("-f, --format <names>", "output formats (see `holdfast list formats`; default: pretty)", commaList)
    .option("-o, --output <file>", "write to this file; with several formats, to files of this stem")
    .option("--compliance-threshold <percent>", "exit 1 when compliance is below", percentage)
    .option("--severity-threshold <severity>", "exit 1 on an open finding as severe or more: low, medium, high or critical", severity)
    .option("--coverage-threshold <percent>", "exit 3 when coverage is below", percentage)
    .option("--view <name>", "what pretty shows: control (what failed, by control) or attack (what to fix first, by workload)", view)
    .option("-v, --verbose", "show everything: each finding, passed and skipped controls")
    .option("-q, --quiet", "show only gates that do not hold, losses and missing data")
    .option("--no-color", "no colours");
}

/** The options that take comma lists and may be repeated. */
type Lists = Required<
  Pick<
    ScanOptions,
    "framework" | "frameworkFile" | "control" | "excludeControl" | "useFrom" | "useArtifactsFrom" | "customRules" | "format"
  >
>;

/** Options may stand before or after the name of a form, as in `scan --quiet framework nsa`: both are read, lists are joined. */
function merged(command: Command): ScanOptions & Lists {
  const own = command.opts<ScanOptions>();
  const outer = command.parent?.name() === "scan" ? command.parent.opts<ScanOptions>() : {};
  const joined = (key: keyof Lists): readonly string[] => [...(outer[key] ?? []), ...(own[key] ?? [])];
  return {
    ...outer,
    ...own,
    framework: joined("framework"),
    frameworkFile: joined("frameworkFile"),
    control: joined("control"),
    excludeControl: joined("excludeControl"),
    useFrom: joined("useFrom"),
    useArtifactsFrom: joined("useArtifactsFrom"),
    customRules: joined("customRules"),
    format: joined("format"),
  };
}

function colorWanted(command: Command): boolean {
  const off = (one: Command | null): boolean => one?.opts<{ color?: boolean }>().color === false;
  return !off(command) && !off(command.parent);
}

async function scan(
  command: Command,
  paths: readonly string[],
  extra: Partial<Pick<ScanOptions, "framework" | "control">>,
  context: CommandContext,
): Promise<void> {
  const options = merged(command);
  const configuration: ScanConfiguration = {
    paths,
    controls: {
      frameworks: [...options.framework, ...(extra.framework ?? [])],
      controls: [...options.control, ...(extra.control ?? [])],
      excludeControls: options.excludeControl,
    },
    controlsConfig: options.controlsConfig,
    frameworkFiles: options.frameworkFile,
    builtInLibrary: options.builtinLibrary === true,
    artifacts: { files: options.useFrom, folders: options.useArtifactsFrom },
    customRules: {
      paths: options.customRules,
      timeoutSeconds: options.customRuleTimeout ?? CUSTOM_RULE_LIMITS.timeoutSeconds,
      memoryMebibytes: options.customRuleMemory ?? CUSTOM_RULE_LIMITS.memoryMebibytes,
    },
    formats: options.format,
    output: options.output,
    gates: {
      ...(options.complianceThreshold === undefined ? {} : { complianceThreshold: options.complianceThreshold }),
      ...(options.severityThreshold === undefined ? {} : { severityThreshold: options.severityThreshold }),
      ...(options.coverageThreshold === undefined ? {} : { coverageThreshold: options.coverageThreshold }),
    },
    view: options.view ?? "control",
    allowNetwork: options.allowNetwork === true,
    verbose: options.verbose === true,
    quiet: options.quiet === true,
    color: colorWanted(command),
  };
  const { runScan } = await import("../run-scan.ts");
  context.end(await runScan(configuration, context));
}

/** `holdfast scan [path…]`, `scan framework NAMES [path…]`, `scan control IDS [path…]` */
export const declareScan: DeclareCommand = (command, context) => {
  addScanOptions(command)
    .argument("[path...]", "files and folders; - for standard input")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: string[], _options: unknown, self: Command) => scan(self, paths, {}, context));
  addScanOptions(command.command("framework").description("judge the controls of one or more frameworks"))
    .argument("<names>", "ids of frameworks, with commas between them")
    .argument("[path...]", "files and folders; - for standard input")
    .addHelpText("after", "\nExample:\n  holdfast scan framework nsa deploy/ more.yaml")
    .action(async (names: string, paths: string[], _options: unknown, self: Command) =>
      scan(self, paths, { framework: commaList(names) }, context),
    );
  addScanOptions(command.command("control").description("judge one or more controls"))
    .argument("<ids>", "ids of controls, with commas between them")
    .argument("[path...]", "files and folders; - for standard input")
    .addHelpText("after", "\nExample:\n  holdfast scan control C-0057,C-0013 deploy/")
    .action(async (ids: string, paths: string[], _options: unknown, self: Command) =>
      scan(self, paths, { control: commaList(ids) }, context),
    );
};
