import { compareSeverity, type Finding, type GateOutcome, type Result, type Score, type Severity } from "@holdfast/core";

/** The gates that were asked for. Scores are percentages. */
export interface GateRequest {
  readonly complianceThreshold?: number;
  readonly severityThreshold?: Severity;
  readonly coverageThreshold?: number;
}

const CAUSES = 10;

/** What floating point makes of a mean may miss the number that it is by so much. */
const NOISE = 1e-9;

/** A percentage as gates print it: cut, not rounded, so that 99.99 never reads as 100; with two decimals, or as many as are asked for. */
function percent(score: number, decimals: number = 2): string {
  const scale = 10 ** decimals;
  return `${Math.floor(score * scale + NOISE) / scale} %`;
}

/** As many decimals as it takes to tell two percentages apart, and at least two. */
function decimalsApart(a: number, b: number): number {
  let decimals = 2;
  while (decimals < 8 && percent(a, decimals) === percent(b, decimals)) decimals++;
  return decimals;
}

interface Scored {
  readonly subject: string;
  readonly framework?: string;
  readonly compliance: Score;
  readonly coverage: Score;
  readonly controls: ReadonlySet<string> | null;
}

/** What scores are gated: each framework that was asked for, else the scan as a whole. */
function scored(result: Omit<Result, "gates">): readonly Scored[] {
  if (result.frameworks.length === 0) {
    return [{ subject: "the scan", compliance: result.summary.compliance, coverage: result.summary.coverage, controls: null }];
  }
  return result.frameworks.map((framework) => ({
    subject: `framework ${framework.id}`,
    framework: framework.id,
    compliance: framework.compliance,
    coverage: framework.coverage,
    controls: new Set(framework.controls),
  }));
}

function openFindings(result: Omit<Result, "gates">, controls: ReadonlySet<string> | null): readonly Finding[] {
  return result.findings.filter(({ status, control }) => status === "open" && (controls === null || controls.has(control)));
}

/** How the worst controls are named in a message: the three with the most findings among those at hand. */
function because(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { control } of findings) counts.set(control, (counts.get(control) ?? 0) + 1);
  const worst = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 3);
  if (worst.length === 0) return "";
  const more = counts.size > worst.length ? ` and ${counts.size - worst.length} more controls` : "";
  return `, because of ${worst.map(([control, count]) => `${control} (${count})`).join(", ")}${more}`;
}

function thresholdOutcome(
  gate: "compliance-threshold" | "coverage-threshold",
  wanted: number,
  { subject, framework, compliance, coverage, controls }: Scored,
  result: Omit<Result, "gates">,
): GateOutcome {
  const what = gate === "compliance-threshold" ? "compliance" : "coverage";
  const actual = gate === "compliance-threshold" ? compliance : coverage;
  const about = framework === undefined ? {} : { framework };
  if (actual === null) {
    const message = `${gate} ${percent(wanted)}: no data: ${subject} has no ${what}, because nothing was evaluated`;
    return { gate, ...about, wanted, actual, outcome: "no-data", message, causes: [] };
  }
  if (actual >= wanted - NOISE) {
    return {
      gate,
      ...about,
      wanted,
      actual,
      outcome: "holds",
      message: `${gate} ${percent(wanted)} holds: the ${what} of ${subject} is ${percent(actual)}`,
      causes: [],
    };
  }
  const decimals = decimalsApart(actual, wanted);
  const findings = gate === "compliance-threshold" ? openFindings(result, controls) : [];
  const lost = result.problems.filter(({ effect }) => effect !== "degraded");
  const reason =
    gate === "compliance-threshold"
      ? because(findings)
      : `, because of ${lost.length} ${lost.length === 1 ? "problem" : "problems"}: ${lost
          .slice(0, 3)
          .map(({ code, subject }) => `${code} in ${subject}`)
          .join(", ")}`;
  return {
    gate,
    ...about,
    wanted,
    actual,
    outcome: "breached",
    message: `${gate} ${percent(wanted, decimals)} breached: the ${what} of ${subject} is ${percent(actual, decimals)}, ${percent(wanted - actual, decimals)} below${reason}`,
    causes: findings.slice(0, CAUSES).map(({ fingerprint }) => fingerprint),
  };
}

function severityOutcome(wanted: Severity, result: Omit<Result, "gates">): GateOutcome {
  const gate = "severity-threshold";
  if (result.summary.coverage === null) {
    return { gate, wanted, actual: null, outcome: "no-data", message: `${gate} ${wanted}: no data: nothing was evaluated`, causes: [] };
  }
  const findings = openFindings(result, null).filter(({ severity }) => severity !== "unknown" && compareSeverity(severity, wanted) <= 0);
  const worst = findings[0];
  if (worst === undefined) {
    return { gate, wanted, actual: null, outcome: "holds", message: `${gate} ${wanted} holds: no open finding is as severe`, causes: [] };
  }
  return {
    gate,
    wanted,
    actual: worst.severity,
    outcome: "breached",
    message: `${gate} ${wanted} breached: ${findings.length} open ${findings.length === 1 ? "finding is" : "findings are"} as severe or more${because(findings)}`,
    causes: findings.slice(0, CAUSES).map(({ fingerprint }) => fingerprint),
  };
}

/** Judges the gates that were asked for, in the order compliance, severity, coverage. Findings of the result must be sorted, worst first. */
export function judgeGates(request: GateRequest, result: Omit<Result, "gates">): readonly GateOutcome[] {
  const outcomes: GateOutcome[] = [];
  const { complianceThreshold, severityThreshold, coverageThreshold } = request;
  if (complianceThreshold !== undefined) {
    for (const one of scored(result)) outcomes.push(thresholdOutcome("compliance-threshold", complianceThreshold, one, result));
  }
  if (severityThreshold !== undefined) outcomes.push(severityOutcome(severityThreshold, result));
  if (coverageThreshold !== undefined) {
    for (const one of scored(result)) outcomes.push(thresholdOutcome("coverage-threshold", coverageThreshold, one, result));
  }
  return outcomes;
}
