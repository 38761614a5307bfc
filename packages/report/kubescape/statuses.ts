import type { ControlResult, Severity, Skip, Status } from "@holdfast/core";
import { skipText } from "../skip-text.ts";

/** A status in Kubescape's words. */
export interface StatusInfo {
  readonly status: "passed" | "failed" | "skipped";
  readonly subStatus?: string;
  /** One sentence; Kubescape's `info`. */
  readonly info?: string;
}

/** What is absent that only an integration brings: an agent on the nodes, the cloud's API, a scan of images. */
const INTEGRATIONS: ReadonlySet<string | undefined> = new Set([
  "host-data",
  "cloud",
  "image-vulnerabilities",
  "image-signatures",
  "service-scans",
]);

function skipped(skip: Skip | undefined): StatusInfo {
  if (skip === undefined) return { status: "skipped", subStatus: "notEvaluated" };
  const info = skip.providedBy === undefined ? skipText(skip) : `${skipText(skip)}, from ${skip.providedBy}`;
  // That nothing was there to judge is a pass to Kubescape; the sub-status tells it from one that was earned.
  if (skip.reason === "no-match") return { status: "passed", subStatus: "irrelevant", info };
  if (skip.reason !== "needs-input") return { status: "skipped", subStatus: "notEvaluated", info };
  if (skip.input === "parameters") return { status: "skipped", subStatus: "configuration", info };
  if (skip.input === "manual") return { status: "skipped", subStatus: "manual review", info };
  return { status: "skipped", subStatus: INTEGRATIONS.has(skip.input) ? "integration" : "notEvaluated", info };
}

/** A status of ours in Kubescape's words: what is accepted passed with exceptions, what errored was not evaluated. */
export function statusInfo(status: Status, skip: Skip | undefined): StatusInfo {
  if (status === "passed" || status === "failed") return { status };
  if (status === "accepted") return { status: "passed", subStatus: "w/exceptions" };
  if (status === "errored") return { status: "skipped", subStatus: "notEvaluated", info: "it could not be evaluated" };
  return skipped(skip);
}

/** The status of a control. */
export function controlStatus({ status, skips }: ControlResult): StatusInfo {
  return statusInfo(status, skips.find(({ reason }) => reason !== "no-match") ?? skips[0]);
}

/** A severity as Kubescape spells it. */
export function severityName(severity: Severity): string {
  return severity.slice(0, 1).toUpperCase() + severity.slice(1);
}

/**
 * Kubescape's compliance of a control, in percent: 100 where it passed, else the share of its resources that passed, and 0 where it has none. Resources whose
 * findings are all accepted count as passed.
 */
export function controlCompliance(control: ControlResult): number {
  if (controlStatus(control).status === "passed") return 100;
  const { passed, accepted, failed, skipped: left, errored } = control.counts;
  const all = passed + accepted + failed + left + errored;
  return all === 0 ? 0 : ((passed + accepted) / all) * 100;
}

/** Kubescape's compliance of several controls: the plain mean, 0 of none. */
export function meanCompliance(controls: readonly ControlResult[]): number {
  return controls.length === 0 ? 0 : controls.reduce((sum, control) => sum + controlCompliance(control), 0) / controls.length;
}

/** Kubescape's risk score, 0 for none: the share of failed resources, weighed by the controls' base scores. Each resource has the weight 1, since a result has no replicas. */
export function riskScore(controls: readonly ControlResult[]): number {
  let failed = 0;
  let all = 0;
  for (const { counts, score } of controls) {
    failed += counts.failed * (score ?? 0);
    all += (counts.passed + counts.accepted + counts.failed) * (score ?? 0);
  }
  return all === 0 ? 0 : (failed / all) * 100;
}
