import { compareSeverity, type ComparedFinding, type Comparison, type Finding, type GateOutcome, type Severity } from "@holdfast/core";
import { becauseOf, comparedText, counted } from "./causes.ts";
import type { UngatedResult } from "./request.ts";

const CAUSES = 10;

/** The open findings that the baseline does not have, worst first. None where there is no baseline. */
export function newFindings({ findings, comparison }: UngatedResult): readonly Finding[] {
  const compared = comparison?.findings.filter(({ status }) => status === "new") ?? [];
  const prints = new Set(compared.map(({ fingerprint }) => fingerprint));
  return findings.filter(({ fingerprint }) => prints.has(fingerprint));
}

/**
 * The findings that leave open whether there are new ones: open ones of which nobody can say, and those of the baseline that this scan did not look for, since who looks
 * at less finds nothing new. What was accepted then says nothing.
 */
export function incomparableFindings(comparison: Comparison | undefined): readonly ComparedFinding[] {
  return comparison?.findings.filter(({ status, was }) => status === "incomparable" && was !== "accepted") ?? [];
}

/** Why there may be new findings that the scan could not see; null where it saw all that the baseline's saw, or where that is not known. */
export function whyUnseenNew(comparison: Comparison | undefined): string | null {
  const inWhat = (what: string, [first, ...more]: readonly string[] = []): readonly string[] =>
    first === undefined ? [] : [`in what ${what}: ${first}${more.length === 0 ? "" : ` and ${more.length} more`}`];
  const unseen = [
    ...inWhat("could not be read", comparison?.lost),
    ...inWhat("ignore files leave out now, and the baseline's scan read", comparison?.ignored),
  ];
  return unseen.length === 0 ? null : `new findings may be ${unseen.join("; and ")}`;
}

/** What else a gate on new findings is told. */
interface NewFindingsRequest {
  /** False where the scan evaluated nothing. */
  readonly evaluated: boolean;
  /** Only findings as severe as this, or more, count. */
  readonly severity?: Severity;
}

/**
 * Judges that there is no new finding. What can't be compared is no data: neither an open finding of which nobody can say whether it is new, nor one of the baseline
 * that this scan did not look for, nor what it could not read, since who looks at less finds nothing new.
 */
export function newFindingsGate(comparison: Comparison | undefined, { evaluated, severity }: NewFindingsRequest): GateOutcome {
  const gate = "fail-on-new";
  const noData = (why: string): GateOutcome => ({
    gate,
    wanted: 0,
    actual: null,
    outcome: "no-data",
    message: `${gate}: no data: ${why}`,
    causes: [],
  });
  if (comparison === undefined) return noData("there is no baseline to compare with");
  if (!evaluated) return noData("nothing was evaluated");
  const counts = (one: ComparedFinding): boolean =>
    severity === undefined || (one.severity !== "unknown" && compareSeverity(one.severity, severity) <= 0);
  const { file } = comparison.baseline;
  const found = comparison.findings.filter((one) => one.status === "new" && counts(one));
  const about = { gate, wanted: 0, actual: found.length } as const;
  if (found.length > 0) {
    const message = `${gate} breached: ${counted(found.length, "finding is", "findings are")} not in ${file}${becauseOf(found.map(comparedText))}`;
    return { ...about, outcome: "breached", message, causes: found.flatMap(({ fingerprint }) => fingerprint ?? []).slice(0, CAUSES) };
  }
  const unknown = incomparableFindings(comparison).filter(counts);
  const [first] = unknown;
  if (first !== undefined) {
    return noData(`${counted(unknown.length, "finding")} can't be compared with ${file}: ${comparedText(first)}: ${first.why ?? ""}`);
  }
  const unseen = whyUnseenNew(comparison);
  if (unseen !== null) return noData(unseen);
  return { ...about, outcome: "holds", message: `${gate} holds: every open finding is in ${file}`, causes: [] };
}
