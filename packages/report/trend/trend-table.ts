import type { Score, TrendPoint } from "@holdfast/core";
import { percentText } from "../pretty/percent.ts";
import { clip, displayWidth, pad } from "../terminal/display-width.ts";
import type { Painter } from "../terminal/painter.ts";
import { printableText } from "../terminal/printable.ts";

/** A scan in a table of scans over time. */
type TrendRow = Pick<TrendPoint, "file" | "time" | "coverage" | "compliance" | "strictCompliance" | "findings" | "accepted" | "bySeverity">;

const HEAD: readonly string[] = ["scan", "compliance", "strict", "coverage", "findings", "critical", "high", "medium", "low", "accepted"];
const WIDEST_NAME = 40;
const GAP = "\u2014";

function score(value: Score): string {
  return value === null ? GAP : percentText(value);
}

function count(value: number | null | undefined): string {
  return value === null || value === undefined ? GAP : value.toLocaleString("en-US");
}

function cells({ file, time, coverage, compliance, strictCompliance, findings, accepted, bySeverity }: TrendRow): readonly string[] {
  const { critical, high, medium, low } = bySeverity ?? {};
  return [
    clip(printableText(time ?? file), WIDEST_NAME),
    score(compliance),
    score(strictCompliance),
    coverage === null ? "no data" : percentText(coverage),
    ...[findings, critical, high, medium, low, accepted].map(count),
  ];
}

/** Scans over time, a line for each. What there was no data for is a gap. */
export function* trendTable(rows: readonly TrendRow[], paint: Painter): Iterable<string> {
  const table = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => displayWidth(row[column] ?? ""))));
  for (const [place, row] of table.entries()) {
    const line = row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? pad(cell, width) : `${" ".repeat(Math.max(0, width - displayWidth(cell)))}${cell}`;
      })
      .join("  ");
    yield place === 0 ? paint(line, "bold") : line;
  }
}
