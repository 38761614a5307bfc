import type { Finding } from "@holdfast/core";
import type { Carried } from "./carry-out.ts";
import type { FileChange } from "./changed-texts.ts";
import { fixReport, fixedFinding, leftFinding, type Cause, type FixedFile, type FixedFinding, type FixReport } from "./fix-report.ts";
import { matchFindings } from "./match-findings.ts";
import type { Estate } from "./open-estate.ts";
import type { Targets } from "./find-targets.ts";
import { whyNotPatched } from "./patch-wishes.ts";
import { findingKey, mendedFile, type FixState } from "./plan-fixes.ts";
import { shownDiff } from "./unified-patch.ts";
import { isMachine, isRendered } from "./wishes.ts";

/** All that is known when the fixing is over. */
export interface Ending {
  readonly start: FixState;
  readonly end: FixState;
  readonly changes: readonly FileChange[];
  readonly carried: Carried;
  /** How many findings the change of a file takes away. */
  readonly counts: ReadonlyMap<string, number>;
  /** Files that may not be changed, and why; and those that are not the repository's own. */
  readonly targets: Pick<Targets, "refused" | "foreign">;
  readonly estate: Pick<Estate, "isAskedFor">;
  readonly dryRun: boolean;
  /** What a stored result found, and today's scan does not. */
  readonly stale: readonly FixedFinding[];
  /** Changes of templates, by the keys of findings. */
  readonly proposals: ReadonlyMap<string, string>;
}

/** Says what became of each finding that was asked for, and of each file. */
export function carriedOut({ start, end, changes, carried, counts, targets, estate, dryRun, stale, proposals }: Ending): FixReport {
  const { result, resources } = start.scan;
  const gone = new Set(matchFindings(result, end.scan.result).gone);
  const files = changes.map((change): FixedFile => {
    const { file } = change;
    const left = carried.left.get(file);
    const isDone = carried.done.has(file);
    return {
      file,
      outcome: isDone ? (dryRun ? "proposed" : "written") : "left",
      findings: counts.get(file) ?? 0,
      diff: shownDiff(change),
      ...(change.namedBy === undefined ? {} : { namedBy: change.namedBy }),
      ...(left === undefined ? {} : { code: left.code, reason: left.cause }),
    };
  });
  const findings = result.findings
    .filter((finding) => estate.isAskedFor(result, finding))
    .map((finding) => {
      const object = resources[finding.resource] ?? { file: null };
      const file = gone.has(finding) ? mendedFile(end, object, finding) : (object.file ?? "");
      if (gone.has(finding)) {
        const left = carried.done.has(file) ? undefined : carried.left.get(file);
        return left === undefined ? fixedFinding(result, finding) : leftFinding(result, finding, left);
      }
      const proposal = proposals.get(findingKey(object, finding));
      const left = leftFinding(result, finding, causeOf(finding, end, file, start, targets));
      return proposal === undefined ? left : { ...left, proposal };
    });
  return fixReport(dryRun, files, [...findings, ...stale]);
}

/** Why the fix of a finding was not made, where it has one that a machine can make. */
function causeOf(finding: Finding, end: FixState, file: string, { scan }: FixState, targets: Ending["targets"]): Cause | undefined {
  const object = scan.resources[finding.resource] ?? { file: null };
  const key = findingKey(object, finding);
  const failure = [...end.failed].findLast(([attempt]) => attempt === key || attempt.startsWith(`${key} `))?.[1];
  const unpatched = "object" in object && isRendered(object) && finding.fixes.some(isMachine) ? whyNotPatched(object, targets) : undefined;
  if (unpatched !== undefined) return unpatched;
  if (finding.edit === undefined) return failure === undefined ? undefined : { code: "fix-no-edit", cause: failure };
  const refusal = targets.refused.get(file);
  if (refusal !== undefined) return refusal;
  if (failure !== undefined) return { code: "fix-no-effect", cause: failure };
  return end.isComplete === true
    ? { code: "fix-no-edit", cause: "once the others were fixed, no edit was left that could mend it" }
    : { code: "fix-too-many-rounds", cause: "its turn did not come" };
}
