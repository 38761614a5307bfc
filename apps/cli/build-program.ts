import { Command } from "commander";
import type { CommandContext } from "./commands/define.ts";
import { commands } from "./commands/list.ts";

const EXAMPLES = "\nExamples:\n  holdfast scan deploy/\n  holdfast scan framework nsa deploy/\n  holdfast explain C-0057";

/** How a command is called: `holdfast scan framework`. */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

/** Makes a command and all below it throw instead of ending the process, and say what is wrong as the rest of Holdfast does. */
function tame(command: Command, context: CommandContext): void {
  command
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp({ minWidthToWrap: 30 })
    .showHelpAfterError(`\`${commandPath(command)} --help\` shows how it is used.`)
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /u, "holdfast: ")),
    });
  for (const one of command.commands) tame(one, context);
}

/**
 * The program's commands, arguments and options, ready to parse these arguments: what a command takes is added where they name it, and that of all commands where they
 * name none. Parsing runs the command that is named with the context, and throws commander's `CommanderError` on wrong usage, which it has told the user by then, and
 * after help and version.
 */
export async function buildProgram(context: CommandContext, args: readonly string[]): Promise<Command> {
  const program = new Command("holdfast")
    .description("Finds what is wrong with a Kubernetes estate, points at the line to edit, and never says more than it knows.")
    .version(context.version, "-V, --version", "print the version")
    .helpCommand(true)
    .addHelpText("after", EXAMPLES);
  const named = commands.some(({ name }) => args.includes(name));
  for (const { name, description, load } of commands) {
    const command = program.command(name).description(description);
    if (!named || args.includes(name)) (await load())(command, context, args);
  }
  tame(program, context);
  return program;
}
