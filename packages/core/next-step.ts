import type { Severity } from "./result.ts";

/** The single most valuable thing to do. */
export interface NextStep {
  /** fix: an edit is ready; choose: a person must decide first; none: no fix can be derived. */
  readonly action: "fix" | "choose" | "none";
  /** The worst of what it clears. */
  readonly severity: Severity;
  /** Ids of the controls, of the worst finding first. */
  readonly controls: readonly string[];
  /** Fingerprints of the findings that it clears, the worst first. */
  readonly findings: readonly string[];
  /** How many chains of attack are gone with it, and of how many objects. */
  readonly breaks: { readonly chains: number; readonly workloads: number };
  /** Whole days that the oldest of the findings is known to be open; null where that is not known. */
  readonly ageDays: number | null;
  /** Whether that is all that opens a step of an attack: there may be several edits then. */
  readonly edits: number;
}
