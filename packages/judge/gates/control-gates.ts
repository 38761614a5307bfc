import type { ControlResult, GateOutcome } from "@holdfast/core";
import { because, causes, counted, ofTheRest, openFindings } from "./causes.ts";
import { decimalsApart, NOISE, percentText } from "./percent-text.ts";
import type { ControlThreshold, UngatedResult } from "./request.ts";

function controlOf(id: string, { controls }: UngatedResult): ControlResult | undefined {
  return controls.find((control) => control.id === id);
}

/** Why a control has no score, for a message. */
function whyNoData(control: ControlResult | undefined): string {
  if (control === undefined) return "it was not among the controls of this scan";
  const [skip] = control.skips;
  if (control.counts.errored > 0) return "its evaluation failed";
  if (skip === undefined) return "nothing of it was evaluated";
  return `it was skipped: ${[skip.reason, skip.input ?? skip.kinds?.join(", ") ?? ""].filter((part) => part !== "").join(", ")}`;
}

/** Judges the least compliance of one control. */
export function controlThresholdGate({ control: id, percent: wanted }: ControlThreshold, result: UngatedResult): GateOutcome {
  const gate = "control-threshold";
  const control = controlOf(id, result);
  const actual = control?.compliance ?? null;
  const about = { gate, control: id, wanted, actual } as const;
  if (actual === null) {
    const message = `${gate} ${id}=${percentText(wanted)}: no data: ${id} has no compliance, because ${whyNoData(control)}`;
    return { ...about, outcome: "no-data", message, causes: [] };
  }
  if (actual >= wanted - NOISE) {
    const message = `${gate} ${id}=${percentText(wanted)} holds: the compliance of ${id} is ${percentText(actual)}${ofTheRest(result.summary.coverage, result)}`;
    return { ...about, outcome: "holds", message, causes: [] };
  }
  const decimals = decimalsApart(actual, wanted);
  const findings = openFindings(result, new Set([id]));
  const difference = `${percentText(actual, decimals)}, ${percentText(wanted - actual, decimals)} below`;
  const message = `${gate} ${id}=${percentText(wanted, decimals)} breached: the compliance of ${id} is ${difference}${because(findings, result)}`;
  return { ...about, outcome: "breached", message, causes: causes(findings) };
}

/** Judges that a control has no open finding, and that it was wholly evaluated. */
export function failOnControlGate(id: string, result: UngatedResult): GateOutcome {
  const gate = "fail-on-control";
  const control = controlOf(id, result);
  const findings = openFindings(result, new Set([id]));
  const about = { gate, control: id, wanted: 0 } as const;
  if (findings.length > 0) {
    const message = `${gate} ${id} breached: ${counted(findings.length, "finding is", "findings are")} open${because(findings, result)}`;
    return { ...about, actual: findings.length, outcome: "breached", message, causes: causes(findings) };
  }
  const { passed = 0, accepted = 0, errored = 0 } = control?.counts ?? {};
  if (passed + accepted === 0 || errored > 0) {
    return { ...about, actual: null, outcome: "no-data", message: `${gate} ${id}: no data: ${whyNoData(control)}`, causes: [] };
  }
  return {
    ...about,
    actual: 0,
    outcome: "holds",
    message: `${gate} ${id} holds: it has no open finding${ofTheRest(result.summary.coverage, result)}`,
    causes: [],
  };
}
