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

/** The resources that a control's evaluations judged, ascending, and the evaluations that judged each, as places in the list of receipts. */
interface Judged {
  readonly places: readonly number[];
  readonly receiptsOf: (resource: number) => readonly number[];
}

/** Most controls are judged by one evaluation, and there is nothing to keep for each resource. */
function judgedByOne(judged: readonly number[], receipt: number): Judged {
  const receipts = [receipt];
  return { places: judged, receiptsOf: () => receipts };
}

function judgedByMany(evaluation: ControlEvaluation, firstReceipt: number): Judged {
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
  return { places: [...receipts.keys()].sort((a, b) => a - b), receiptsOf: (resource) => receipts.get(resource) ?? NO_RECEIPTS };
}

function isAmong(ascending: readonly number[], wanted: number): boolean {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === wanted;
}

/** The same with resources that no evaluation judged, and that there is something to say of all the same. */
function withOthers({ places, receiptsOf }: Judged, others: readonly number[]): Judged {
  if (others.length === 0) return { places, receiptsOf };
  const missing = new Set(others.filter((resource) => !isAmong(places, resource)));
  if (missing.size === 0) return { places, receiptsOf };
  return {
    places: [...places, ...missing].sort((a, b) => a - b),
    receiptsOf: (resource) => (missing.has(resource) ? NO_RECEIPTS : receiptsOf(resource)),
  };
}

function judgedBy(evaluation: ControlEvaluation, firstReceipt: number): Judged {
  const [first, second] = evaluation.evaluations;
  return first !== undefined && second === undefined ? judgedByOne(first.judged, firstReceipt) : judgedByMany(evaluation, firstReceipt);
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
  const found = Map.groupBy(findings, ({ draft }) => draft.resource);
  const undecided = new Map(
    evaluation.evaluations.flatMap((one) => (one.undecided ?? []).map(({ resource, problem }) => [resource, problem] as const)),
  );
  const { places, receiptsOf } = withOthers(judgedBy(evaluation, firstReceipt), [...found.keys(), ...undecided.keys()]);
  for (let at = 0; at < places.length; at += 1) {
    const resource = places[at] ?? 0;
    const own = found.get(resource);
    const list = receiptsOf(resource);
    const problem = undecided.get(resource) ?? evaluation.errors[0];
    let status: Status = "passed";
    if (own !== undefined) status = own.some((finding) => finding.status === "open") ? "failed" : "accepted";
    else if (problem !== undefined) status = "errored";
    counts[status]++;
    // Nearly all verdicts: nothing is put together for them that they don't have.
    if (list.length > 0 && status !== "errored") {
      if (own === undefined) verdicts.push({ control: id, resource, status, receipts: list });
      else verdicts.push({ control: id, resource, status, receipts: list, findings: own.map(({ fingerprint }) => fingerprint) });
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
