import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { compileModules, describeErrors, jsonErrors } from "./compile-sources.ts";
import { jsonText } from "./eval-formats.ts";
import { loadNamedSources, type SourceOptions } from "./source-options.ts";

/** What `holdfast rego check` is told. */
export interface RegoCheckConfiguration extends SourceOptions {
  readonly paths: readonly string[];
  readonly format: "pretty" | "json";
}

/** Parses and compiles modules, and says all that is wrong with them. Ends with 2 where something is. */
export async function runRegoCheck(
  configuration: RegoCheckConfiguration,
  { stdout, stderr, environment }: CommandContext,
): Promise<ExitCode> {
  const { paths, format } = configuration;
  const { modules, faults } = await loadNamedSources(paths, configuration, environment.workingFolder);
  const { program, diagnostics } = compileModules(modules, configuration, environment.workingFolder);
  const failed = program === null || faults.length > 0;
  if (format === "json") stdout.write(failed ? jsonText({ errors: jsonErrors(diagnostics, faults) }) : jsonText({}));
  else stderr.write(describeErrors(diagnostics, faults, modules));
  if (failed && format === "pretty") {
    const count = faults.length + diagnostics.filter(({ severity }) => severity === "error").length;
    stderr.write(`\n${count} ${count === 1 ? "error" : "errors"}\n`);
  }
  return failed ? 2 : 0;
}
