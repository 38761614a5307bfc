import type { ControlEvaluation, Evaluation } from "@holdfast/core";
import type { Workloads } from "./workloads.ts";

/** What of a control was evaluated, whoever was judged by it. */
function ranToItsEnd({ evaluations, errors, skips }: ControlEvaluation): boolean {
  if (errors.length > 0 || skips.some(({ reason }) => reason === "needs-input" || reason === "excluded")) return false;
  // A control that can't apply here finds nothing, and that is known.
  return evaluations.length > 0 || (skips.length > 0 && skips.every(({ reason }) => reason === "not-applicable"));
}

/** Tells which controls can say of which workload that they found nothing. Absence of data is not health: where this is false, nobody knows. */
export class ControlKnowledge {
  readonly #evaluations: ReadonlyMap<string, ControlEvaluation>;
  readonly #workloads: Workloads;
  // By control: 1 at the place of each workload that it can speak of, 0 elsewhere.
  readonly #judged = new Map<string, Uint8Array>();
  readonly #resources: number;

  constructor({ controls, resources }: Pick<Evaluation, "controls" | "resources">, workloads: Workloads) {
    this.#evaluations = new Map(controls.map((one) => [one.control.id, one]));
    this.#workloads = workloads;
    this.#resources = resources.length;
  }

  /** Whether a control, had it anything against this workload, would have a finding. */
  judged(control: string, workload: number): boolean {
    let judged = this.#judged.get(control);
    if (judged === undefined) {
      judged = this.#judgedBy(this.#evaluations.get(control));
      this.#judged.set(control, judged);
    }
    return judged[workload] === 1;
  }

  #judgedBy(evaluation: ControlEvaluation | undefined): Uint8Array {
    const marks = new Uint8Array(this.#resources);
    if (evaluation === undefined || !ranToItsEnd(evaluation)) return marks;
    let any = false;
    for (const { judged } of evaluation.evaluations) {
      for (const place of judged) {
        const head = this.#workloads.headOf(place);
        if (head === null) continue;
        marks[head] = 1;
        any = true;
      }
    }
    // One that judges other things, such as accounts, speaks for every workload.
    return any ? marks : marks.fill(1);
  }
}
