import type { AttackTrack, Control, Framework } from "./control.ts";
import type { Resource } from "./resource.ts";
import type { Finding, Inputs, Problem, Receipt, Skip } from "./result.ts";

/** A finding before it is judged: no exception, fingerprint or severity yet. */
export type FindingDraft = Omit<Finding, "fingerprint" | "severity" | "status" | "acceptedBy">;

/** One evaluation of a rule for a control that ran to its end. */
export interface RuleEvaluation {
  readonly receipt: Receipt;
  /** Places of the resources that counted as judged, ascending. */
  readonly judged: readonly number[];
  /** Resources that could not be judged, each with the place in `problems` of what says why. They don't pass. */
  readonly undecided?: readonly { readonly resource: number; readonly problem: number }[];
}

/** What came of one control. */
export interface ControlEvaluation {
  readonly control: Control;
  readonly evaluations: readonly RuleEvaluation[];
  /** Evaluations that failed: places in `problems`. */
  readonly errors: readonly number[];
  /** Why rules of it were not evaluated. */
  readonly skips: readonly Skip[];
}

/** What evaluation hands to judgement: facts, no scores. */
export interface Evaluation {
  readonly inputs: Inputs;
  readonly resources: readonly Resource[];
  /** Places of resources that options left out: others are judged by them, and they are not. Absent where there are none. */
  readonly leftOut?: ReadonlySet<number>;
  /** The frameworks that were asked for; empty where controls were selected one by one or all were. */
  readonly frameworks: readonly Framework[];
  /** All frameworks of the library, to say which ones a control belongs to. */
  readonly allFrameworks: readonly Framework[];
  /** All controls of the library, to say which ones stand in the way of a step of an attack. */
  readonly allControls: readonly Control[];
  readonly attackTracks: readonly AttackTrack[];
  readonly controls: readonly ControlEvaluation[];
  readonly findings: readonly FindingDraft[];
  readonly problems: readonly Problem[];
  readonly library: string;
}
