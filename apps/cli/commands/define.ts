import type { Command } from "commander";
import type { ExitCode } from "@holdfast/judge";
import type { Environment } from "../environment.ts";

/** What a command is run with. */
export interface CommandContext {
  readonly environment: Environment;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly version: string;
  /** Says what the process will end with. */
  readonly end: (code: ExitCode) => void;
}

/**
 * Adds its arguments, options and action to a command. `words` are those of the command line: forms of the command that none of them names may be left without options. All are
 * declared where there are no words.
 */
export type DeclareCommand = (command: Command, context: CommandContext, words: readonly string[]) => void;

/** A command of the program. What it takes is loaded only where it is called or helped with: a start is short. */
export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<DeclareCommand>;
}
