import type { ComparedFinding, Finding, GateOutcome } from "@holdfast/core";
import { because, causes, counted } from "./causes.ts";
import type { UngatedResult } from "./request.ts";

/** The open findings that the baseline does not have, worst first. None where there is no baseline. */
export function newFindings({ findings, comparison }: UngatedResult): readonly Finding[] {
  const compared = comparison?.findings.filter(({ status }) => status === "new") ?? [];
  const prints = new Set(compared.map(({ fingerprint }) => fingerprint));
  return findings.filter(({ fingerprint }) => prints.has(fingerprint));
}

/** The open findings of which it is not known whether they are new. */
export function incomparableNow({ comparison }: UngatedResult): readonly ComparedFinding[] {
  return comparison?.findings.filter(({ status, side }) => status === "incomparable" && side === "now") ?? [];
}

/**
 * Judges that there is no new finding. What can't be compared is no data: neither an open finding of which nobody can say whether it is new, nor one of the baseline
 * that this scan did not look for, since who looks at less finds nothing new.
 */
export function newFindingsGate(result: UngatedResult): GateOutcome {
  const gate = "fail-on-new";
  const { comparison } = result;
  const noData = (why: string): GateOutcome => ({
    gate,
    wanted: 0,
    actual: null,
    outcome: "no-data",
    message: `${gate}: no data: ${why}`,
    causes: [],
  });
  if (comparison === undefined) return noData("there is no baseline to compare with");
  if (result.summary.coverage === null) return noData("nothing was evaluated");
  const findings = newFindings(result);
  const about = { gate, wanted: 0, actual: findings.length } as const;
  if (findings.length > 0) {
    const message = `${gate} breached: ${counted(findings.length, "finding is", "findings are")} not in ${comparison.baseline.file}${because(findings, result)}`;
    return { ...about, outcome: "breached", message, causes: causes(findings) };
  }
  const unknown = comparison.findings.filter(({ status }) => status === "incomparable");
  const first = unknown[0];
  if (first !== undefined) {
    return noData(
      `${counted(unknown.length, "finding")} can't be compared with ${comparison.baseline.file}: ${first.control} on ${first.resource.kind} ${first.resource.name}: ${first.why ?? ""}`,
    );
  }
  return { ...about, outcome: "holds", message: `${gate} holds: every open finding is in ${comparison.baseline.file}`, causes: [] };
}
