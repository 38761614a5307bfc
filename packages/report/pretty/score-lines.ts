import { SEVERITIES, type FrameworkResult, type Reach, type Result, type Score, type StatusCounts, type Summary } from "@holdfast/core";
import { clip, displayWidth, pad } from "../terminal/display-width.ts";
import { printableText } from "../terminal/printable.ts";
import type { Style } from "../terminal/painter.ts";
import { countText } from "./count-text.ts";
import { percentText } from "./percent.ts";
import { SEVERITY_STYLES } from "./severity-styles.ts";
import { prose, type Sheet } from "./sheet.ts";

type Scored = Pick<Summary, "compliance" | "strictCompliance" | "coverage" | "reach">;

interface Cell {
  readonly label: string;
  readonly text: string;
  readonly styles: readonly Style[];
}

const GAP = "   ";

function scoreStyles(score: Score): readonly Style[] {
  if (score === null) return ["yellow", "bold"];
  return score === 100 ? ["green", "bold"] : ["bold"];
}

function reachText({ answerable, total }: Reach): string {
  return total === 0 ? "no data" : `${answerable} of ${countText(total, "control")}`;
}

function cells({ compliance, strictCompliance, coverage, reach }: Scored): readonly Cell[] {
  const strict = strictCompliance !== null && strictCompliance !== compliance ? ` (strict ${percentText(strictCompliance)})` : "";
  return [
    { label: "compliance", text: percentText(compliance) + strict, styles: scoreStyles(compliance) },
    {
      label: "coverage",
      text: percentText(coverage),
      styles: coverage === null || coverage === 100 ? scoreStyles(coverage) : ["yellow", "bold"],
    },
    { label: "reach", text: reachText(reach), styles: ["bold"] },
  ];
}

function sameScores(framework: FrameworkResult, summary: Summary): boolean {
  return (
    framework.compliance === summary.compliance &&
    framework.strictCompliance === summary.strictCompliance &&
    framework.coverage === summary.coverage &&
    framework.reach.answerable === summary.reach.answerable &&
    framework.reach.total === summary.reach.total
  );
}

/** What has scores: each framework, and the whole scan where that is something else. */
function scored({ frameworks, summary }: Result): readonly (readonly [name: string, scores: Scored])[] {
  const rows = frameworks.map((framework) => [printableText(framework.name), framework] as const);
  const [only] = frameworks;
  if (only !== undefined && frameworks.length === 1 && sameScores(only, summary)) return rows;
  return [...rows, [frameworks.length === 0 ? "All controls" : "Whole scan", summary]];
}

/** Score, coverage and reach: one line for each framework where they fit beside each other, else one line for each figure. */
function* scoreTable({ result, width, paint }: Sheet): Iterable<string> {
  const rows = scored(result).map(([name, scores]) => ({ name, cells: cells(scores) }));
  const nameWidth = Math.max(...rows.map(({ name }) => displayWidth(name)));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => displayWidth(row.cells[column]?.text ?? ""))));
  const labels = rows[0]?.cells.map(({ label }) => label) ?? [];
  const whole = nameWidth + labels.reduce((sum, label, i) => sum + GAP.length + label.length + 1 + (widths[i] ?? 0), 0);
  if (whole <= width) {
    for (const { name, cells } of rows) {
      const texts = cells.map(({ label, text, styles }, i) => {
        const space = " ".repeat(i === cells.length - 1 ? 0 : Math.max(0, (widths[i] ?? 0) - displayWidth(text)));
        return `${paint(label, "dim")} ${paint(text, ...styles)}${space}`;
      });
      yield [paint(pad(name, nameWidth), "bold"), ...texts].join(GAP);
    }
    return;
  }
  for (const { name, cells } of rows) {
    yield paint(clip(name, width), "bold");
    for (const { label, text, styles } of cells) yield `  ${paint(label.padEnd(10), "dim")} ${paint(text, ...styles)}`;
  }
}

/** "9 failed, 11 passed, 6 skipped": what there is of each status. */
export function statusText(counts: StatusCounts): string {
  const order = ["failed", "errored", "accepted", "passed", "skipped"] as const;
  return order.flatMap((status) => (counts[status] === 0 ? [] : [`${counts[status].toLocaleString("en-US")} ${status}`])).join(", ");
}

function* findingLines({ result: { summary }, paint }: Sheet): Iterable<string> {
  const { findings, accepted, bySeverity, resources } = summary;
  const acceptedText = accepted === 0 ? "" : `; ${countText(accepted, "more finding", "more findings")} accepted by exceptions`;
  if (findings === 0) {
    if (resources.passed + resources.failed + resources.accepted > 0) yield `${paint("no findings", "green")}${acceptedText}`;
    else yield paint("no data: nothing could be judged, so nothing is known to be well", "yellow", "bold");
    return;
  }
  const counts = SEVERITIES.flatMap((severity) =>
    bySeverity[severity] === 0 ? [] : [paint(`${bySeverity[severity].toLocaleString("en-US")} ${severity}`, ...SEVERITY_STYLES[severity])],
  );
  yield `${paint(countText(findings, "finding"), "bold")}: ${counts.join(", ")}${acceptedText}`;
}

/** What was scanned: the paths as they were given, files and resources. */
function inputText({ inputs: { roots, account } }: Result): string {
  const named = roots.slice(0, 3).map((root) => (root === "-" ? "standard input" : root));
  const more = roots.length > named.length ? ` and ${roots.length - named.length} more paths` : "";
  const ignored = account.ignored === 0 ? "" : `, ${account.ignored.toLocaleString("en-US")} ignored`;
  return `${named.join(", ")}${more}: ${countText(account.files, "file")}${ignored}, ${countText(account.resources, "resource")}`;
}

/** The head of the page: scores first, then what was found, judged and read. */
export function* scoreLines(sheet: Sheet): Iterable<string> {
  const { summary } = sheet.result;
  yield* scoreTable(sheet);
  yield "";
  yield* findingLines(sheet);
  const controls = Object.values(summary.controls).reduce((sum, count) => sum + count, 0);
  const resources = Object.values(summary.resources).reduce((sum, count) => sum + count, 0);
  if (controls > 0) yield* prose(sheet, `${countText(controls, "control")}: ${statusText(summary.controls)}`, 0, 2);
  if (resources > 0) yield* prose(sheet, `${countText(resources, "resource")}: ${statusText(summary.resources)}`, 0, 2);
  yield* prose(sheet, inputText(sheet.result), 0, 2, "dim");
}
