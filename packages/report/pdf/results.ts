import type { ControlResult, FrameworkResult, Result, Status } from "@holdfast/core";
import { comparedRows, comparisonTexts, ratchetTexts } from "../document-facts.ts";
import { countText } from "../pretty/count-text.ts";
import { percentText } from "../pretty/percent.ts";
import { reachText } from "../pretty/score-lines.ts";
import { severityBar } from "./opening.ts";
import { COLORS, type Block, type Paper } from "./paper.ts";

const GATE_WORDS = { holds: "holds", breached: "breached", "no-data": "no data" } as const;

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function overview(paper: Paper, result: Result): void {
  const { controls, findings, accepted } = result.summary;
  const total = Object.values(controls).reduce((sum, count) => sum + count, 0);
  paper.heading(2, "Overview");
  paper.paragraph(`${countText(findings, "open finding")}, ${number(accepted)} accepted`, { font: "bold" });
  severityBar(paper, result);
  paper.ensure(70);
  paper.paragraph(countText(total, "control"), { font: "bold" });
  paper.bar([
    { name: "failed", count: controls.failed, color: COLORS.high },
    { name: "evaluation failed", count: controls.errored, color: COLORS.critical },
    { name: "accepted", count: controls.accepted, color: COLORS.medium },
    { name: "passed", count: controls.passed, color: COLORS.passed },
    { name: "not judged", count: controls.skipped, color: COLORS.unknown },
  ]);
  if (result.gates.length === 0) return;
  paper.heading(3, "Gates");
  paper.table(
    [
      { title: "Outcome", share: 0.18 },
      { title: "Gate", share: 0.82 },
    ],
    result.gates.map(({ outcome, message }) => [[{ text: GATE_WORDS[outcome], font: "bold" as const }], message]),
  );
}

const COMPARED = 60;

/** How the scan stands beside a baseline, and what of a lock file holds no longer. */
function changes(paper: Paper, result: Result): void {
  const texts = [...comparisonTexts(result), ...ratchetTexts(result)];
  if (texts.length === 0) return;
  paper.heading(2, "Since the last time");
  for (const text of texts) paper.paragraph(text);
  const rows = comparedRows(result);
  if (rows.length === 0) return;
  paper.table(
    [
      { title: "Status", share: 0.15 },
      { title: "Severity", share: 0.12 },
      { title: "Where", share: 0.28 },
      { title: "What", share: 0.45 },
    ],
    rows
      .slice(0, COMPARED)
      .map(({ status, severity, control, resource, message }) => [status, severity, resource, `${control}: ${message}`]),
  );
  if (rows.length > COMPARED) {
    paper.paragraph(
      `${countText(rows.length - COMPARED, "more finding")} of the comparison are not in this document: the result as JSON has every one.`,
      { font: "bold" },
    );
  }
}

/** The ids and names of the controls of a section that call for something. */
function failing(controls: readonly ControlResult[]): readonly Block[] {
  const own = controls.filter(({ status }) => status === "failed" || status === "errored");
  return own.map(({ id, name, counts }) => ({
    text: `${id} ${name} (${number(counts.failed)})`,
    size: 8,
    color: COLORS.muted,
  }));
}

function framework(paper: Paper, one: FrameworkResult, byId: ReadonlyMap<string, ControlResult>): void {
  const { name, description, compliance, strictCompliance, coverage, reach, counts, sections, controls } = one;
  paper.heading(2, name);
  if (description !== "") paper.paragraph(description, { color: COLORS.muted });
  paper.facts([
    ["Compliance", `${percentText(compliance)}${strictCompliance === compliance ? "" : ` (strict ${percentText(strictCompliance)})`}`],
    ["Coverage", percentText(coverage)],
    ["Reach", reachText(reach)],
    [
      "Controls",
      `${number(counts.failed)} failed, ${number(counts.errored)} with a failed evaluation, ${number(counts.accepted)} accepted, ${number(counts.passed)} passed, ${number(counts.skipped)} not judged`,
    ],
  ]);
  paper.space(4);
  const listed = sections.length > 0 ? sections : [{ id: "", title: "All controls", controls }];
  paper.table(
    [
      { title: "Section, with its failed controls and their failed resources", share: 0.57 },
      { title: "Failed", share: 0.1, right: true },
      { title: "Accepted", share: 0.12, right: true },
      { title: "Passed", share: 0.09, right: true },
      { title: "Not judged", share: 0.12, right: true },
    ],
    listed.map(({ id, title, controls }) => {
      const own = controls.flatMap((control) => byId.get(control) ?? []);
      // A section without controls is the heading of those below it.
      const count = (...wanted: readonly Status[]): string =>
        own.length === 0 ? "" : number(own.filter(({ status }) => wanted.includes(status)).length);
      return [
        [{ text: `${id} ${title}`.trim() }, ...failing(own)],
        count("failed", "errored"),
        count("accepted"),
        count("passed"),
        count("skipped"),
      ];
    }),
  );
}

const STATUS_WORDS: Readonly<Record<Status, string>> = {
  failed: "failed",
  errored: "evaluation failed",
  accepted: "accepted",
  passed: "passed",
  skipped: "not judged",
};
const ORDER: readonly Status[] = ["failed", "errored", "accepted", "passed"];

function judgedControls(paper: Paper, { controls }: Result): void {
  paper.heading(2, "Controls that judged");
  const judged = ORDER.flatMap((status) => controls.filter((control) => control.status === status));
  if (judged.length === 0) {
    paper.paragraph("None: there is no data.");
    return;
  }
  paper.table(
    [
      { title: "Control", share: 0.46 },
      { title: "Severity", share: 0.12 },
      { title: "Outcome", share: 0.16 },
      { title: "Failed", share: 0.13, right: true },
      { title: "Compliance", share: 0.13, right: true },
    ],
    judged.map(({ id, name, severity, status, counts, compliance }) => [
      [{ text: `${id} ${name}` }],
      severity,
      STATUS_WORDS[status],
      `${number(counts.failed)} of ${number(counts.failed + counts.passed + counts.accepted)}`,
      percentText(compliance),
    ]),
  );
}

/** What came out: over all, by the sections of each framework, and by control. */
export function resultsSection(paper: Paper, result: Result): void {
  const byId = new Map(result.controls.map((control) => [control.id, control]));
  paper.heading(1, "Results", { room: 190 });
  overview(paper, result);
  changes(paper, result);
  for (const one of result.frameworks) framework(paper, one, byId);
  judgedControls(paper, result);
}
