import type { Result, Severity } from "@holdfast/core";

/** The gates that were asked for; all of them must hold. Scores are percentages. */
export interface GateRequest {
  /** Of each framework that was asked for, else of the scan. */
  readonly complianceThreshold?: number;
  /** The same for strict compliance, which accepted findings do not raise. */
  readonly strictComplianceThreshold?: number;
  /** No open finding may be as severe, or more. */
  readonly severityThreshold?: Severity;
  readonly coverageThreshold?: number;
  /** The least compliance of single controls, by id. */
  readonly controlThresholds?: readonly ControlThreshold[];
  /** Controls that may have no open finding. */
  readonly failOnControls?: readonly string[];
  /** Fingerprints of findings that must be gone. */
  readonly failOnFindings?: readonly string[];
  /** No finding may be open that was not open in the baseline. */
  readonly failOnNew?: boolean;
  /** The severity threshold looks only at findings that the baseline does not have. */
  readonly newOnly?: boolean;
}

/** The least compliance of a control. */
export interface ControlThreshold {
  readonly control: string;
  readonly percent: number;
}

/** What gates look at: a result that has none yet. */
export type UngatedResult = Omit<Result, "gates">;
