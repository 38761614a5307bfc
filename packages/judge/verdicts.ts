import type { ControlEvaluation, FindingDraft, Status, StatusCounts, Verdict } from "@holdfast/core";
import type { FindingAcceptance } from "./acceptance.ts";
import { noCounts, type Writable } from "./compliance.ts";

/** A finding with what judgement adds to it before it is placed in the result. */
export interface JudgedFinding {
  readonly draft: FindingDraft;
  readonly fingerprint: string;
  readonly status: "open" | "accepted";
  readonly acceptance: FindingAcceptance | null;
}

/** What became of one control: its verdicts, and how many resources ended in which status. */
export interface ControlVerdicts {
  readonly verdicts: readonly Verdict[];
  readonly counts: Writable<StatusCounts>;
  readonly status: Status;
}

const NO_RECEIPTS: readonly number[] = [];

/** The evaluations that judged each resource, as places in the list of receipts. */
function receiptsByResource(evaluation: ControlEvaluation, firstReceipt: number): Map<number, readonly number[]> {
  const receipts = new Map<number, readonly number[]>();
  for (const [offset, { judged }] of evaluation.evaluations.entries()) {
    // Resources that were judged by the same evaluations share one list: there may be very many of them.
    const longer = new Map<readonly number[], readonly number[]>();
    for (const resource of judged) {
      const before = receipts.get(resource) ?? NO_RECEIPTS;
      const known = longer.get(before);
      const list = known ?? [...before, firstReceipt + offset];
      if (known === undefined) longer.set(before, list);
      receipts.set(resource, list);
    }
  }
  return receipts;
}

/** The status of a control from those of its resources: a fault outweighs an evaluation that failed, and that outweighs the rest. */
function controlStatus(counts: StatusCounts): Status {
  if (counts.failed > 0) return "failed";
  if (counts.errored > 0) return "errored";
  if (counts.accepted > 0) return "accepted";
  return counts.passed > 0 ? "passed" : "skipped";
}

/**
 * The verdicts of one control. A resource passes only with a receipt of every evaluation of the control that should have judged it: where one failed, resources
 * without a finding are errored.
 */
export function controlVerdicts(evaluation: ControlEvaluation, findings: readonly JudgedFinding[], firstReceipt: number): ControlVerdicts {
  const id = evaluation.control.id;
  const counts = noCounts();
  const verdicts: Verdict[] = [];
  const receipts = receiptsByResource(evaluation, firstReceipt);
  const found = Map.groupBy(findings, ({ draft }) => draft.resource);
  for (const resource of found.keys()) if (!receipts.has(resource)) receipts.set(resource, []);

  const undecided = new Map(
    evaluation.evaluations.flatMap((one) => (one.undecided ?? []).map(({ resource, problem }) => [resource, problem] as const)),
  );
  for (const resource of undecided.keys()) if (!receipts.has(resource)) receipts.set(resource, []);
  for (const resource of [...receipts.keys()].toSorted((a, b) => a - b)) {
    const own = found.get(resource);
    const list = receipts.get(resource) ?? [];
    const problem = undecided.get(resource) ?? evaluation.errors[0];
    let status: Status = "passed";
    if (own !== undefined) status = own.some((finding) => finding.status === "open") ? "failed" : "accepted";
    else if (problem !== undefined) status = "errored";
    counts[status]++;
    // Nearly all verdicts: nothing is put together for them that they don't have.
    if (status === "passed" && list.length > 0) {
      verdicts.push({ control: id, resource, status, receipts: list });
      continue;
    }
    verdicts.push({
      control: id,
      resource,
      status,
      ...(list.length > 0 ? { receipts: list } : {}),
      ...(own === undefined ? {} : { findings: own.map(({ fingerprint }) => fingerprint) }),
      ...(status === "errored" && problem !== undefined ? { problem } : {}),
    });
  }
  for (const error of evaluation.errors) {
    counts.errored++;
    verdicts.push({ control: id, resource: null, status: "errored", problem: error });
  }
  for (const skip of evaluation.skips) {
    counts.skipped++;
    verdicts.push({ control: id, resource: null, status: "skipped", skip });
  }
  return { verdicts, counts, status: controlStatus(counts) };
}
