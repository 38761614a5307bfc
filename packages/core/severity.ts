import type { Severity } from "./result.ts";

/** All severities, worst first. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low", "unknown"];

/** The severity of a base score from 0 to 10: critical from 9, high from 7, medium from 4, low from 1; unknown below, and without a score. */
export function severityOf(score: number | null): Severity {
  if (score === null || score < 1) return "unknown";
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  return score >= 4 ? "medium" : "low";
}

/** Orders severities, worst first: negative where `a` is worse. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}
