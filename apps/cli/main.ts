// The program: runs one command, and ends with a documented exit code.
import type { ExitCode } from "@holdfast/judge";
import { packageVersion } from "./package-version.ts";
import { standardStreams } from "./standard-streams.ts";
import { versionText } from "./version-text.ts";

const FAILED: ExitCode = 4;

// Until a command has said how it ended it has not: a run that stops halfway, for whatever reason, must never look like one in which all is well.
let ended = false;
process.on("exit", () => {
  if (ended) return;
  process.exitCode = FAILED;
  standardStreams.stderr.write(
    "holdfast stopped before it was done, so nothing is known. Please report it with the command and, if you can, the input.\n",
  );
});

function end(code: ExitCode): void {
  ended = true;
  process.exitCode = code;
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const version = packageVersion();
  // The command that scripts and people ask first needs nothing of the program.
  if (words.length === 1 && words[0] === "version") {
    standardStreams.stdout.write(`${versionText(version)}\n`);
    end(0);
    return;
  }
  const { runCommand } = await import("./run-command.ts");
  await runCommand(words, version, end);
}

/** Ends when the command has; whoever starts the program says so where even this fails. */
export const done: Promise<void> = main();
