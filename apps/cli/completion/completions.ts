// Loaded only where a shell asks.
import type { Argument, Command, Option } from "commander";
import { formats } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import { chosenFacts } from "../library/chosen-library.ts";

/** What a value of an option or argument can be, by what its help calls it; nothing where any text or a file can be. */
async function values(what: Option | Argument, context: CommandContext): Promise<readonly string[]> {
  if (what.argChoices !== undefined) return what.argChoices;
  const name = "flags" in what ? (what.long ?? what.flags) : what.name();
  const { dataFolder } = context.environment;
  if (name === "--format") return formats.map(({ id }) => id);
  if (name === "--framework" || name === "names") return (await chosenFacts(dataFolder)).frameworks.map(({ id }) => id);
  if (name === "--control" || name === "--exclude-control" || name === "ids" || name === "control")
    return (await chosenFacts(dataFolder)).controls.map(({ id }) => id);
  if (name === "--severity-threshold") return ["low", "medium", "high", "critical"];
  if (name === "--view") return ["control", "resource", "security", "namespace", "attack"];
  return [];
}

/** The candidates for a word; of a comma list its last part is completed. */
function fitting(candidates: readonly string[], word: string): readonly string[] {
  const comma = word.lastIndexOf(",") + 1;
  const [head, last] = [word.slice(0, comma), word.slice(comma).toLowerCase()];
  return candidates.filter((each) => each.toLowerCase().startsWith(last)).map((each) => `${head}${each}`);
}

interface Position {
  readonly command: Command;
  /** The option whose value the last word is. */
  readonly option: Option | undefined;
  /** How many arguments the command has been given before the last word. */
  readonly given: number;
}

/** Where the last word stands, after the words before it. */
function positionAfter(words: readonly string[], program: Command): Position {
  let command = program;
  let option: Option | undefined;
  let given = 0;
  for (const word of words) {
    // Bash takes `--option=value` apart.
    if (word === "=") continue;
    if (option !== undefined) option = undefined;
    else if (word.startsWith("-")) {
      const found = command.options.find(({ long, short }) => long === word || short === word);
      option = found?.required === true ? found : undefined;
    } else {
      const sub = command.commands.find((one) => one.name() === word);
      if (sub === undefined) given += 1;
      else [command, given] = [sub, 0];
    }
  }
  return { command, option, given };
}

/** What a word can be completed to. */
export interface Completions {
  readonly candidates: readonly string[];
  /** Whether it may be the name of a file too. */
  readonly files: boolean;
}

/**
 * What the last of these words can be completed to. The words are those behind the program's name; what the commands among them take must have been declared in the
 * program.
 */
export async function completions(words: readonly string[], program: Command, context: CommandContext): Promise<Completions> {
  const last = words.at(-1) ?? "";
  const word = last === "=" ? "" : last;
  const before = words.slice(0, -1);
  const { command, option, given } = positionAfter(before, program);
  if (option !== undefined) {
    const known = await values(option, context);
    return { candidates: fitting(known, word), files: known.length === 0 };
  }
  const assigned = /^(?<long>--[\w-]+)=(?<value>.*)$/u.exec(word)?.groups;
  if (assigned !== undefined) {
    const found = command.options.find(({ long }) => long === assigned["long"]);
    const candidates = found === undefined ? [] : fitting(await values(found, context), assigned["value"] ?? "");
    return { candidates: candidates.map((each) => `${assigned["long"]}=${each}`), files: false };
  }
  if (word.startsWith("-")) {
    const flags = command.options.flatMap(({ long, hidden }) => (hidden || long === undefined ? [] : [long]));
    return { candidates: fitting(flags, word), files: false };
  }
  const argument = command.registeredArguments[given] ?? command.registeredArguments.findLast(({ variadic }) => variadic);
  const commands = given === 0 ? command.commands.map((one) => one.name()).filter((name) => name !== "help") : [];
  const known = argument === undefined ? [] : await values(argument, context);
  return { candidates: fitting([...commands, ...known], word), files: argument !== undefined && known.length === 0 };
}
