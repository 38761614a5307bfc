import { existsSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { Environment } from "../environment.ts";
import { UsageError } from "../usage-error.ts";
import { readSettingsFile, SETTINGS_FILE, type Setting } from "./settings-file.ts";

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

/** Where a command has only some of what a file of settings is for. */
export interface SettledPart {
  /** Makes the command that the file is for. */
  readonly known: () => Command;
  /** The options that are set, by their long names without dashes; all that the command has, where they aren't named. */
  readonly only?: ReadonlySet<string>;
}

/**
 * Sets the options that were not given on the command line to what the environment says, and those that it doesn't name to what the file of settings says: returns which of the
 * file's count. Throws `UsageError`. A start without either loads nothing.
 */
export async function settleOptions(
  command: Command,
  { workingFolder, settings: all }: Environment,
  part?: SettledPart,
): Promise<readonly Setting[]> {
  const isSet = (key: string): boolean => part?.only?.has(key) !== false;
  const settings = all.filter(({ key }) => isSet(key));
  const config = givenConfig(command);
  const named = typeof config === "string" ? config : undefined;
  const reads = named !== undefined || (config === true && existsSync(path.join(workingFolder, SETTINGS_FILE)));
  if (!reads && settings.length === 0) return [];
  const { applySettings, applyVariables } = await import("./apply-settings.ts");
  applyVariables(command, settings);
  if (!reads) return [];
  const file = await readSettingsFile(named, workingFolder);
  return file === null ? [] : applySettings(command, file.settings, file.shown, { known: part?.known(), isSet });
}

/** What is wrong with a command line may be wrong with what it does not show: settings of the file or the environment. */
export function withWhence(error: unknown, command: Command): unknown {
  if (!(error instanceof UsageError)) return error;
  const sources = new Set(command.options.map((option) => command.getOptionValueSource(option.attributeName())));
  const from = [sources.has("config") ? "the file of settings" : [], sources.has("env") ? "the environment" : []].flat();
  if (from.length === 0) return error;
  return new UsageError(
    `${error.message}\nSome options come from ${from.join(" and ")}: \`holdfast config view\` shows each, and what sets it.`,
    {
      cause: error,
    },
  );
}
