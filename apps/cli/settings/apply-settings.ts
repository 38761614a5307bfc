import { InvalidArgumentError, type Command, type Option } from "commander";
import { nearestNames } from "@holdfast/core";
import { listOptions } from "../scan-options/list.ts";
import { UsageError } from "../usage-error.ts";
import type { Setting, SettingValue } from "./settings-file.ts";
import type { VariableSetting } from "./variables.ts";

/** Options that say where settings come from, or what is asked at the moment (to loosen a lock, say): they are given on the command line only. */
const NOT_SETTINGS: ReadonlySet<string> = new Set(["config", "help", "allow-loosen"]);

/** The key of an option in a file of settings: its long name without dashes; `color` for `--no-color`. */
export function settingKey(option: Option): string {
  return (option.long ?? option.flags).replace(/^--(?:no-)?/u, "");
}

/** The options of a command that a file of settings can set. */
export function settableOptions(command: Command): readonly Option[] {
  return command.options.filter((option) => !option.hidden && !NOT_SETTINGS.has(settingKey(option)));
}

const LISTS = listOptions();

/** Whether an option makes a list of what it is given. */
export function takesList(option: Option): boolean {
  return LISTS.has(option.attributeName());
}

/** The value of an option as if a person had given these words one after the other. Throws commander's `InvalidArgumentError`. */
function parsed(option: Option, words: readonly string[]): unknown {
  const { parseArg } = option;
  let value: unknown;
  for (const word of words) {
    if (option.argChoices !== undefined && !option.argChoices.includes(word))
      throw new InvalidArgumentError(`Expected ${option.argChoices.join(", ")}.`);
    value = parseArg === undefined ? word : (parseArg as (word: string, before: unknown) => unknown)(word, value);
  }
  return value;
}

/** What an option holds when it is set to this value. Throws commander's `InvalidArgumentError`. */
export function optionValue(option: Option, value: SettingValue): unknown {
  const takesValue = option.required || option.optional;
  if (typeof value === "boolean") {
    if (option.required) throw new InvalidArgumentError("Expected a value.");
    // What may stand without a value is not asked for where it is false: whoever reads it takes that as if nothing were said.
    return value;
  }
  if (!takesValue) throw new InvalidArgumentError("Expected true or false.");
  const words = (typeof value === "object" ? value : [value]).map(String);
  // Of several values for a gate the last would count, and of none no gate would hold.
  if (words.length !== 1 && !takesList(option)) throw new InvalidArgumentError("Expected one value.");
  return parsed(option, words);
}

/** The option that a setting is about. Throws `UsageError` where there is none. */
function optionOf(command: Command, { key, line }: Setting, shown: string): Option {
  const options = settableOptions(command);
  const found = options.find((option) => settingKey(option) === key);
  if (found !== undefined) return found;
  const nearest = nearestNames(key, options.map(settingKey));
  const hint = nearest.length === 0 ? "" : `; did you mean ${nearest.join(" or ")}?`;
  throw new UsageError(`${shown}:${line}: there is no option --${key}${hint}\n\`holdfast config view\` lists all keys.`);
}

/**
 * Sets options of a command to what a file says, but for those that were given on the command line or by the environment. The file may set all options of `known`; those that
 * the command lacks, or that are not set for it, say nothing to it. Returns the settings that were set. Throws `UsageError`.
 */
export function applySettings(
  command: Command,
  settings: readonly Setting[],
  shown: string,
  { known = command, isSet = () => true }: { readonly known?: Command | undefined; readonly isSet?: (key: string) => boolean } = {},
): readonly Setting[] {
  const set: Setting[] = [];
  const own = new Set(settableOptions(command).map(settingKey).filter(isSet));
  for (const setting of settings) {
    const option = optionOf(known, setting, shown);
    const name = option.attributeName();
    try {
      const value = optionValue(option, setting.value);
      if (!own.has(setting.key)) continue;
      const outer = command.parent?.getOptionValueSource(name);
      if ([command.getOptionValueSource(name), outer].some((source) => source === "cli" || source === "env")) continue;
      command.setOptionValueWithSource(name, value, "config");
      set.push(setting);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      throw new UsageError(`${shown}:${setting.line}: ${setting.key}: ${error.message}`, { cause: error });
    }
  }
  return set;
}

/** Sets options of a command to what variables of the environment say, but for those that were given on the command line. Throws `UsageError`. */
export function applyVariables(command: Command, settings: readonly VariableSetting[]): void {
  for (const { variable, key, value } of settings) {
    const option = settableOptions(command).find((one) => settingKey(one) === key);
    if (option === undefined) continue;
    const name = option.attributeName();
    if (command.getOptionValueSource(name) === "cli" || command.parent?.getOptionValueSource(name) === "cli") continue;
    try {
      command.setOptionValueWithSource(name, optionValue(option, value), "env");
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      throw new UsageError(`the variable ${variable}: ${error.message}`, { cause: error });
    }
  }
}
