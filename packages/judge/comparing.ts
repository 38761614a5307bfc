// What the package exports beside judgement itself: a scan that is compared with nothing and held against nothing loads none of it.
export type { IsThere } from "./baseline/covered-files.ts";
export { baselineOf, compareScans, daysBetween } from "./baseline/compare.ts";
export { readForeignBaseline, type ForeignBaseline } from "./baseline/read-foreign-baseline.ts";
export { resultView } from "./baseline/result-view.ts";
export type { ScanView } from "./baseline/scan-view.ts";
export { readLock, type LockFault, type ReadLock } from "./ratchet/read-lock.ts";
export { applyRatchet, type RatchetOutcome, type RatchetRequest } from "./ratchet/ratchet.ts";
export { gateReport, type GateCause, type GateReport } from "./gates/gate-report.ts";
export { newFindingsGate } from "./gates/new-findings.ts";
export { trend, type Trend } from "./history/trend.ts";
export { findingAges } from "./history/finding-ages.ts";
export { nextStep, type Next } from "./next/next-step.ts";
export { notHeld } from "./ratchet/not-held.ts";
