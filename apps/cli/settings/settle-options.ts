import { existsSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { Environment } from "../environment.ts";
import { SETTINGS_FILE } from "./settings-file.ts";

/** Adds the options that say which file of settings is read. */
export function declareSettingsOptions(command: Command): void {
  command
    .option("--config <file>", `read options from this file instead of ${SETTINGS_FILE} in the working folder`)
    .option("--no-config", `read no file of settings, though ${SETTINGS_FILE} is there`);
}

/** What was said of --config, before or after a form's name: a file, false for --no-config, true where nothing was said. */
function givenConfig(command: Command): string | boolean {
  const own = command.opts<{ config?: string | boolean }>().config ?? true;
  return own === true && command.parent !== null ? (command.parent.opts<{ config?: string | boolean }>().config ?? true) : own;
}

/**
 * Sets the options that were not given on the command line to what the environment says, and those that it doesn't name to what the file of settings says. Throws
 * `UsageError`. A start without either loads nothing. `known` makes the command that the file is for, where this is another one that has some of its options.
 */
export async function settleOptions(command: Command, { workingFolder, settings }: Environment, known?: () => Command): Promise<void> {
  const config = givenConfig(command);
  const named = typeof config === "string" ? config : undefined;
  const reads = named !== undefined || (config === true && existsSync(path.join(workingFolder, SETTINGS_FILE)));
  if (!reads && settings.length === 0) return;
  const { applySettings, applyVariables } = await import("./apply-settings.ts");
  applyVariables(command, settings);
  if (!reads) return;
  const { readSettingsFile } = await import("./settings-file.ts");
  const file = await readSettingsFile(named, workingFolder);
  if (file !== null) applySettings(command, file.settings, file.shown, known?.());
}
