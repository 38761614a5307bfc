import type { Command } from "commander";

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
