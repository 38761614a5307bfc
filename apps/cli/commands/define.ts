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

/** A command of the program: it adds itself, with its arguments and options, and is loaded in full only when it runs. */
export type AddCommand = (program: Command, context: CommandContext) => void;
