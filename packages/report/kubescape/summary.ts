import type { ControlResult, FrameworkResult, Result, StatusCounts } from "@holdfast/core";
import { controlCompliance, controlStatus, meanCompliance, riskScore, severityName } from "./statuses.ts";

function resourceCounters({ passed, accepted, failed, skipped, errored }: StatusCounts): object {
  return { passedResources: passed + accepted, failedResources: failed, skippedResources: skipped + errored, excludedResources: accepted };
}

/** A control as one of `summaryDetails.controls`. */
export function controlSummary(control: ControlResult): object {
  const { id, name, score, severity, category, subCategory, counts } = control;
  const statusInfo = controlStatus(control);
  return {
    statusInfo,
    controlID: id,
    name,
    status: statusInfo.status,
    severity: severityName(severity),
    resourceIDs: {},
    ResourceCounters: resourceCounters(counts),
    subStatusCounters: { ignoredResources: counts.accepted },
    score: riskScore([{ ...control, score: 1 }]),
    complianceScore: controlCompliance(control),
    scoreFactor: score ?? 0,
    category: { id: "", name: category, ...(subCategory === undefined ? {} : { subCategory: { id: "", name: subCategory } }) },
  };
}

/** How many there are by severity; Kubescape counts no unknown ones. */
function severityCounters(controls: readonly ControlResult[], weight: (control: ControlResult) => number): object {
  const sum = (severity: string): number =>
    controls.reduce((total, control) => total + (control.severity === severity ? weight(control) : 0), 0);
  return { criticalSeverity: sum("critical"), highSeverity: sum("high"), mediumSeverity: sum("medium"), lowSeverity: sum("low") };
}

function overallStatus(controls: readonly ControlResult[]): string {
  const statuses = new Set(controls.map((control) => controlStatus(control).status));
  return statuses.has("failed") ? "failed" : statuses.has("passed") ? "passed" : "skipped";
}

/** How many resources there are of each status, each counted once by its worst. */
function figures(controls: readonly ControlResult[]): object {
  const failed = controls.filter(({ status }) => status === "failed");
  return {
    resourcesSeverityCounters: severityCounters(failed, ({ counts }) => counts.failed),
    controlsSeverityCounters: severityCounters(failed, () => 1),
    score: riskScore(controls),
    complianceScore: meanCompliance(controls),
  };
}

function frameworkSummary({ id, name, controls: ids }: FrameworkResult, byId: ReadonlyMap<string, ControlResult>): object {
  const controls = ids.flatMap((one) => byId.get(one) ?? []);
  const sums = { passed: 0, failed: 0, accepted: 0, skipped: 0, errored: 0 };
  for (const { counts } of controls) for (const status of Object.keys(sums) as (keyof StatusCounts)[]) sums[status] += counts[status];
  return {
    name: name === "" ? id : name,
    status: overallStatus(controls),
    version: "",
    controls: Object.fromEntries(controls.map((control) => [control.id, controlSummary(control)])),
    ResourceCounters: resourceCounters(sums),
    ...figures(controls),
  };
}

/** What of `summaryDetails` stands before its controls and frameworks, which are as many as the library has. */
export function overallSummary({ controls, summary }: Result): object {
  return {
    status: overallStatus(controls),
    ResourceCounters: resourceCounters(summary.resources),
    vulnerabilities: { mapsSeverityToSummary: {}, CVEs: [], packageScores: {}, images: [] },
    ...figures(controls),
  };
}

/** Each framework as one of `summaryDetails.frameworks`. */
export function* frameworkSummaries({ frameworks, controls }: Result): Iterable<object> {
  const byId = new Map(controls.map((control) => [control.id, control]));
  for (const framework of frameworks) yield frameworkSummary(framework, byId);
}

/** `scanCoverage`: which controls were not evaluated, and why; null where all were. */
export function scanCoverage({ controls }: Result): object | null {
  const missing = controls.flatMap((control) => {
    const { status, info = "" } = controlStatus(control);
    const kinds = control.skips.flatMap((skip) => skip.kinds ?? []);
    return status === "skipped" ? [{ controlID: control.id, missingGVRs: [...new Set(kinds)], reason: info }] : [];
  });
  if (missing.length === 0) return null;
  const evaluated = controls.length - missing.length;
  return {
    failedGVRPulls: [],
    notEvaluatedControls: missing,
    partialGVRPulls: [],
    policyDegradations: [],
    coverageScore: (evaluated / controls.length) * 100,
    evaluatedControls: evaluated,
    totalControls: controls.length,
    degraded: false,
    silentFailedGVRCount: 0,
    vacuousFrameworks: [],
  };
}
