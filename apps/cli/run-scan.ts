import path from "node:path";
import type { Result } from "@holdfast/core";
import { judge, worstExitCode, type ExitCode, type JudgeOptions } from "@holdfast/judge";
import type { KnownPolicies } from "@holdfast/judge/exceptions";
import type { CommandContext } from "./commands/define.ts";
import { checkGatedControls, gatesAndComparisons, loadComparisons, writeBesides } from "./compare/around-scan.ts";
import type { Comparisons } from "./compare/comparisons.ts";
import { deliverResult } from "./deliver-result.ts";
import { prepareDelivery } from "./delivery/prepare-delivery.ts";
import type { Environment } from "./environment.ts";
import { evaluateInputs, type EvaluatedInputs } from "./evaluate-inputs.ts";
import { carriesException } from "./exceptions/carries-exceptions.ts";
import type { GivenExceptions } from "./exceptions/read-exception-files.ts";
import { knownPolicies, loadPolicies, type Policies } from "./load-policies.ts";
import { checkOptionsFit, showOptionsWithoutEffect } from "./options-without-effect.ts";
import { outputTargets } from "./output-targets.ts";
import type { ScanConfiguration } from "./scan-configuration.ts";
import type { OutputTarget } from "./write-outputs.ts";
import { compileForShortRun } from "./short-run.ts";
import { UsageError } from "./usage-error.ts";

/** Reads the exceptions that were given before anything is scanned; null where none were. */
export async function givenExceptions(
  { exceptions }: ScanConfiguration,
  known: KnownPolicies,
  { workingFolder }: Environment,
): Promise<GivenExceptions | null> {
  if (exceptions.paths.length === 0) return null;
  const { loadExceptionFiles } = await import("./exceptions/read-exception-files.ts");
  return loadExceptionFiles(exceptions.paths, known, workingFolder);
}

/** What is accepted of what a scan found. Nothing is loaded for a scan that has to do with no exceptions. */
async function acceptance(
  evaluated: EvaluatedInputs,
  given: GivenExceptions | null,
  { exceptions }: ScanConfiguration,
  known: KnownPolicies,
  environment: Environment,
): Promise<Pick<JudgeOptions, "acceptance">> {
  const { evaluation, inCluster, exceptionFiles } = evaluated;
  const found = inCluster !== null || exceptionFiles.length > 0 || evaluation.resources.some(carriesException);
  if (given === null && !found) return {};
  const { accept } = await import("./exceptions/accept.ts");
  return {
    acceptance: accept(evaluated, given ?? { files: [], exceptions: [] }, exceptions.honorInline, known, environment),
  };
}

/** Throws `UsageError` where two outputs would go to one file: the later would take the place of the earlier. */
function checkApart(targets: readonly OutputTarget[], { gateReport, ratchet }: ScanConfiguration, { workingFolder }: Environment): void {
  const seen = new Set<string>();
  const written = [...targets.map(({ file }) => file), gateReport, ratchet?.file];
  for (const file of written) {
    if (file === null || file === undefined) continue;
    const target = path.resolve(workingFolder, file);
    if (seen.has(target)) throw new UsageError(`${file}: two outputs would go to this file: name another for one of them`);
    seen.add(target);
  }
}

/** Scans, judges, and writes every output. Returns the exit code; throws `UsageError` before anything is scanned. */
export async function runScan(configuration: ScanConfiguration, context: CommandContext): Promise<ExitCode> {
  const { environment } = context;
  // An empty word is a variable that was not set, and would mean the working folder.
  if (configuration.paths.includes("")) throw new UsageError("a path is empty: name a file or folder, or . for this one");
  checkOptionsFit(configuration);
  const targets = outputTargets(configuration.formats, configuration.output, configuration.encryptFor !== null);
  checkApart(targets, configuration, environment);
  const delivery = await prepareDelivery(configuration, environment, context.version);
  const comparisons = await loadComparisons(configuration, context);
  compileForShortRun();
  const policies = await loadPolicies(configuration, environment);
  if (configuration.cluster.preflight) {
    const { runPreflight } = await import("./cluster/run-preflight.ts");
    return runPreflight(configuration, policies, context);
  }
  const result = await scanFor(configuration, policies, comparisons, context);
  const code = await deliverResult(result, targets, configuration, delivery, context);
  return worstExitCode([code, await writeBesides(result, delivery.shown(result), comparisons, configuration, delivery.seal, context)]);
}

/** Scans and judges. Throws `UsageError`. */
export async function scanFor(
  configuration: ScanConfiguration,
  policies: Policies,
  comparisons: Comparisons | null,
  context: CommandContext,
): Promise<Result> {
  checkGatedControls(configuration.gates, policies);
  const known = knownPolicies(policies);
  const given = await givenExceptions(configuration, known, context.environment);
  const evaluated = await evaluateInputs(configuration, policies, context);
  showOptionsWithoutEffect(configuration, evaluated.evaluation, context);
  return judged(evaluated, given, configuration, known, comparisons, context);
}

/** Judges what was found, with what is accepted of it. */
export async function judged(
  evaluated: EvaluatedInputs,
  given: GivenExceptions | null,
  configuration: ScanConfiguration,
  known: KnownPolicies,
  comparisons: Comparisons | null,
  { environment, version }: CommandContext,
): Promise<Result> {
  return judge(evaluated.evaluation, {
    version,
    ...(environment.time === undefined ? {} : { time: environment.time }),
    ...gatesAndComparisons(configuration, comparisons),
    ...(await acceptance(evaluated, given, configuration, known, environment)),
  });
}
