import type { ComparedResource, Severity } from "@holdfast/core";
import { identityKey, type Looked, type ScanView, type ViewFinding } from "./scan-view.ts";

/** What Kubescape said of one object by one control. */
export interface KubescapeVerdict {
  readonly control: string;
  readonly name: string;
  readonly resource: ComparedResource;
  /** In small letters: passed, failed, skipped. */
  readonly status: string;
  readonly subStatus: string;
  readonly severity: Severity;
  readonly paths: readonly string[];
}

/** A scan of Kubescape: its verdicts, and the state of its controls as a whole where it says them. */
export interface KubescapeScan {
  readonly form: "kubescape-json" | "kubescape-objects";
  readonly time?: string;
  readonly notes: readonly string[];
  readonly verdicts: readonly KubescapeVerdict[];
  readonly resources: readonly ComparedResource[];
  /** Status and sub-status of each control by id; empty where only verdicts are known. */
  readonly controls: ReadonlyMap<string, { readonly status: string; readonly subStatus: string }>;
  /** Whether it looked at a whole cluster. */
  readonly wholeCluster: boolean;
}

/** A failure that only exceptions hold back passes, and says so in its sub-status. */
function isExcepted({ status, subStatus }: { readonly status: string; readonly subStatus: string }): boolean {
  return status === "passed" && subStatus.includes("exception");
}

function findingOf(verdict: KubescapeVerdict): readonly ViewFinding[] {
  const accepted = isExcepted(verdict);
  if (verdict.status !== "failed" && !accepted) return [];
  const { control, name, resource, severity, paths } = verdict;
  return [{ control, severity, status: accepted ? "accepted" : "open", resource, paths, message: name === "" ? control : name }];
}

function lookedBy(id: string, { controls }: KubescapeScan, judged: ReadonlySet<string>): Looked {
  const own = controls.get(id);
  if (own === undefined && !judged.has(id)) return { looked: false, reason: "not-judged", why: `${id} was not among its controls` };
  if (own === undefined || (own.status !== "skipped" && own.status !== "")) return { looked: true };
  const reason = own.subStatus === "notevaluated" ? "errored" : "not-judged";
  return { looked: false, reason, why: `${id} was skipped${own.subStatus === "" ? "" : `: ${own.subStatus}`}` };
}

/** A scan of Kubescape as comparisons see it. */
export function kubescapeView(scan: KubescapeScan): ScanView {
  const verdicts = new Map<string, "judged" | "errored">();
  for (const { control, resource, status, subStatus } of scan.verdicts) {
    if (status === "skipped" && subStatus !== "notevaluated") continue;
    verdicts.set(`${control} ${identityKey(resource)}`, status === "skipped" ? "errored" : "judged");
  }
  const judged = new Set(scan.verdicts.filter(({ status }) => status !== "skipped").map(({ control }) => control));
  const resources = new Set(scan.resources.map(identityKey));
  const files = new Set(scan.resources.flatMap(({ file }) => file ?? []));
  return {
    form: scan.form,
    ...(scan.time === undefined ? {} : { time: scan.time }),
    notes: scan.notes,
    findings: scan.verdicts.flatMap(findingOf),
    evaluated: verdicts.size > 0,
    roots: null,
    ignored: null,
    control: (id) => lookedBy(id, scan, judged),
    verdict: (control, identity) => verdicts.get(`${control} ${identity}`) ?? null,
    hasResource: (identity) => resources.has(identity),
    selection: null,
    leavesOut: () => false,
    inputs: null,
    covers: (file) => {
      if (file === undefined ? scan.wholeCluster : files.has(file)) return { looked: true };
      return { looked: false, reason: "not-covered", why: `it has nothing of ${file ?? "this object"}, and does not say where it looked` };
    },
    rule: () => null,
  };
}
