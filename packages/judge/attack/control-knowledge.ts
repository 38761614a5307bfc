import type { ControlEvaluation } from "@holdfast/core";
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
  // The workloads that a control judged; null where it judges other things, and so speaks for all of them.
  readonly #judged = new Map<string, ReadonlySet<number> | null>();

  constructor(evaluations: readonly ControlEvaluation[], workloads: Workloads) {
    this.#evaluations = new Map(evaluations.map((one) => [one.control.id, one]));
    this.#workloads = workloads;
  }

  /** Whether a control, had it anything against this workload, would have a finding. */
  judged(control: string, workload: number): boolean {
    const evaluation = this.#evaluations.get(control);
    if (evaluation === undefined || !ranToItsEnd(evaluation)) return false;
    const judged = this.#workloadsOf(evaluation);
    return judged === null || judged.has(workload);
  }

  #workloadsOf({ control, evaluations }: ControlEvaluation): ReadonlySet<number> | null {
    const known = this.#judged.get(control.id);
    if (known !== undefined) return known;
    const heads = new Set<number>();
    for (const { judged } of evaluations) {
      for (const place of judged) {
        const head = this.#workloads.headOf(place);
        if (head !== null) heads.add(head);
      }
    }
    const made = heads.size === 0 ? null : heads;
    this.#judged.set(control.id, made);
    return made;
  }
}
