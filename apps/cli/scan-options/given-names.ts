import type { Command } from "commander";

/**
 * The options that a person wrote on the command line, by their long names without dashes, before a form's name or after it. What a file of settings or the environment says is for
 * all scans, and may have nothing to say to this one.
 */
export function givenNames(command: Command): ReadonlySet<string> {
  const outer = command.parent?.name() === "scan" ? [command.parent] : [];
  const given = [command, ...outer].flatMap((one) =>
    one.options.filter((option) => one.getOptionValueSource(option.attributeName()) === "cli").map((option) => option.name()),
  );
  return new Set(given);
}
