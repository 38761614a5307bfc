import type { Score, SeverityCounts } from "./result.ts";

/** One scan of a history. */
export interface TrendPoint {
  /** The file that it stands in. */
  readonly file: string;
  /** RFC 3339; null where the result does not say. */
  readonly time: string | null;
  /** Null with every score and count where there was no data: a gap, never zero. */
  readonly coverage: Score;
  readonly compliance: Score;
  readonly strictCompliance: Score;
  readonly findings: number | null;
  readonly accepted: number | null;
  readonly bySeverity: SeverityCounts | null;
  /** Resources that were judged or should have been. */
  readonly resources: number | null;
  readonly controls: number | null;
  readonly library: string;
  readonly frameworks: readonly TrendFramework[];
}

/** The scores of a framework in one scan. */
export interface TrendFramework {
  readonly id: string;
  readonly compliance: Score;
  readonly strictCompliance: Score;
  readonly coverage: Score;
}
