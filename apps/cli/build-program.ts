import { Command } from "commander";
import type { CommandContext } from "./commands/define.ts";
import { commands } from "./commands/list.ts";

const EXAMPLES = "\nExamples:\n  holdfast scan deploy/\n  holdfast scan framework nsa deploy/\n  holdfast explain C-0057";

/** How a command is called: `holdfast scan framework`. */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

/** Makes a command and all below it throw instead of ending the process, and say what is wrong as the rest of Holdfast does. */
function tame(command: Command): void {
  command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp({ minWidthToWrap: 30 })
    .showHelpAfterError(`\`${commandPath(command)} --help\` shows how it is used.`)
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /u, "holdfast: ")) });
  for (const one of command.commands) tame(one);
}

/**
 * The program's commands, arguments and options, ready to parse. Parsing runs the command that it names with the context, and throws commander's `CommanderError` on
 * wrong usage, which it has told the user by then, and after help and version.
 */
export function buildProgram(context: CommandContext): Command {
  const program = new Command("holdfast")
    .description("Finds what is wrong with a Kubernetes estate, points at the line to edit, and never says more than it knows.")
    .version(context.version, "-V, --version", "print the version")
    .helpCommand(true)
    .addHelpText("after", EXAMPLES);
  for (const add of commands) add(program, context);
  tame(program);
  return program;
}
