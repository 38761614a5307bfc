import { compareSeverity, type GateOutcome, type Severity } from "@holdfast/core";
import { because, causes, comparedText, counted, ofTheRest, openFindings } from "./causes.ts";
import { incomparableFindings, newFindings, whyUnseenNew } from "./new-findings.ts";
import type { UngatedResult } from "./request.ts";

/** What is said of findings that nobody has rated. */
function unrated(findings: readonly { readonly severity: Severity }[]): string {
  const count = findings.filter(({ severity }) => severity === "unknown").length;
  return count === 0 ? "" : `; ${counted(count, "finding")} of unknown severity ${count === 1 ? "counts" : "count"} for no threshold`;
}

/**
 * Judges the severity threshold: no open finding may be as severe. With `newOnly` it looks only at findings that the baseline does not have; what can't be
 * compared is no data, as for the gate on new findings, since a gate that can't see must not say yes. An unknown severity breaches nothing.
 */
export function severityGate(wanted: Severity, newOnly: boolean, result: UngatedResult): GateOutcome {
  const gate = "severity-threshold";
  const about = { gate, ...(newOnly ? { newOnly: true as const } : {}), wanted } as const;
  const subject = newOnly ? "new finding" : "open finding";
  const name = `${gate} ${wanted}${newOnly ? " of new findings" : ""}`;
  const noData = (why: string): GateOutcome => ({
    ...about,
    actual: null,
    outcome: "no-data",
    message: `${name}: no data: ${why}`,
    causes: [],
  });
  if (result.summary.coverage === null) return noData("nothing was evaluated");
  const severe = ({ severity }: { readonly severity: Severity }): boolean =>
    severity !== "unknown" && compareSeverity(severity, wanted) <= 0;
  const considered = newOnly ? newFindings(result) : openFindings(result, null);
  const findings = considered.filter(severe);
  const worst = findings[0];
  if (worst !== undefined) {
    const message = `${name} breached: ${counted(findings.length, `${subject} is`, `${subject}s are`)} as severe or more${because(findings, result)}`;
    return { ...about, actual: worst.severity, outcome: "breached", message, causes: causes(findings) };
  }
  const unknown = newOnly ? incomparableFindings(result.comparison).filter(severe) : [];
  const first = unknown[0];
  if (first !== undefined)
    return noData(`${counted(unknown.length, "finding")} as severe or more can't be compared: ${comparedText(first)}: ${first.why ?? ""}`);
  const unseen = newOnly ? whyUnseenNew(result.comparison) : null;
  if (unseen !== null) return noData(unseen);
  return {
    ...about,
    actual: null,
    outcome: "holds",
    message: `${name} holds: no ${subject} is as severe${unrated(considered)}${ofTheRest(result.summary.coverage, result)}`,
    causes: [],
  };
}
