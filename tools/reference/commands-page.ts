import { buildProgram, commandPath } from "../../apps/cli/build-program.ts";

type Command = Awaited<ReturnType<typeof buildProgram>>;
type Argument = Command["registeredArguments"][number];
type Option = Command["options"][number];

const HEAD = `# Commands and options

<!-- Made by tools/generate-reference.ts from the program's own definitions in apps/cli/commands. Change those, then run \`node tools/node24.cjs tools/generate-reference.ts\`. -->

\`holdfast <command> --help\` says the same. Options may stand before or after paths; what follows \`--\` is a path even when it begins with a dash. An option that
takes several names takes them with commas between them, and may be repeated. What a run ends with is in [exit codes](exit-codes.md), what it can report in
[problems](problems.md).
`;

const TAIL = `
## Environment

| variable | effect |
|---|---|
| \`SOURCE_DATE_EPOCH\` | the time that results carry, in whole seconds since 1970. Without it a result has no time, so that the same input gives the same bytes |
| \`NO_COLOR\`, \`FORCE_COLOR\` | no colours, colours; else there are colours on a terminal |
| \`COLUMNS\` | the width of the output where standard output is no terminal, from 20 to 200; else 100 |
| \`HOLDFAST_HIDE_KEY\` | makes the pseudonyms of \`--hide\` the same in every scan |
| \`HOLDFAST_ENCRYPTION_KEY\` | the passphrase of \`--encrypt\` and \`decrypt\`; \`KUBESCAPE_MASTER_KEY\` is read where it is not set |
| \`HOLDFAST_SUBMIT_TOKEN\` | sent with a result that \`--submit\` sends |
| \`KS_EXCLUDE_NAMESPACES\`, \`KS_INCLUDE_NAMESPACES\`, \`KS_FORMAT\`, \`KS_LOGGER\` | Kubescape's: see [coming from Kubescape](../from-kubescape.md) |
| \`CI\` | when it is set, no progress is shown |
| \`GITHUB_STEP_SUMMARY\` | the file to which \`--format github\` adds the summary of a build; GitHub sets it |
`;

/** The program with nothing behind it: it is described, never run. */
async function describedProgram(): Promise<Command> {
  const { stdout, stderr } = process;
  const context = {
    environment: {
      workingFolder: "/",
      width: 100,
      color: false,
      progress: false,
      time: undefined,
      registryLogins: undefined,
      stepSummary: undefined,
      dataFolder: "",
      variables: {},
      kubeconfigs: [],
      dockerConfig: "",
      settings: [],
    },
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    version: "0.0.0",
    end: () => {},
  };
  return buildProgram(context, []);
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function choices({ argChoices }: Option | Argument): string {
  return argChoices === undefined ? "" : `: ${argChoices.map((each) => `\`${each}\``).join(", ")}`;
}

function defaultText({ defaultValue }: Option): string {
  return typeof defaultValue === "string" ? `; default: \`${defaultValue}\`` : "";
}

function argumentRow(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "…" : ""}`;
  return `| \`${name}\`${argument.required ? "" : ", optional"} | ${cell(argument.description)}${choices(argument)} |`;
}

function optionRow(option: Option): string {
  return `| \`${cell(option.flags)}\` | ${cell(option.description)}${choices(option)}${defaultText(option)} |`;
}

function table(heads: readonly [string, string], rows: readonly string[]): readonly string[] {
  return rows.length === 0 ? [] : [`| ${heads[0]} | ${heads[1]} |`, "|---|---|", ...rows, ""];
}

/** What a command's help says behind the lists: examples and exit codes. */
function afterText(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (piece) => (text += piece) });
  command.outputHelp();
  return text.slice(command.helpInformation().length).trim();
}

/** Examples go into a code block, other paragraphs stay prose. */
function afterLines(command: Command): readonly string[] {
  return afterText(command)
    .split("\n\n")
    .filter((paragraph) => paragraph !== "")
    .flatMap((paragraph) => {
      const [title = "", ...examples] = paragraph.split("\n");
      if (!/^Examples?:$/u.test(title)) return [paragraph.replaceAll("\n", " "), ""];
      return [title, "", "```", ...examples.map((each) => each.replace(/^ {2}/u, "")), "```", ""];
    });
}

function commandSection(command: Command): readonly string[] {
  const name = commandPath(command);
  return [
    `## ${name}`,
    "",
    `\`${`${name} ${command.usage()}`.replaceAll("...", "…")}\``,
    "",
    sentence(command.description()),
    "",
    ...table(["argument", "meaning"], command.registeredArguments.map(argumentRow)),
    ...table(["option", "meaning"], command.options.filter(({ hidden }) => !hidden).map(optionRow)),
    ...afterLines(command),
    ...command.commands.flatMap(commandSection),
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

/** The reference of commands, arguments and options, as Markdown. */
export async function commandsPage(): Promise<string> {
  return `${HEAD}\n${commandSection(await describedProgram())
    .join("\n")
    .trimEnd()}\n${TAIL}`;
}
