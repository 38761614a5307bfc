import { compareSeverity, type Baseline, type ComparedFinding, type Comparison } from "@holdfast/core";
import { isIgnored, liesIn, newlyIgnored, newlyLost, type IsThere } from "./covered-files.ts";
import { matchFindings } from "./match-findings.ts";
import { identityKey, type Looked, type Reason, type ScanView, type ViewFinding } from "./scan-view.ts";

type Status = ComparedFinding["status"];
type When = "now" | "then";

/** What a finding that only one scan has means: null where the other one looked and did not find it. */
type Doubt = { readonly reason: Reason; readonly why: string } | null;

/** The stem of the reason for each way of not having looked; behind it stands which scan it was. */
const REASONS = {
  "not-judged": "control-not-judged",
  errored: "errored",
  "not-covered": "input-not-covered",
  lost: "input-lost",
  ignored: "input-ignored",
} as const;

function doubtOf(looked: Looked, when: When): Doubt {
  return looked.looked ? null : { reason: `${REASONS[looked.reason]}-${when}` as const, why: `${when}: ${looked.why}` };
}

/** A path that one scan was given and that the other one did not look into. */
function missingRoot({ roots }: ScanView, other: ScanView): string | undefined {
  const others = other.roots;
  return others === null ? undefined : roots?.find((root) => !others.some((folder) => liesIn(root, folder)));
}

/** Why `other`, which is the scan of `when`, does not have a finding that `own` has. Null where it looked. */
function absence(finding: ViewFinding, own: ScanView, other: ScanView, when: When, isThere: IsThere = null): Doubt {
  const control = other.control(finding.control);
  if (!control.looked) return doubtOf(control, when);
  const identity = identityKey(finding.resource);
  const verdict = other.verdict(finding.control, identity);
  if (verdict === "errored") {
    return doubtOf({ looked: false, reason: "errored", why: `${finding.control} could not be evaluated on it` }, when);
  }
  // What both scans would have left out in the same way and only one has was not left out: it is gone.
  const alike = !other.hasResource(identity) && other.selection === own.selection;
  if (verdict === null && !alike && other.leavesOut(finding.resource)) {
    return doubtOf({ looked: false, reason: "not-covered", why: `it was not among the objects chosen (${other.selection ?? ""})` }, when);
  }
  if (verdict === null && !other.hasResource(identity)) {
    const covers = other.covers(finding.resource.file, own.inputs);
    if (!covers.looked) return doubtOf(covers, when);
    const missing = finding.resource.file === undefined ? missingRoot(own, other) : undefined;
    if (missing !== undefined) return doubtOf({ looked: false, reason: "not-covered", why: `${missing} was not scanned` }, when);
    const { file } = finding.resource;
    if (file !== undefined && other.inputs !== null && isIgnored(file, other.inputs, isThere))
      return doubtOf({ looked: false, reason: "ignored", why: `${file} is there, and is left out by an ignore file` }, when);
    const more = other.ignored !== null && own.ignored !== null && other.ignored > own.ignored;
    return more ? doubtOf({ looked: false, reason: "ignored", why: "more is left out by ignore files, and it may be there" }, when) : null;
  }
  if (finding.rule === undefined) return null;
  const [one, another] = [own.rule(finding.control, finding.rule), other.rule(finding.control, finding.rule)];
  if (one === null || another === null || one === another) return null;
  return { reason: "rule-changed", why: `the rule ${finding.rule} or its parameters are not the same in both scans` };
}

function entry(finding: ViewFinding, status: Status, side: When, was: "open" | "accepted" | undefined, doubt: Doubt): ComparedFinding {
  const [path] = finding.paths;
  return {
    status,
    side,
    ...(finding.fingerprint === undefined ? {} : { fingerprint: finding.fingerprint }),
    control: finding.control,
    severity: finding.severity,
    resource: finding.resource,
    ...(path === undefined ? {} : { path }),
    message: finding.message,
    ...(was === undefined ? {} : { was }),
    ...doubt,
  };
}

const ORDER: readonly Status[] = ["new", "incomparable", "resolved", "accepted", "unchanged"];

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareEntries(a: ComparedFinding, b: ComparedFinding): number {
  return (
    ORDER.indexOf(a.status) - ORDER.indexOf(b.status) ||
    compareSeverity(a.severity, b.severity) ||
    compareText(a.control, b.control) ||
    compareText(identityKey(a.resource), identityKey(b.resource)) ||
    compareText(a.path ?? "", b.path ?? "") ||
    compareText(a.fingerprint ?? "", b.fingerprint ?? "") ||
    compareText(a.side, b.side)
  );
}

function entryNow(
  finding: ViewFinding,
  now: ScanView,
  then: ScanView,
  before: ViewFinding | undefined,
  doubtful: boolean,
): ComparedFinding {
  if (finding.status === "accepted") return entry(finding, "accepted", "now", before?.status, null);
  // One that an exception accepted then and none accepts now is open again: that is new.
  if (before !== undefined) return entry(finding, before.status === "open" ? "unchanged" : "new", "now", before.status, null);
  const doubt = doubtful
    ? {
        reason: "path-differs" as const,
        why: "the baseline has a finding of this control on this object, at another path: it may be the same",
      }
    : absence(finding, now, then, "then");
  return entry(finding, doubt === null ? "new" : "incomparable", "now", undefined, doubt);
}

/**
 * Compares the findings of a scan with those of an earlier one. What one of them did not look at is incomparable, neither new nor resolved; and what can't be read now and
 * could be then, or was not there, may hold what is new, and so may what is left out now. `isThere` looks at what is there now.
 */
export function compareScans(now: ScanView, then: ScanView, isThere: IsThere = null): Omit<Comparison, "baseline"> {
  const { pairs, doubtful, settled } = matchFindings(now, then);
  const findings = [
    ...now.findings.map((finding) => entryNow(finding, now, then, pairs.get(finding), doubtful.has(finding))),
    ...then.findings
      .filter((finding) => !settled.has(finding))
      .map((finding) => {
        const doubt = absence(finding, then, now, "now", isThere);
        return entry(finding, doubt === null ? "resolved" : "incomparable", "then", finding.status, doubt);
      }),
  ].toSorted(compareEntries);
  const counts = { new: 0, resolved: 0, unchanged: 0, accepted: 0, incomparable: 0 };
  for (const { status } of findings) counts[status]++;
  const known = now.inputs !== null && then.inputs !== null;
  const lost = known ? newlyLost(now.inputs, then.inputs) : [];
  const ignored = known ? newlyIgnored(now.inputs, then.inputs, isThere) : [];
  return { counts, findings, ...(lost.length === 0 ? {} : { lost }), ...(ignored.length === 0 ? {} : { ignored }) };
}

const DAY = 86_400_000;

/** Whole days between two times (RFC 3339), not below 0; null where one of them is unknown or no time. */
export function daysBetween(then: string | undefined, now: string | undefined): number | null {
  const [from, to] = [Date.parse(then ?? ""), Date.parse(now ?? "")];
  return Number.isNaN(from) || Number.isNaN(to) ? null : Math.max(0, Math.floor((to - from) / DAY));
}

/** What is said of a baseline itself. */
export function baselineOf(file: string, then: ScanView, now: Pick<ScanView, "time">): Baseline {
  const age = daysBetween(then.time, now.time);
  return {
    file,
    form: then.form,
    ...(then.time === undefined ? {} : { time: then.time }),
    ...(age === null ? {} : { ageDays: age }),
    notes: then.notes,
  };
}
