import { identityKey, type ScanView, type ViewFinding } from "./scan-view.ts";

/** Which findings of two scans are the same. */
export interface Matches {
  /** From those of the scan to those of the baseline. */
  readonly pairs: ReadonlyMap<ViewFinding, ViewFinding>;
  /** Findings of the scan that may be one of the baseline's, described by another path. */
  readonly doubtful: ReadonlySet<ViewFinding>;
  /** Findings of the baseline of which nothing is to be said beside what is said of the doubtful ones and the pairs. */
  readonly settled: ReadonlySet<ViewFinding>;
}

function byFingerprint(now: readonly ViewFinding[], then: readonly ViewFinding[]): Matches {
  const known = new Map(then.map((finding) => [finding.fingerprint, finding]));
  const pairs = new Map<ViewFinding, ViewFinding>();
  for (const finding of now) {
    const found = known.get(finding.fingerprint);
    if (found !== undefined) pairs.set(finding, found);
  }
  return { pairs, doubtful: new Set(), settled: new Set(pairs.values()) };
}

/** A path in one spelling: `a.b[0].c`, whatever quotes it was written with. */
function spelled(path: string): string {
  return path
    .replace(/^\$?\.?/u, "")
    .replaceAll(/\[(?:"(?<a>[^"]*)"|'(?<b>[^']*)')\]/gu, (_match, a: string | undefined, b: string | undefined) => `.${a ?? b ?? ""}`)
    .replace(/=.*$/u, "");
}

/** Whether two paths are the same place, or one is inside the other: one tool names the container, another its field. */
export function related(one: string, other: string): boolean {
  const [a, b] = [spelled(one), spelled(other)];
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return long.startsWith(short) && (short.length === long.length || short === "" || /[.[]/u.test(long.charAt(short.length)));
}

function groupKey(finding: ViewFinding): string {
  return `${finding.control} ${identityKey(finding.resource)}`;
}

/** Matches where one side has no fingerprints: by control, object and path. A baseline that names no path has all findings of the control on the object. */
function byPath(now: readonly ViewFinding[], then: readonly ViewFinding[]): Matches {
  const pairs = new Map<ViewFinding, ViewFinding>();
  const doubtful = new Set<ViewFinding>();
  const settled = new Set<ViewFinding>();
  const old = new Map<string, ViewFinding>(then.map((finding) => [groupKey(finding), finding]));
  for (const [key, own] of Map.groupBy(now, groupKey)) {
    const other = old.get(key);
    if (other === undefined) continue;
    settled.add(other);
    const unused = new Set(other.paths);
    const unmatched: ViewFinding[] = [];
    for (const finding of own) {
      const met = other.paths.filter((path) => finding.paths.some((mine) => related(path, mine)));
      for (const path of met) unused.delete(path);
      if (met.length > 0 || other.paths.length === 0 || finding.paths.length === 0) pairs.set(finding, other);
      else unmatched.push(finding);
    }
    if (unused.size > 0) for (const finding of unmatched) doubtful.add(finding);
  }
  return { pairs, doubtful, settled };
}

/** Finds which findings of two scans are the same: by fingerprint where both have them, else by control, object and path. */
export function matchFindings(now: ScanView, then: ScanView): Matches {
  return then.form === "holdfast" && now.form === "holdfast"
    ? byFingerprint(now.findings, then.findings)
    : byPath(now.findings, then.findings);
}
