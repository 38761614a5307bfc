import { CommanderError } from "commander";
import type { ExitCode } from "@holdfast/judge";
import { withBareOptions } from "./bare-options.ts";
import { buildProgram } from "./build-program.ts";
import type { CommandContext } from "./commands/define.ts";
import { readEnvironment } from "./environment.ts";
import { fromKubescape } from "./kubescape/from-kubescape.ts";
import { standardStreams } from "./standard-streams.ts";
import { UsageError } from "./usage-error.ts";

const USAGE: ExitCode = 2;
const FAILED: ExitCode = 4;

async function run(words: readonly string[], version: string, end: CommandContext["end"]): Promise<void> {
  const environment = readEnvironment(process);
  const context: CommandContext = {
    environment,
    version,
    end,
    // Streams are opened by whoever reads or writes them: that takes time.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return standardStreams.stdout;
    },
    get stderr() {
      return standardStreams.stderr;
    },
  };
  const args = withBareOptions(fromKubescape(words));
  const program = await buildProgram(context, args);
  await program.parseAsync(args, { from: "user" });
}

/** A text for the terminal that may hold names from outside: no character of theirs is obeyed. Loaded late, since most runs need it not. */
async function safeText(text: string): Promise<string> {
  const { printable } = await import("@holdfast/report");
  return text.split("\n").map(printable).join("\n");
}

/** Shows what ended the run, and says the exit code. Only a fault of Holdfast itself comes here as anything else than wrong usage. */
async function failure(error: unknown): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    // Help and version "fail" with code 0; commander has already written what is wrong.
    return error.exitCode === 0 ? 0 : USAGE;
  }
  if (error instanceof UsageError) {
    standardStreams.stderr.write(`${await safeText(`holdfast: ${error.message}`)}\n`);
    return USAGE;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  standardStreams.stderr.write(
    `${await safeText(`holdfast failed: ${message}`)}\nThis is a fault of Holdfast, not of your manifests. Please report it with the command and, if you can, the input.\n`,
  );
  return FAILED;
}

/** Runs the command that the words name; `end` is told how it ended, also where it failed. */
export async function runCommand(words: readonly string[], version: string, end: CommandContext["end"]): Promise<void> {
  try {
    await run(words, version, end);
  } catch (error) {
    end(await failure(error));
  }
}
