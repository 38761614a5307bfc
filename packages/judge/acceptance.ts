import type { AcceptedIn, ExceptionSummary, Problem } from "@holdfast/core";

/** How a finding is accepted. Places are those in the list of exceptions. */
export interface FindingAcceptance {
  /** The exception that accepts it in every judgement; null where it is open in some. */
  readonly acceptedBy: number | null;
  /** The frameworks in whose judgement alone it is accepted, by their ids. */
  readonly acceptedIn: readonly AcceptedIn[];
}

/** What exceptions come to for one evaluation. */
export interface Acceptance {
  /** By the place of the finding in the evaluation. What is not here is open. */
  readonly findings: ReadonlyMap<number, FindingAcceptance>;
  readonly exceptions: readonly ExceptionSummary[];
  readonly problems: readonly Problem[];
}

/** That nothing is accepted. */
export const NO_ACCEPTANCE: Acceptance = { findings: new Map(), exceptions: [], problems: [] };
