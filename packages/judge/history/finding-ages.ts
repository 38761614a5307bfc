import type { Result } from "@holdfast/core";
import { daysBetween } from "../baseline/compare.ts";
import type { ScanView } from "../baseline/scan-view.ts";
import type { FindingAges } from "../next/next-step.ts";

/** How long the open findings of a result are known to be open, from earlier scans with fingerprints and times. `now` is RFC 3339. */
export function findingAges(result: Result, earlier: readonly ScanView[], now: string): FindingAges {
  const open = new Set(result.findings.filter(({ status }) => status === "open").map(({ fingerprint }) => fingerprint));
  const ages = new Map<string, number>();
  for (const { findings, time } of earlier) {
    const days = daysBetween(time, now);
    if (days === null) continue;
    for (const { fingerprint, status } of findings) {
      if (fingerprint === undefined || status !== "open" || !open.has(fingerprint)) continue;
      ages.set(fingerprint, Math.max(ages.get(fingerprint) ?? 0, days));
    }
  }
  return ages;
}
