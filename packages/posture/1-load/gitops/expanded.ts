import type { RootOutcome } from "../loaders/define.ts";

/** What came of a release or an application, and the files that went into it. */
export interface Expanded {
  readonly outcome: RootOutcome;
  readonly parts: readonly string[];
}
