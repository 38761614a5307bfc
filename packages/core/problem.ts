import type { Problem } from "./result.ts";

/** What a catalogue says of one code of problem. A package has one catalogue: an object from code to this. */
export interface ProblemEntry {
  readonly stage: Problem["stage"];
  readonly effect: Problem["effect"];
  /** A few words: what happened. */
  readonly title: string;
  /** When it happens and what it means for the result. */
  readonly explanation: string;
  /** What the user can do. */
  readonly remedy: string;
}

/** A package's catalogue of problems. */
export type ProblemCatalogue<Code extends string> = Readonly<Record<Code, ProblemEntry>>;

/** What a problem says beside its catalogue entry. */
export interface ProblemDetails {
  readonly subject: string;
  readonly cause: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Makes a problem from its catalogue entry and what happened this time. */
export function makeProblem<Code extends string>(catalogue: ProblemCatalogue<Code>, code: Code, details: ProblemDetails): Problem {
  const { stage, effect, remedy } = catalogue[code];
  const { subject, cause, ...place } = details;
  return { code, stage, subject, effect, cause, remedy, ...place };
}
