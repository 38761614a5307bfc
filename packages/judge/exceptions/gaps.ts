import type { ClusterInput, Evaluation, Problem } from "@holdfast/core";

/** What of the data exceptions are checked with was not read. */
export interface Gaps {
  /** What was to be read and could not be, in words. */
  readonly losses: readonly string[];
  /** The cluster that was read, of which no more was asked for than this says; null for files. */
  readonly cluster: ClusterInput | null;
}

/** Of data that were read whole. */
export const NO_GAPS: Gaps = { losses: [], cluster: null };

function isLoss({ effect }: Problem): boolean {
  return effect !== "degraded";
}

function lossText({ subject, cause, code }: Problem): string {
  return `${subject}: ${cause} (${code})`;
}

/** What was to be read and could not be, wholly or in part: any object may have stood there. */
export function lossesOf({ inputs, problems }: Pick<Evaluation, "inputs" | "problems">): readonly string[] {
  const named = problems
    .filter((problem) => isLoss(problem) && !["evaluate", "locate", "report"].includes(problem.stage))
    .map((problem) => lossText(problem));
  if (named.length > 0) return named;
  const lost = Math.max(inputs.account.lost, inputs.cluster?.account.lost ?? 0);
  return [
    ...(inputs.notExpanded ?? []).map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`),
    ...(lost === 0 ? [] : [`${lost} ${lost === 1 ? "document" : "documents"} could not be read`]),
  ];
}

/** What was read and could not be judged. */
export function errorsOf({ problems }: Pick<Evaluation, "problems">): readonly string[] {
  return problems.filter((problem) => isLoss(problem) && problem.stage === "evaluate").map((problem) => lossText(problem));
}

/** What of the data of a scan was not read. */
export function gapsOf(evaluation: Pick<Evaluation, "inputs" | "problems">): Gaps {
  return { losses: lossesOf(evaluation), cluster: evaluation.inputs.cluster ?? null };
}

/** Whether options kept objects of a cluster from being read. Of files all are read, whatever is judged of them. */
export function isNarrowed({ cluster }: Gaps): boolean {
  if (cluster === null) return false;
  const { namespaces, selector, workload, kinds } = cluster;
  return (
    namespaces.included.length > 0 ||
    namespaces.excluded.length > 0 ||
    selector !== undefined ||
    workload !== undefined ||
    kinds.some(({ state }) => state === "excluded")
  );
}

/** Why it can't be told that no object of some kinds is there; null where all were read that there are. */
export function unreadReason({ losses, cluster }: Gaps, kinds: readonly string[]): string | null {
  const [loss, ...more] = losses;
  if (loss !== undefined) return `not all could be read: ${loss}${more.length === 0 ? "" : `, and ${more.length} more`}`;
  if (cluster === null) return null;
  if (cluster.workload !== undefined) return `only ${cluster.workload} was asked for`;
  for (const kind of kinds) {
    const states = cluster.kinds.filter((one) => one.kind === kind).map(({ state }) => state);
    if (!states.includes("listed")) return `${kind} was not read of the cluster${states.length === 0 ? "" : ` (${states.join(", ")})`}`;
  }
  return null;
}
