import type { Result, TrendPoint } from "@holdfast/core";

/** Scans over time. */
export interface Trend {
  readonly schema: "holdfast.trend/v1";
  /** time: by their times; given: as they were given, since not all say when they were made. */
  readonly order: "time" | "given";
  readonly points: readonly TrendPoint[];
}

function pointOf(file: string, { summary, frameworks, tool, time }: Result): TrendPoint {
  const gap = summary.coverage === null;
  const judged = Object.values(summary.controls).reduce((sum, count) => sum + count, 0) - summary.controls.skipped;
  const resources = Object.values(summary.resources).reduce((sum, count) => sum + count, 0);
  return {
    file,
    time: time ?? null,
    coverage: summary.coverage,
    compliance: summary.compliance,
    strictCompliance: summary.strictCompliance,
    findings: gap ? null : summary.findings,
    accepted: gap ? null : summary.accepted,
    bySeverity: gap ? null : summary.bySeverity,
    resources: gap ? null : resources,
    controls: gap ? null : judged,
    library: tool.library,
    frameworks: frameworks.map(({ id, compliance, strictCompliance, coverage }) => ({ id, compliance, strictCompliance, coverage })),
  };
}

/** Puts results in the order of their times; where not all have one, they stay as they were given. */
export function trend(results: readonly { readonly file: string; readonly result: Result }[]): Trend {
  const points = results.map(({ file, result }) => pointOf(file, result));
  const timed = points.every(({ time }) => time !== null && !Number.isNaN(Date.parse(time)));
  if (!timed) return { schema: "holdfast.trend/v1", order: "given", points };
  const sorted = points.toSorted((a, b) => Date.parse(a.time ?? "") - Date.parse(b.time ?? ""));
  return { schema: "holdfast.trend/v1", order: "time", points: sorted };
}
