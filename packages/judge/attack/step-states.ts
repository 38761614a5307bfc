import type { AttackTrackSummary, Finding, StepState } from "@holdfast/core";
import type { ControlKnowledge } from "./control-knowledge.ts";

/** A state with what it takes to tell what closing the step would do. */
export interface KnownStepState extends StepState {
  /** Whether the step is broken, or accepted, once its open findings are gone; false where nobody would know. */
  readonly complete: boolean;
}

/** Places in `findings` of what stands on each step of a track, in the order of its steps. */
export type StepFindings = readonly (readonly number[])[];

function unknownState(
  { checksVulnerabilities, controls }: AttackTrackSummary["steps"][number],
  workload: number,
  knowledge: ControlKnowledge,
): Pick<StepState, "why" | "notJudged"> | null {
  // No input has data on images yet, so no scan can say that a vulnerable one is not there.
  if (checksVulnerabilities) return { why: "image-vulnerabilities" };
  if (controls.length === 0) return { why: "no-control" };
  const notJudged = controls.filter((control) => !knowledge.judged(control, workload));
  return notJudged.length === 0 ? null : { why: "not-judged", notJudged };
}

/** Whether a track can hold a chain at all: most workloads are closed at its first step, or have nothing open behind it. */
export function mayChain(
  { steps: [start] }: AttackTrackSummary,
  workload: number,
  places: StepFindings,
  knowledge: ControlKnowledge,
): boolean {
  if (start === undefined || !places.some((own, place) => place > 0 && own.length > 0)) return false;
  if ((places[0]?.length ?? 0) > 0 || start.checksVulnerabilities || start.controls.length === 0) return true;
  return !start.controls.every((control) => knowledge.judged(control, workload));
}

/** What is known of each step of a track for one workload, in the order of its steps. */
export function stepStates(
  { steps }: AttackTrackSummary,
  workload: number,
  places: StepFindings,
  findings: readonly Finding[],
  knowledge: ControlKnowledge,
): readonly KnownStepState[] {
  const states: KnownStepState[] = [];
  for (const [place, step] of steps.entries()) {
    const own = places[place] ?? [];
    const open = own.filter((finding) => findings[finding]?.status === "open");
    const unknown = unknownState(step, workload, knowledge);
    const complete = unknown === null;
    if (open.length > 0) {
      // A step stands behind the one that opens it, so that one's state is there already.
      const reached = step.after === null || states[step.after]?.status === "reached";
      states.push({ status: reached ? "reached" : "open", findings: open, complete });
    } else if (unknown !== null) states.push({ status: "unknown", findings: [], ...unknown, complete });
    else states.push({ status: own.length > 0 ? "accepted" : "broken", findings: own, complete });
  }
  return states;
}

/** Whether an open finding stands on a step. */
export function isOpen(state: StepState | undefined): boolean {
  return state?.status === "reached" || state?.status === "open";
}
