import { readFileSync } from "node:fs";
import path from "node:path";
import { whyUnread } from "../file-reason.ts";
import { UsageError } from "../usage-error.ts";

/** The name of the file of settings in the folder that Holdfast runs in. */
export const SETTINGS_FILE = "holdfast.yaml";

export type SettingValue = string | number | boolean | readonly (string | number)[];

/** What a file of settings says of one option. */
export interface Setting {
  /** The option's long name without its dashes. */
  readonly key: string;
  readonly value: SettingValue;
  /** 1-based. */
  readonly line: number;
}

/** A file of settings as it was read. */
export interface SettingsFile {
  /** The name that messages call it by. */
  readonly shown: string;
  readonly path: string;
  /** By line. */
  readonly settings: readonly Setting[];
}

function isScalar(value: unknown): value is string | number {
  return typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
}

function isSettingValue(value: unknown): value is SettingValue {
  return isScalar(value) || typeof value === "boolean" || (Array.isArray(value) && value.every(isScalar));
}

/** The line of each key of a block mapping that is a document's root. */
function keyLines(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").entries();
  return new Map(
    [...lines].flatMap(([at, line]) => {
      const key = /^(?:"(?<quoted>[^"]+)"|'(?<single>[^']+)'|(?<bare>[A-Za-z][\w-]*))[ \t]*:(?:\s|$)/u.exec(line)?.groups;
      const name = key?.["quoted"] ?? key?.["single"] ?? key?.["bare"];
      return name === undefined ? [] : [[name, at + 1] as const];
    }),
  );
}

/** Reads a text of settings: a YAML mapping of options' long names. Throws `UsageError` for what it can't be. */
export async function parseSettings(text: string, shown: string): Promise<readonly Setting[]> {
  // Comments and blank lines are no document to the reader.
  if (text.split("\n").every((line) => /^\s*(?:#|$)/u.test(line))) return [];
  const { load, YAMLException } = await import("js-yaml");
  let document: unknown;
  try {
    document = load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new UsageError(`${shown}:${(error.mark?.line ?? 0) + 1}: it is not valid YAML: ${error.reason}`, { cause: error });
  }
  if (document === null || document === undefined) return [];
  if (typeof document !== "object" || Array.isArray(document))
    throw new UsageError(`${shown}: expected options and their values, such as \`severity-threshold: high\``);
  const lines = keyLines(text);
  return Object.entries(document).map(([key, value]: [string, unknown]) => {
    const line = lines.get(key) ?? 1;
    if (!isSettingValue(value))
      throw new UsageError(`${shown}:${line}: ${key}: expected a text, a number, true or false, or a list of texts and numbers`);
    return { key, value, line };
  });
}

/**
 * Reads the file of settings: the one that is named, else `holdfast.yaml` of the working folder; null where there is none. Throws `UsageError` where the one that is
 * named is missing, and where one can't be read.
 */
export async function readSettingsFile(named: string | undefined, workingFolder: string): Promise<SettingsFile | null> {
  const shown = named ?? SETTINGS_FILE;
  const file = path.resolve(workingFolder, shown);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (named === undefined && code === "ENOENT") return null;
    throw new UsageError(`${shown}: ${whyUnread(error)}`, { cause: error });
  }
  return { shown, path: file, settings: await parseSettings(text, shown) };
}
