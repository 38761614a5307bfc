import type { Finding, Result } from "@holdfast/core";
import type { FixedFinding } from "../fix-report.ts";

/** What a stored result found, to be found again in the files as they are now. */
export interface StoredFindings {
  /** What to scan. */
  readonly paths: readonly string[];
  /** Whether a finding of today's scan is one of those that were stored. */
  readonly has: (result: Result, finding: Finding) => boolean;
  /** The value that the stored result has for a field which a person must choose; undefined where it has none. */
  readonly valueFor: (result: Result, finding: Finding, path: string) => unknown;
  /** Of what was stored, what today's scan does not find. `known` are the ids of the controls that it judged. */
  readonly stale: (result: Result, known: ReadonlySet<string>) => readonly FixedFinding[];
}

const STALE = "it is not found any more: it was fixed since, or the file is gone";
const UNKNOWN = "the control is not known here";

/** What is said of a finding that is stored and not found. */
export function staleFinding(
  finding: Pick<FixedFinding, "fingerprint" | "control" | "name" | "resource" | "file">,
  isKnown: boolean,
): FixedFinding {
  return {
    ...finding,
    outcome: "stale",
    reason: isKnown ? STALE : UNKNOWN,
    remedy: isKnown ? "Scan again to see what is left." : "Give --custom-rules, --use-from and the like as the scan had them.",
  };
}
