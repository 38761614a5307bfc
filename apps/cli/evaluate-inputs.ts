import path from "node:path";
import type { Evaluation } from "@holdfast/core";
import { scanPosture, type FileSystem } from "@holdfast/posture";
import { clusterOfScan, type ClusterOfScan } from "./cluster/cluster-of-scan.ts";
import type { CommandContext } from "./commands/define.ts";
import { isExceptionKind } from "./exceptions/carries-exceptions.ts";
import type { ClusterExceptions } from "./exceptions/cluster-exceptions.ts";
import { openSources } from "./git/open-sources.ts";
import type { Policies } from "./load-policies.ts";
import { nodeFileSystem } from "./node-file-system.ts";
import { Progress } from "./progress.ts";
import { renderingPorts } from "./rendering/rendering-ports.ts";
import type { ScanConfiguration } from "./scan-configuration.ts";
import { YoungSpace } from "./short-run.ts";
import { unknownNames } from "./unknown-names.ts";
import { UsageError } from "./usage-error.ts";

/** What was found, and the exceptions of the cluster where one was scanned that has some. */
export interface EvaluatedInputs {
  readonly evaluation: Evaluation;
  readonly inCluster: ClusterExceptions | null;
  /** Scanned files that hold exceptions of Kubescape's form. */
  readonly exceptionFiles: readonly string[];
}

/** The exceptions of a cluster; null where none is scanned, or where it knows no such objects. */
async function clusterExceptions(cluster: ClusterOfScan | null): Promise<ClusterExceptions | null> {
  if (cluster === null || !cluster.access.discovery.kinds.some(({ kind }) => isExceptionKind(kind))) return null;
  const { readClusterExceptions } = await import("./exceptions/cluster-exceptions.ts");
  return readClusterExceptions(cluster);
}

/** Loads what is to be scanned, and evaluates it. `seen` may show other files than the machine's. Throws `UsageError` for names that there are not and for paths that can't be read. */
export async function evaluateInputs(
  configuration: ScanConfiguration,
  policies: Policies,
  context: CommandContext,
  seen: (files: FileSystem) => FileSystem = (files) => files,
): Promise<EvaluatedInputs> {
  const { environment } = context;
  const youngSpace = new YoungSpace();
  const progress = new Progress(context, environment.progress && !configuration.quiet);

  const cluster = await clusterOfScan(configuration, environment);
  const inCluster = await clusterExceptions(cluster);
  const sources = await openSources(configuration, environment, (text) => progress.show(text)).catch((error: unknown) => {
    progress.clear();
    throw error;
  });
  const { chartCache, overlays } = configuration;
  const rendering = renderingPorts(
    {
      ...configuration.rendering,
      overlays,
      ...(chartCache === undefined ? {} : { chartCache: path.resolve(environment.workingFolder, chartCache) }),
    },
    configuration.allowNetwork,
    environment,
  );
  const scanning = scanPosture(
    {
      paths: sources.paths,
      controls: policies.controls,
      ...policies.settings,
      nameSkipped: configuration.showInputs,
      ...(configuration.chosen === null ? {} : { chosen: configuration.chosen }),
      ...(cluster === null ? {} : { cluster: cluster.request }),
    },
    {
      ...policies.ports,
      files: sources.over(seen(nodeFileSystem(() => context.stdin))),
      rendering: rendering.ports,
      ...(cluster === null ? {} : { cluster: cluster.access }),
      workingFolder: environment.workingFolder,
      onProgress: (text) => {
        youngSpace.bound();
        progress.show(text);
      },
    },
  );
  const withCommits = async (): Promise<Awaited<typeof scanning>> => {
    const scanned = await scanning;
    if (!configuration.git.lastCommit || "unknown" in scanned) return scanned;
    progress.show("asking git for the last commits");
    const { withLastCommits } = await import("./git/last-commits.ts");
    return { ...scanned, evaluation: await withLastCommits(scanned.evaluation, sources.realFile, rendering.ports.tools) };
  };
  const outcome = await withCommits().finally(() => {
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
      `${[...new Set(causes)].join("\nholdfast: ")}\nNothing was scanned. Correct ${cluster === null ? "the path" : "the name"}, or leave it out.`,
    );
  }

  return { evaluation: sources.asWritten(outcome.evaluation), inCluster, exceptionFiles: outcome.exceptionFiles };
}
