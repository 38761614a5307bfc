import type { Command } from "commander";
import type { Setting } from "../settings/settings-file.ts";

/**
 * Options that a proof does without. The first two are no options of a scan. The proof names the controls itself, what an exception accepts is no fix, and a choice of
 * objects leaves open whether the finding is on another one. All others decide what is rendered and how it is judged: without them the finding may be missing from a scan in
 * which nothing was fixed.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "json",
  "history",
  "framework",
  "control",
  "exclude-control",
  "exceptions",
  "honor-inline-exceptions",
  "cluster",
  "include-namespaces",
  "exclude-namespaces",
  "include-kinds",
  "exclude-kinds",
  "selector",
  "preflight",
  "show-inputs",
  "last-commit",
]);

/** Collects, while the command line is parsed, the words of the options declared so far that a proof repeats. */
export function repeatedOptions(command: Command): readonly string[] {
  const words: string[] = [];
  for (const option of command.options) {
    const name = option.name();
    if (LEFT_OUT.has(name)) continue;
    command.on(`option:${name}`, (value: string | null | undefined) => {
      words.push(`--${name}`, ...(value === null || value === undefined ? [] : [value]));
    });
  }
  return words;
}

/** The words of settings of a file that a proof repeats, where they had an effect: it is made without the file, whose gates and outputs are not the proof's. */
export function repeatedSettings(settings: readonly Setting[], hadEffect: (key: string) => boolean): readonly string[] {
  return settings
    .filter(({ key, value }) => !LEFT_OUT.has(key) && value !== false && hadEffect(key))
    .flatMap(({ key, value }) => (value === true ? [`--${key}`] : [value].flat().flatMap((one) => [`--${key}`, String(one)])));
}
