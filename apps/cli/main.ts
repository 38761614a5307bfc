// The program: reads its arguments and environment once, runs one command, and ends with a documented exit code.
import { CommanderError } from "commander";
import type { ExitCode } from "@holdfast/judge";
import { withBareOptions } from "./bare-options.ts";
import { buildProgram } from "./build-program.ts";
import type { CommandContext } from "./commands/define.ts";
import { readEnvironment } from "./environment.ts";
import { fromKubescape } from "./kubescape/from-kubescape.ts";
import { packageVersion } from "./package-version.ts";
import { UsageError } from "./usage-error.ts";

const USAGE: ExitCode = 2;
const FAILED: ExitCode = 4;

// Until a command has said how it ended it has not: a run that stops halfway, for whatever reason, must never look like one in which all is well.
let ended = false;
process.on("exit", () => {
  if (ended) return;
  process.exitCode = FAILED;
  process.stderr.write(
    "holdfast stopped before it was done, so nothing is known. Please report it with the command and, if you can, the input.\n",
  );
});

function end(code: ExitCode): void {
  ended = true;
  process.exitCode = code;
}

async function main(): Promise<void> {
  const environment = readEnvironment(process);
  const { stdout, stderr } = process;
  const context: CommandContext = {
    environment,
    version: packageVersion(),
    end,
    // Standard input is opened by whoever reads it: that takes time.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
  };
  const args = withBareOptions(fromKubescape(process.argv.slice(2)));
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
    process.stderr.write(`${await safeText(`holdfast: ${error.message}`)}\n`);
    return USAGE;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  process.stderr.write(
    `${await safeText(`holdfast failed: ${message}`)}\nThis is a fault of Holdfast, not of your manifests. Please report it with the command and, if you can, the input.\n`,
  );
  return FAILED;
}

// A reader of our output that has seen enough (`| head`) ends the run without a word.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.exitCode = FAILED;
  });
}

try {
  await main();
} catch (error) {
  end(await failure(error));
}
