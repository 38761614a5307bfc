// Loaded only where a command asks for it.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError, type Option } from "commander";
import type { ExitCode } from "@holdfast/judge";
import { nearestNames } from "@holdfast/core";
import { whyUnwritten } from "../file-reason.ts";
import type { CommandContext } from "../commands/define.ts";
import { declareScan } from "../commands/scan.ts";
import { commaList } from "../option-values.ts";
import { replaceText } from "../replace-file.ts";
import { UsageError } from "../usage-error.ts";
import { applySettings, applyVariables, optionValue, settableOptions, settingKey, takesList } from "./apply-settings.ts";
import { withSetting } from "./edit-settings.ts";
import { parseSettings, readSettingsFile, SETTINGS_FILE, type SettingValue } from "./settings-file.ts";
import { settingsSchema } from "./settings-schema.ts";

/** The command that the keys belong to, with nothing behind it. */
function scanCommand(context: CommandContext): Command {
  const scan = new Command("scan");
  declareScan(scan, context, []);
  return scan;
}

interface Row {
  readonly key: string;
  readonly value: unknown;
  /** What sets it: a file and line, a variable, or nothing. */
  readonly from: string;
}

function shownValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(", ");
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Shows each option that the environment or the file sets, and what sets it. */
export async function viewConfig(
  { config, all, json }: { readonly config?: string; readonly all?: boolean; readonly json?: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const { workingFolder, settings } = context.environment;
  const file = await readSettingsFile(config, workingFolder);
  const scan = scanCommand(context);
  applyVariables(scan, settings);
  if (file !== null) applySettings(scan, file.settings, file.shown);
  const rows = settableOptions(scan).flatMap((option): Row[] => {
    const key = settingKey(option);
    const name = option.attributeName();
    const source = scan.getOptionValueSource(name);
    const value: unknown = scan.getOptionValue(name);
    if (source === "env") return [{ key, value, from: settings.find((one) => one.key === key)?.variable ?? "the environment" }];
    if (source === "config") {
      const line = file?.settings.find((one) => one.key === key)?.line;
      return [{ key, value, from: `${file?.shown ?? SETTINGS_FILE}:${line ?? 1}` }];
    }
    return all === true ? [{ key, value, from: "default" }] : [];
  });
  if (json === true) context.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else if (rows.length === 0)
    context.stdout.write(
      `No option is set: there is no ${config ?? SETTINGS_FILE} here that sets one. \`holdfast config set KEY VALUE\` sets one, \`--all\` shows all keys.\n`,
    );
  else {
    const shown = rows.map(({ key, value, from }) => [key, shownValue(value), from] as const);
    const widths = [0, 1].map((column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
    for (const [key, value, from] of shown)
      context.stdout.write(`${key.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${from}\n`);
  }
  return 0;
}

function optionFor(scan: Command, key: string): Option {
  const options = settableOptions(scan);
  const found = options.find((option) => settingKey(option) === key);
  if (found !== undefined) return found;
  const nearest = nearestNames(key, options.map(settingKey));
  throw new UsageError(
    `there is no option --${key} to set${nearest.length === 0 ? "" : `; did you mean ${nearest.join(" or ")}?`}\n\`holdfast config view --all\` lists all keys.`,
  );
}

/** What the words of the command line are as a value in the file. */
function valueOf(option: Option, words: readonly string[]): SettingValue {
  const [only] = words;
  const takesValue = option.required || option.optional;
  if (words.length === 1 && (only === "true" || only === "false") && !option.required) return only === "true";
  if (!takesValue) throw new UsageError(`${settingKey(option)} is true or false`);
  if (takesList(option)) {
    const read = words.flatMap((word) => optionValue(option, word) as readonly unknown[]);
    // What an option makes of its words, such as the control and the score of a threshold, is not what stands in the file.
    return read.every((one) => typeof one === "string") ? read : words.flatMap((word) => commaList(word));
  }
  if (only === undefined || words.length > 1) throw new UsageError(`${settingKey(option)} takes one value`);
  return typeof optionValue(option, only) === "number" ? Number(only) : only;
}

/** Sets an option in the file, or takes it out where the words are null. All else in the file stays as it is. */
export async function setConfig(
  key: string,
  words: readonly string[] | null,
  { config }: { readonly config?: string },
  context: CommandContext,
): Promise<ExitCode> {
  const shown = config ?? SETTINGS_FILE;
  const file = path.resolve(context.environment.workingFolder, shown);
  const option = optionFor(scanCommand(context), key);
  let value: SettingValue | null = null;
  try {
    value = words === null ? null : valueOf(option, words);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`${key}: ${error.message}`, { cause: error });
  }
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw new UsageError(`${shown} can't be read`, { cause: error });
  }
  const line = (await parseSettings(text, shown)).find((one) => one.key === key)?.line;
  const changed = withSetting(text, key, line, value);
  const after = (await parseSettings(changed, shown)).find((one) => one.key === key);
  if (JSON.stringify(after?.value ?? null) !== JSON.stringify(value))
    throw new UsageError(`${shown} is written in a way that can't be changed here: set ${key} by hand`);
  try {
    await replaceText(file, changed);
  } catch (error) {
    throw new UsageError(`${shown} can't be written: ${whyUnwritten(error)}`, { cause: error });
  }
  return 0;
}

/** Prints the schema that editors check the file of settings by. */
export async function printConfigSchema(context: CommandContext): Promise<ExitCode> {
  context.stdout.write(`${JSON.stringify(settingsSchema(scanCommand(context)), null, 2)}\n`);
  return 0;
}
