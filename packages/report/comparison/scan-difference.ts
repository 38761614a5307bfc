import type { Baseline, Comparison, GateOutcome } from "@holdfast/core";
import { code, inert } from "../markdown/inert.ts";
import { painter } from "../terminal/painter.ts";
import { printableText } from "../terminal/printable.ts";
import { wrap } from "../terminal/wrap.ts";
import { comparedLabel, comparisonCounts, comparisonListing } from "./listing.ts";

/** Two scans beside each other: what `holdfast diff` writes as JSON. */
export interface ScanDifference {
  readonly schema: "holdfast.diff/v1";
  readonly old: Baseline;
  readonly new: { readonly file: string; readonly form: Baseline["form"]; readonly time?: string };
  readonly counts: Comparison["counts"];
  readonly findings: Comparison["findings"];
  readonly gates: readonly GateOutcome[];
}

/** How it is shown to people. */
export interface DifferenceOptions {
  readonly width: number;
  readonly color: boolean;
  readonly verbose: boolean;
  /** How old the first scan is, in words. */
  readonly age: string;
}

const MOST_ROWS = 500;

/** The difference as lines of text for a terminal. */
export function* differenceText(difference: ScanDifference, { width, color, verbose, age }: DifferenceOptions): Iterable<string> {
  const paint = painter(color);
  const prose = function* (text: string, indent: string): Iterable<string> {
    for (const line of wrap(printableText(text), Math.max(20, Math.min(width, 110) - indent.length))) yield `${indent}${line}`;
  };
  yield* prose(`${difference.new.file} compared with ${difference.old.file}, which is ${age}`, "");
  yield paint(comparisonCounts(difference), "bold");
  for (const note of difference.old.notes) yield* prose(note, "  ");
  const comparison = { baseline: difference.old, counts: difference.counts, findings: difference.findings };
  if (difference.findings.length > 0) yield "";
  yield* comparisonListing(comparison, { width, paint, verbose });
  for (const { message } of difference.gates) yield* prose(message, "");
}

/** The difference as Markdown, for a comment on a pull request. */
export function* differenceMarkdown(difference: ScanDifference, { verbose, age }: DifferenceOptions): Iterable<string> {
  yield `${code(difference.new.file)} compared with ${code(difference.old.file)}, which is ${inert(age)}: **${comparisonCounts(difference)}**.`;
  for (const note of difference.old.notes) yield `\n${inert(note)}`;
  const shown = difference.findings.filter(({ status }) => verbose || (status !== "unchanged" && status !== "accepted"));
  if (shown.length > 0) {
    yield "\n| | severity | finding |\n|---|---|---|";
    for (const finding of shown.slice(0, MOST_ROWS)) yield `| ${finding.status} | ${finding.severity} | ${inert(comparedLabel(finding))} |`;
    if (shown.length > MOST_ROWS) yield `\nAnd ${shown.length - MOST_ROWS} more.`;
  }
  for (const { outcome, message } of difference.gates) yield `\n${outcome === "holds" ? "" : "**Not held:** "}${inert(message)}`;
}
