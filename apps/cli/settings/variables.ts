import type { SettingValue } from "./settings-file.ts";

/** An option that a variable of the environment sets. */
export interface VariableSetting {
  readonly variable: string;
  /** The option's long name without its dashes. */
  readonly key: string;
  readonly value: SettingValue;
}

interface Variable {
  /** Its name in the environment. */
  readonly name: string;
  readonly key: string;
  /** What its text sets the option to; null where it changes nothing. */
  readonly read: (text: string) => SettingValue | null;
  /** What that means, for the documentation. */
  readonly meaning: string;
}

const OUR_FORMATS: Readonly<Record<string, string>> = { "pretty-printer": "pretty", json: "kubescape-json" };
const text = (value: string): SettingValue => value;

/** Kubescape's variables that make sense here. */
export const KUBESCAPE_VARIABLES: readonly Variable[] = [
  { name: "KS_EXCLUDE_NAMESPACES", key: "exclude-namespaces", read: text, meaning: "its value as it is" },
  { name: "KS_INCLUDE_NAMESPACES", key: "include-namespaces", read: text, meaning: "its value as it is" },
  {
    name: "KS_FORMAT",
    key: "format",
    read: (value) => OUR_FORMATS[value] ?? value,
    meaning: "`pretty-printer` is `pretty`, and `json` is `kubescape-json`, since whoever set it reads that form",
  },
  {
    name: "KS_LOGGER",
    key: "quiet",
    read: (value) => (value === "error" || value === "fatal" ? true : null),
    meaning: "with `error` and `fatal`",
  },
];

/** The options that the environment sets. */
export function variableSettings(env: Readonly<Record<string, string | undefined>>): readonly VariableSetting[] {
  return KUBESCAPE_VARIABLES.flatMap(({ name, key, read }) => {
    const given = env[name] ?? "";
    const value = given === "" ? null : read(given);
    return value === null ? [] : [{ variable: name, key, value }];
  });
}
