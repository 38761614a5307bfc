import type { Finding, GateOutcome, Score } from "@holdfast/core";
import { because, causes, counted, ofTheRest, openFindings } from "./causes.ts";
import { decimalsApart, NOISE, percentText } from "./percent-text.ts";
import type { UngatedResult } from "./request.ts";

type ScoreGate = "compliance-threshold" | "strict-compliance-threshold" | "coverage-threshold";

const SCORES = {
  "compliance-threshold": "compliance",
  "strict-compliance-threshold": "strictCompliance",
  "coverage-threshold": "coverage",
} as const;

const NAMES: Readonly<Record<ScoreGate, string>> = {
  "compliance-threshold": "compliance",
  "strict-compliance-threshold": "strict compliance",
  "coverage-threshold": "coverage",
};

interface Scored {
  readonly subject: string;
  readonly framework?: string;
  readonly compliance: Score;
  readonly strictCompliance: Score;
  readonly coverage: Score;
  readonly controls: ReadonlySet<string> | null;
}

/** What scores are gated: each framework that was asked for, else the scan as a whole. */
function scored({ frameworks, summary }: UngatedResult): readonly Scored[] {
  if (frameworks.length === 0) return [{ subject: "the scan", ...summary, controls: null }];
  return frameworks.map((framework) => ({
    subject: `framework ${framework.id}`,
    framework: framework.id,
    compliance: framework.compliance,
    strictCompliance: framework.strictCompliance,
    coverage: framework.coverage,
    controls: new Set(framework.controls),
  }));
}

/** The findings behind a score, worst first: for the strict one those that are accepted too. */
function behind(gate: ScoreGate, { controls, framework }: Scored, result: UngatedResult): readonly Finding[] {
  if (gate === "coverage-threshold") return [];
  if (gate === "compliance-threshold") {
    // What exceptions accept in this framework alone is not held against it.
    return openFindings(result, controls).filter(({ acceptedIn = [] }) => !acceptedIn.some((one) => one.framework === framework));
  }
  return result.findings.filter(({ control }) => controls === null || controls.has(control));
}

function reason(gate: ScoreGate, findings: readonly Finding[], result: UngatedResult): string {
  if (gate === "compliance-threshold") return because(findings, result);
  if (gate === "strict-compliance-threshold") {
    const accepted = findings.filter(({ status }) => status === "accepted").length;
    const open = findings.filter(({ status }) => status === "open");
    return `${because(open, result)}${accepted === 0 ? "" : `${open.length === 0 ? ", because of" : "; and"} ${counted(accepted, "accepted finding")}`}`;
  }
  const lost = result.problems.filter(({ effect }) => effect !== "degraded");
  const named = lost.slice(0, 3).map(({ code, subject }) => `${code} in ${subject}`);
  return `, because of ${counted(lost.length, "problem")}: ${named.join(", ")}`;
}

function outcome(gate: ScoreGate, wanted: number, scores: Scored, result: UngatedResult): GateOutcome {
  const { subject, framework } = scores;
  const what = NAMES[gate];
  const actual = scores[SCORES[gate]];
  const about = { gate, ...(framework === undefined ? {} : { framework }), wanted, actual };
  if (actual === null) {
    const why = scores.strictCompliance === null ? "nothing was evaluated" : "exceptions accept all that was judged";
    const message = `${gate} ${percentText(wanted)}: no data: ${subject} has no ${what}, because ${why}`;
    return { ...about, outcome: "no-data", message, causes: [] };
  }
  if (actual >= wanted - NOISE) {
    const rest = gate === "coverage-threshold" ? "" : ofTheRest(scores.coverage, result);
    const message = `${gate} ${percentText(wanted)} holds: the ${what} of ${subject} is ${percentText(actual)}${rest}`;
    return { ...about, outcome: "holds", message, causes: [] };
  }
  const decimals = decimalsApart(actual, wanted);
  const findings = behind(gate, scores, result);
  const difference = `${percentText(actual, decimals)}, ${percentText(wanted - actual, decimals)} below`;
  const message = `${gate} ${percentText(wanted, decimals)} breached: the ${what} of ${subject} is ${difference}${reason(gate, findings, result)}`;
  return { ...about, outcome: "breached", message, causes: causes(findings) };
}

/** Judges a threshold of a score: of each framework that was asked for, else of the scan as a whole. */
export function scoreGates(gate: ScoreGate, wanted: number, result: UngatedResult): readonly GateOutcome[] {
  return scored(result).map((scores) => outcome(gate, wanted, scores, result));
}
