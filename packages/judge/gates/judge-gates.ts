import type { GateOutcome } from "@holdfast/core";
import { controlThresholdGate, failOnControlGate } from "./control-gates.ts";
import { findingGate } from "./finding-gate.ts";
import { newFindingsGate } from "./new-findings.ts";
import { ratchetGate } from "./ratchet-gate.ts";
import type { GateRequest, UngatedResult } from "./request.ts";
import { scoreGates } from "./score-gates.ts";
import { severityGate } from "./severity-gate.ts";

/** Judges the gates that were asked for; all of them must hold. Findings of the result must be sorted, worst first. */
export function judgeGates(request: GateRequest, result: UngatedResult): readonly GateOutcome[] {
  const { complianceThreshold, strictComplianceThreshold, severityThreshold, coverageThreshold } = request;
  return [
    ...(complianceThreshold === undefined ? [] : scoreGates("compliance-threshold", complianceThreshold, result)),
    ...(strictComplianceThreshold === undefined ? [] : scoreGates("strict-compliance-threshold", strictComplianceThreshold, result)),
    ...(severityThreshold === undefined ? [] : [severityGate(severityThreshold, request.newOnly === true, result)]),
    ...(coverageThreshold === undefined ? [] : scoreGates("coverage-threshold", coverageThreshold, result)),
    ...(request.controlThresholds ?? []).map((threshold) => controlThresholdGate(threshold, result)),
    ...(request.failOnControls ?? []).map((control) => failOnControlGate(control, result)),
    ...(request.failOnFindings ?? []).map((fingerprint) => findingGate(fingerprint, result)),
    ...(request.failOnNew === true ? [newFindingsGate(result.comparison, { evaluated: result.summary.coverage !== null })] : []),
    ...(result.ratchet === undefined ? [] : [ratchetGate(result.ratchet, result)]),
  ];
}
