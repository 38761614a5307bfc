import { writeFileSync } from "node:fs";
import path from "node:path";
import { standaloneModule, type Program } from "@holdfast/rego";
import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { UsageError } from "../usage-error.ts";
import { compileModules, describeErrors } from "./compile-sources.ts";
import { loadNamedSources, type SourceOptions } from "./source-options.ts";
import { standaloneRuntimeText } from "./standalone-runtime.ts";

/** What `holdfast rego build` is told. */
export interface RegoBuildConfiguration extends SourceOptions {
  readonly paths: readonly string[];
  /** `shop/allow` or `data.shop.allow`. */
  readonly entrypoints: readonly string[];
  readonly output: string;
}

/** The path below `data` that an entrypoint names. */
function pathOf(entrypoint: string): readonly string[] {
  return entrypoint.includes("/") || !entrypoint.startsWith("data.") ? entrypoint.split("/") : entrypoint.split(".").slice(1);
}

/** Throws a UsageError where the program has nothing to evaluate at a path. */
function demandRule(program: Program, entrypoint: string): void {
  const isRule = program.rule(pathOf(entrypoint)) !== null;
  if (isRule) return;
  const names = program.rulePaths().map((names) => names.join("/"));
  const some = names.length > 8 ? [...names.slice(0, 8), "…"] : names;
  const remedy = names.length === 0 ? "The modules have no rules." : `Name a rule or a package of the modules: ${some.join(", ")}`;
  throw new UsageError(`${entrypoint}: there is no such rule that can be evaluated\n${remedy}`);
}

/** Writes rules as an ES module that needs nothing else. Ends with 2 where sources or entrypoints are wrong. */
export async function runRegoBuild(configuration: RegoBuildConfiguration, { stderr, environment }: CommandContext): Promise<ExitCode> {
  const { paths, entrypoints: names, output } = configuration;
  const { modules, data, faults } = loadNamedSources(paths, configuration, environment.workingFolder);
  const entrypoints = names.map(pathOf);
  const { program, diagnostics } = compileModules(modules, configuration, environment.workingFolder, entrypoints);
  if (program === null || faults.length > 0) {
    stderr.write(describeErrors(diagnostics, faults, modules));
    return 2;
  }
  for (const name of names) demandRule(program, name);
  const text = standaloneModule(program, { entrypoints, data, runtime: await standaloneRuntimeText() });
  try {
    writeFileSync(path.resolve(environment.workingFolder, output), text);
  } catch (error) {
    throw new UsageError(`${output}: the module can't be written\nName a file in a folder that exists and can be written.`, {
      cause: error,
    });
  }
  return 0;
}
