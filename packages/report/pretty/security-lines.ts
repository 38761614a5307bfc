import type { ControlResult, Finding, Result } from "@holdfast/core";
import { resourceLabel } from "../resource-label.ts";
import { skipText } from "../skip-text.ts";
import { nothingText, rankText } from "./attack-lines.ts";
import { countText } from "./count-text.ts";
import { worstControls } from "./failure-lines.ts";
import { SEVERITY_STYLES } from "./severity-styles.ts";
import { compareCounts, countSeverities, severityTable } from "./severity-table.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

// Of controls and workloads so many are named.
const FIRST = 5;
const FIRST_WORKLOADS = 3;

function topicOf({ category, subCategory }: ControlResult): string {
  const topic = subCategory === undefined || subCategory === "" ? category : subCategory;
  return topic === "" ? "other" : topic;
}

function openFindings({ findings }: Result): readonly Finding[] {
  return findings.filter(({ status }) => status === "open");
}

/** How many open findings there are of each topic, the worst topic first. */
export function* topicLines(sheet: Sheet): Iterable<string> {
  const topics = new Map(sheet.result.controls.map((control) => [control.id, topicOf(control)]));
  const byTopic = Map.groupBy(openFindings(sheet.result), ({ control }) => topics.get(control) ?? "other");
  if (byTopic.size === 0) return;
  const rows = [...byTopic].map(([name, findings]) => ({ name, counts: countSeverities(findings) }));
  yield* heading(sheet, "TOPICS", "open findings by what they are about");
  yield* severityTable(
    sheet,
    rows.toSorted((a, b) => compareCounts(a.counts, b.counts)),
  );
}

/** The controls that failed worst, one a line. */
export function* worstLines(sheet: Sheet): Iterable<string> {
  const worst = worstControls(sheet.result);
  if (worst.length === 0) return;
  const shown = sheet.verbose ? worst : worst.slice(0, FIRST);
  yield* heading(
    sheet,
    "WORST",
    shown.length < worst.length ? `${FIRST} of ${countText(worst.length, "failed control")}` : countText(worst.length, "failed control"),
  );
  for (const { id, name, severity, findings } of shown) {
    const [first = "", ...rest] = prose(sheet, `${id} ${name}: ${countText(findings, "finding")}`, 12, 2);
    yield `  ${sheet.paint(severity.padEnd(10), ...SEVERITY_STYLES[severity])}${first.slice(12)}`;
    yield* rest;
  }
}

/** The workloads on which failed controls chain, as far as the first few. */
export function* firstWorkloadLines(sheet: Sheet): Iterable<string> {
  const workloads = sheet.result.attack?.workloads ?? [];
  if (nothingText(sheet) !== null) return;
  const shown = sheet.verbose ? workloads : workloads.slice(0, FIRST_WORKLOADS);
  yield* heading(sheet, "FIX FIRST", `${countText(workloads.length, "workload")} on which failed controls chain`, "cyan");
  for (const workload of shown) {
    const label = resourceLabel(sheet.result.resources[workload.resource]);
    const [first = "", ...rest] = prose(sheet, `${label}: ${rankText(workload)}`, 12, 2);
    yield `  ${sheet.paint(workload.severity.padEnd(10), ...SEVERITY_STYLES[workload.severity])}${first.slice(12)}`;
    yield* rest;
  }
}

/** What was not judged, in a line for each reason. */
export function* notJudgedInShort(sheet: Sheet): Iterable<string> {
  const skipped = sheet.result.controls.filter(({ status }) => status === "skipped");
  const errored = sheet.result.controls.filter(({ status }) => status === "errored");
  if (skipped.length + errored.length === 0) return;
  yield* heading(
    sheet,
    "NOT JUDGED",
    `${(skipped.length + errored.length).toLocaleString("en-US")} of ${countText(sheet.result.controls.length, "control")}`,
  );
  if (errored.length > 0) yield* prose(sheet, `evaluation failed, see the problems: ${countText(errored.length, "control")}`, 2, 2, "red");
  const byReason = Map.groupBy(skipped, ({ skips: [first] }) => (first === undefined ? "not judged" : skipText(first)));
  const reasons = [...byReason].toSorted(([, a], [, b]) => b.length - a.length);
  const shown = sheet.verbose || reasons.length === FIRST + 1 ? reasons : reasons.slice(0, FIRST);
  for (const [reason, controls] of shown) yield* prose(sheet, `${reason}: ${countText(controls.length, "control")}`, 2, 2);
  const left = reasons.slice(shown.length).reduce((sum, [, controls]) => sum + controls.length, 0);
  if (left > 0) yield* prose(sheet, `other reasons: ${countText(left, "control")}; \`--view control\` names all`, 2, 2, "dim");
}

/** Where to go on from the overview. */
export function securityNextLines(sheet: Sheet): readonly string[] {
  const { findings, coverage } = sheet.result.summary;
  if (coverage === null)
    return prose(sheet, "Next: name files or folders that hold Kubernetes objects, or provide what the controls need.", 0, 2, "dim");
  if (findings === 0) return prose(sheet, "`--view control --verbose` shows what passed.", 0, 2, "dim");
  return prose(
    sheet,
    "Next: `--view control` shows each finding with its code and fix, `--view resource` what to change in each object, `--view attack` why to begin where.",
    0,
    2,
    "dim",
  );
}
