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

/** Adds its arguments, options and action to a command. */
export type DeclareCommand = (command: Command, context: CommandContext) => void;

/** A command of the program. What it takes is loaded only where it is called or helped with: a start is short. */
export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<DeclareCommand>;
}
