import type { Evaluation, Result } from "@holdfast/core";
import { judge, worstExitCode, type ExitCode, type JudgeOptions } from "@holdfast/judge";
import type { KnownPolicies } from "@holdfast/judge/exceptions";
import { scanPosture } from "@holdfast/posture";
import { clusterOfScan, type ClusterOfScan } from "./cluster/cluster-of-scan.ts";
import type { CommandContext } from "./commands/define.ts";
import { checkGatedControls, gatesAndComparisons, loadComparisons, writeBesides } from "./compare/around-scan.ts";
import type { Comparisons } from "./compare/comparisons.ts";
import { deliverResult } from "./deliver-result.ts";
import { prepareDelivery } from "./delivery/prepare-delivery.ts";
import type { Environment } from "./environment.ts";
import { carriesException, isExceptionKind } from "./exceptions/carries-exceptions.ts";
import type { ClusterExceptions } from "./exceptions/cluster-exceptions.ts";
import type { GivenExceptions } from "./exceptions/read-exception-files.ts";
import { knownPolicies, loadPolicies, type Policies } from "./load-policies.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { openSources } from "./git/open-sources.ts";
import { outputTargets } from "./output-targets.ts";
import { Progress } from "./progress.ts";
import { renderingPorts } from "./rendering/rendering-ports.ts";
import type { ScanConfiguration } from "./scan-configuration.ts";
import { YoungSpace, compileForShortRun } from "./short-run.ts";
import { unknownNames } from "./unknown-names.ts";
import { UsageError } from "./usage-error.ts";

/** Reads the exceptions that were given before anything is scanned; null where none were. */
async function givenExceptions(
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
  { evaluation, inCluster }: EvaluatedInputs,
  given: GivenExceptions | null,
  { exceptions }: ScanConfiguration,
  known: KnownPolicies,
  environment: Environment,
): Promise<Pick<JudgeOptions, "acceptance">> {
  if (given === null && inCluster === null && !evaluation.resources.some(carriesException)) return {};
  const { accept } = await import("./exceptions/accept.ts");
  return {
    acceptance: accept({ evaluation, inCluster }, given ?? { files: [], exceptions: [] }, exceptions.honorInline, known, environment),
  };
}

/** Scans, judges, and writes every output. Returns the exit code; throws `UsageError` before anything is scanned. */
export async function runScan(configuration: ScanConfiguration, context: CommandContext): Promise<ExitCode> {
  const { environment } = context;
  // An empty word is a variable that was not set, and would mean the working folder.
  if (configuration.paths.includes("")) throw new UsageError("a path is empty: name a file or folder, or . for this one");
  const targets = outputTargets(configuration.formats, configuration.output, configuration.encryptFor !== null);
  const delivery = await prepareDelivery(configuration, environment, context.version);
  const comparisons = await loadComparisons(configuration, context);
  compileForShortRun();
  const policies = await loadPolicies(configuration, environment);
  if (configuration.cluster.preflight) {
    const { runPreflight } = await import("./cluster/run-preflight.ts");
    return runPreflight(configuration, policies, context);
  }
  checkGatedControls(configuration.gates, policies);
  const known = knownPolicies(policies);
  const given = await givenExceptions(configuration, known, environment);
  const evaluated = await evaluateInputs(configuration, policies, context);
  const result = await judged(evaluated, given, configuration, known, comparisons, context);
  const code = await deliverResult(result, targets, configuration, delivery, context);
  return worstExitCode([code, await writeBesides(result, comparisons, configuration, context)]);
}

/** What was found, and the exceptions of the cluster where one was scanned that has some. */
export interface EvaluatedInputs {
  readonly evaluation: Evaluation;
  readonly inCluster: ClusterExceptions | null;
}

/** The exceptions of a cluster; null where none is scanned, or where it knows no such objects. */
async function clusterExceptions(cluster: ClusterOfScan | null): Promise<ClusterExceptions | null> {
  if (cluster === null || !cluster.access.discovery.kinds.some(({ kind }) => isExceptionKind(kind))) return null;
  const { readClusterExceptions } = await import("./exceptions/cluster-exceptions.ts");
  return readClusterExceptions(cluster);
}

/** Loads what is to be scanned, and evaluates it. Throws `UsageError` for names that there are not and for paths that can't be read. */
export async function evaluateInputs(
  configuration: ScanConfiguration,
  policies: Policies,
  context: CommandContext,
): Promise<EvaluatedInputs> {
  const { environment, stderr } = context;
  const youngSpace = new YoungSpace();
  const progress = new Progress(stderr, environment.progress && !configuration.quiet);

  const cluster = await clusterOfScan(configuration, environment);
  const inCluster = await clusterExceptions(cluster);
  const sources = await openSources(configuration, environment, (text) => progress.show(text));
  const rendering = renderingPorts(
    { ...configuration.rendering, overlays: configuration.overlays },
    configuration.allowNetwork,
    environment,
  );
  const outcome = await scanPosture(
    {
      paths: sources.paths,
      controls: policies.controls,
      ...policies.settings,
      nameSkipped: configuration.showInputs,
      ...(cluster === null ? {} : { cluster: cluster.request }),
    },
    {
      ...policies.ports,
      files: sources.over(nodeFileSystem(() => context.stdin)),
      rendering: rendering.ports,
      ...(cluster === null ? {} : { cluster: cluster.access }),
      workingFolder: environment.workingFolder,
      onProgress: (text) => {
        youngSpace.bound();
        progress.show(text);
      },
    },
  ).finally(() => {
    rendering.close();
    sources.close();
    cluster?.close();
  });
  progress.clear();
  if ("unknown" in outcome) throw unknownNames(outcome.unknown);
  if (outcome.selected === 0) throw new UsageError("no control is left to judge: --exclude-control leaves out all that were selected");
  if (outcome.unreadablePaths.length > 0) {
    const causes = outcome.evaluation.problems
      .filter(({ subject }) => outcome.unreadablePaths.includes(subject))
      .map(({ subject, cause, code }) => `${subject}: ${cause} (${code})`);
    throw new UsageError(
      `${causes.join("\nholdfast: ")}\nNothing was scanned. Correct ${cluster === null ? "the path" : "the name"}, or leave it out.`,
    );
  }

  return { evaluation: sources.asWritten(outcome.evaluation), inCluster };
}

/** Judges what was found, with what is accepted of it. */
async function judged(
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
