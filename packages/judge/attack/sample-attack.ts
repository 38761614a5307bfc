// Small attack tracks for tests, and what tests ask of the chains that come of them.
import type { Attack, AttackStep, AttackTrack, Control, Evaluation, Finding } from "@holdfast/core";
import { judge } from "../judge.ts";
import { sampleControl, sampleEvaluation, type SampleControl } from "../sample-evaluation.ts";

/** A step of a track. */
function step(name: string, next: readonly AttackStep[] = [], checksVulnerabilities = false): AttackStep {
  return { name, checksVulnerabilities, next };
}

/** One step behind the first. */
export const DENIAL: AttackTrack = { name: "denial", start: step("In", [step("Down")]) };
/** Two ways on behind a second step. */
export const FORK: AttackTrack = { name: "fork", start: step("In", [step("Run", [step("Node"), step("Net")])]) };
/** The second step is opened by vulnerable images too. */
export const IMAGE: AttackTrack = { name: "image", start: step("In", [step("Run", [step("Node"), step("Net")], true)]) };

/** A control that stands in the way of steps, each written `track/step`. */
export function stands(id: string, score: number, ...steps: readonly string[]): Control {
  const attackTracks = steps.map((one) => ({ track: one.split("/")[0] ?? "", categories: [one.split("/")[1] ?? ""] }));
  return { ...sampleControl(id, score), attackTracks };
}

/** How the findings of a test chain, and the findings themselves. */
export interface Judged {
  readonly attack: Attack;
  readonly findings: readonly Finding[];
}

/** Judges an evaluation. */
export function judged(evaluation: Evaluation): Judged {
  const { attack, findings } = judge(evaluation, { version: "test", gates: {} });
  if (attack === undefined) throw new Error("a new result always says how findings chain");
  return { attack, findings };
}

/** Judges so many pods by controls, with these tracks. */
export function chained(
  pods: number,
  tracks: readonly AttackTrack[],
  controls: readonly SampleControl[],
  more: Partial<Evaluation> = {},
): Judged {
  return judged(sampleEvaluation(pods, controls, { attackTracks: tracks, ...more }));
}

/** The chains of a workload as texts: `track: step > step`, with a question mark where a step is not known. */
export function chainTexts({ attack }: Judged, place = 0): readonly string[] {
  return (attack.workloads[place]?.tracks ?? []).flatMap(({ track, steps, chains }) =>
    chains.map((chain) => {
      const names = chain.steps.map((at) => `${attack.tracks[track]?.steps[at]?.name}${steps[at]?.status === "unknown" ? "?" : ""}`);
      return `${attack.tracks[track]?.name}: ${names.join(" > ")}`;
    }),
  );
}

/** The states of the steps of a workload's track. */
export function statuses({ attack }: Judged, place = 0, track = 0): readonly string[] {
  return attack.workloads[place]?.tracks[track]?.steps.map(({ status }) => status) ?? [];
}

/** Control and resource of each finding of a workload's fix. */
export function fixOf({ attack, findings }: Judged, place = 0): readonly string[] {
  return (attack.workloads[place]?.fix.findings ?? []).map((at) => `${findings[at]?.control} on ${findings[at]?.resource}`);
}

/** Stands at the beginning of each track. */
export const IN: Control = stands("C-1", 7, "denial/In", "fork/In", "image/In");
export const DOWN: Control = stands("C-2", 8, "denial/Down");
export const RUN: Control = stands("C-3", 5, "fork/Run", "image/Run");
export const NODE: Control = stands("C-4", 9, "fork/Node", "image/Node");
export const NET: Control = stands("C-5", 4, "fork/Net", "image/Net");
