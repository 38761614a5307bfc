import { writeFileSync } from "node:fs";
import path from "node:path";
import { BundleFault, standaloneModule, writeBundle, type Program } from "@holdfast/rego";
import type { ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { UsageError } from "../usage-error.ts";
import { compileModules, describeErrors } from "./compile-sources.ts";
import { keyText, loadNamedSources, type NamedSources, type SourceOptions } from "./source-options.ts";
import { standaloneRuntimeText } from "./standalone-runtime.ts";

/** What `holdfast rego build` is told. */
export interface RegoBuildConfiguration extends SourceOptions {
  readonly paths: readonly string[];
  /** An ES module, or a bundle (`.tar.gz`). */
  readonly target: "module" | "bundle";
  /** Of a module: `shop/allow` or `data.shop.allow`. */
  readonly entrypoints: readonly string[];
  readonly output: string;
  /** Of a bundle; without it that of the one bundle it is made of, if there is one. */
  readonly revision: string | undefined;
  /** The file of a private key, or a secret, to sign a bundle with. */
  readonly signingKey: string | undefined;
  readonly signingAlgorithm: string;
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

/** The bundle of these sources. It keeps what the manifests of the bundles among them say. */
async function bundleOf(
  { modules, data, bundles }: NamedSources,
  configuration: RegoBuildConfiguration,
  workingFolder: string,
): Promise<Uint8Array> {
  const { paths, revision, signingKey, signingAlgorithm, v0Compatible } = configuration;
  const [first, ...others] = bundles;
  const roots = paths.length > 0 || first === undefined ? [""] : bundles.flatMap(({ manifest }) => manifest.roots);
  const kept = first === undefined || others.length > 0 ? null : first.manifest;
  // A bundle that is made anew from one other has its files where they were.
  const nameIn = (file: string): string => (kept !== null && paths.length === 0 ? path.relative(first?.name ?? "", file) : file);
  const signing = signingKey === undefined ? {} : { signing: { key: keyText(signingKey, workingFolder), algorithm: signingAlgorithm } };
  try {
    return await writeBundle({
      modules: modules.map(({ file, source, version = v0Compatible ? "v0" : "v1" }) => ({ file: nameIn(file), source, version })),
      data,
      revision: revision ?? kept?.revision ?? "",
      roots,
      metadata: kept?.metadata ?? {},
      ...signing,
    });
  } catch (error) {
    if (error instanceof BundleFault) throw new UsageError(`${error.message}\n${error.remedy}`);
    throw error;
  }
}

/** Writes rules as an ES module that needs nothing else, or as a bundle. Ends with 2 where sources, entrypoints or keys are wrong. */
export async function runRegoBuild(configuration: RegoBuildConfiguration, { stderr, environment }: CommandContext): Promise<ExitCode> {
  const { paths, target, entrypoints: names, output } = configuration;
  if (target === "module" && names.length === 0)
    throw new UsageError(
      "a module needs an entrypoint\nName what it evaluates: --entrypoint shop/allow. A name such as bundle.tar.gz makes a bundle.",
    );
  const sources = await loadNamedSources(paths, configuration, environment.workingFolder);
  const { modules, data, faults } = sources;
  const entrypoints = names.map(pathOf);
  const { program, diagnostics } = compileModules(modules, configuration, environment.workingFolder, entrypoints);
  if (program === null || faults.length > 0) {
    stderr.write(describeErrors(diagnostics, faults, modules));
    return 2;
  }
  for (const name of names) demandRule(program, name);
  const written =
    target === "bundle"
      ? await bundleOf(sources, configuration, environment.workingFolder)
      : standaloneModule(program, { entrypoints, data, runtime: await standaloneRuntimeText() });
  try {
    writeFileSync(path.resolve(environment.workingFolder, output), written);
  } catch (error) {
    throw new UsageError(`${output}: the file can't be written\nName a file in a folder that exists and can be written.`, {
      cause: error,
    });
  }
  return 0;
}
