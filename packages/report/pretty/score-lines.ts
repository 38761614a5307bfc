import {
  SEVERITIES,
  type ClusterInput,
  type FrameworkResult,
  type Reach,
  type Result,
  type Score,
  type StatusCounts,
  type Summary,
} from "@holdfast/core";
import { clip, displayWidth, pad } from "../terminal/display-width.ts";
import { printableText } from "../terminal/printable.ts";
import type { Style } from "../terminal/painter.ts";
import { countText } from "./count-text.ts";
import { percentText } from "./percent.ts";
import { SEVERITY_STYLES } from "./severity-styles.ts";
import { flow, prose, type Piece, type Sheet } from "./sheet.ts";

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

/** Reach in words: "144 of 294 controls". */
export function reachText({ answerable, total }: Reach): string {
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
  return [...rows, [frameworks.length === 0 ? "Scan" : "Whole scan", summary]];
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
function statusText(counts: StatusCounts): string {
  const order = ["failed", "errored", "accepted", "passed", "skipped"] as const;
  return order.flatMap((status) => (counts[status] === 0 ? [] : [`${counts[status].toLocaleString("en-US")} ${status}`])).join(", ");
}

function words(text: string, ...styles: readonly Style[]): readonly Piece[] {
  return text.split(" ").map((word) => ({ text: word, styles }));
}

/** What was found, by severity; where nothing was, how much that says. */
function findingPieces({ findings, accepted, bySeverity, coverage }: Summary): readonly Piece[] {
  const end = accepted === 0 ? "" : ";";
  const acceptedWords = accepted === 0 ? [] : words(`${countText(accepted, "more finding")} accepted by exceptions`);
  if (findings === 0) {
    if (coverage === null) {
      return [...words(`no data: nothing could be judged, so nothing is known to be well${end}`, "yellow", "bold"), ...acceptedWords];
    }
    const none = coverage === 100 ? words(`no findings${end}`, "green") : words(`no findings in what could be judged${end}`, "yellow");
    return [...none, ...acceptedWords];
  }
  const present = SEVERITIES.filter((severity) => bySeverity[severity] > 0);
  const counts = present.map((severity, i): Piece => {
    const text = `${bySeverity[severity].toLocaleString("en-US")} ${severity}${i === present.length - 1 ? end : ","}`;
    return { text, styles: SEVERITY_STYLES[severity] };
  });
  return [{ text: `${countText(findings, "finding")}:`, styles: ["bold"] }, ...counts, ...acceptedWords];
}

/** "from the cluster prod (v1.34.4), namespaces bank and shop": what of a cluster was read. */
function clusterText({ context, version, namespaces: { included, excluded }, workload, selector }: ClusterInput): string {
  const scope =
    included.length > 0
      ? `, ${included.length === 1 ? "namespace" : "namespaces"} ${included.join(", ")}`
      : excluded.length > 0
        ? `, without ${excluded.join(", ")}`
        : "";
  const chosen = workload === undefined ? (selector === undefined ? "" : `, labels ${selector}`) : `, ${workload} alone`;
  return printableText(`from the cluster ${context} (${version})${scope}${chosen}`);
}

/** Where it was read: "from 10 files of charts, deploy (12 ignored)". */
export function inputText({ inputs: { roots, account, cluster } }: Result): string {
  if (cluster !== undefined) return clusterText(cluster);
  const named = roots.slice(0, 3).map((root) => (root === "-" ? "standard input" : root));
  const more = roots.length > named.length ? ` and ${countText(roots.length - named.length, "more path", "more paths")}` : "";
  const ignored = account.ignored === 0 ? "" : ` (${account.ignored.toLocaleString("en-US")} ignored)`;
  const files = roots.every((root) => root === "-") ? "" : `${countText(account.files, "file")}${ignored} of `;
  return `from ${files}${named.join(", ")}${more}`;
}

/** The head of the page: scores first, then what was found, judged and read. */
export function* scoreLines(sheet: Sheet): Iterable<string> {
  const { summary } = sheet.result;
  yield* scoreTable(sheet);
  yield "";
  yield* flow(sheet, findingPieces(summary));
  const controls = Object.values(summary.controls).reduce((sum, count) => sum + count, 0);
  const resources = Object.values(summary.resources).reduce((sum, count) => sum + count, 0);
  if (controls > 0) yield* prose(sheet, `${countText(controls, "control")}: ${statusText(summary.controls)}`, 0, 2);
  const statuses = resources === 0 ? "" : `: ${statusText(summary.resources)}`;
  yield* prose(sheet, `${countText(resources, "resource")} ${inputText(sheet.result)}${statuses}`, 0, 2);
}

/** The number of findings and the scores once more: the head of a long page is out of sight when it ends. */
export function recapLines(sheet: Sheet): readonly string[] {
  const { result } = sheet;
  const scores = scored(result).map(
    ([name, { compliance, coverage }]) => `${name}: compliance ${percentText(compliance)}, coverage ${percentText(coverage)}`,
  );
  return prose(sheet, [countText(result.summary.findings, "finding"), ...scores].join("; "), 0, 2, "bold");
}
