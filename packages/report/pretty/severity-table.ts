import { SEVERITIES, type SeverityCounts } from "@holdfast/core";
import { displayWidth } from "../terminal/display-width.ts";
import { printableText } from "../terminal/printable.ts";
import { SEVERITY_STYLES } from "./severity-styles.ts";
import { prose, type Sheet } from "./sheet.ts";

/** What a row counts, and its counts. */
export interface SeverityRow {
  readonly name: string;
  readonly counts: SeverityCounts;
}

/** Counts items by the severity that each has. */
export function countSeverities(items: Iterable<{ readonly severity: keyof SeverityCounts }>): SeverityCounts {
  const counts: Record<keyof SeverityCounts, number> = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  for (const { severity } of items) counts[severity]++;
  return counts;
}

/** Orders counts, worst first: by the first severity of which one has more. */
export function compareCounts(a: SeverityCounts, b: SeverityCounts): number {
  return SEVERITIES.map((severity) => b[severity] - a[severity]).find((difference) => difference !== 0) ?? 0;
}

/** "3 high, 1 low": what there is of each severity. */
export function severityText(counts: SeverityCounts): string {
  return SEVERITIES.flatMap((severity) => (counts[severity] === 0 ? [] : [`${counts[severity].toLocaleString("en-US")} ${severity}`])).join(
    ", ",
  );
}

/** Rows under a head with the severities that there are; a line of words for each row where that is too wide. */
export function* severityTable(sheet: Sheet, rows: readonly SeverityRow[]): Iterable<string> {
  const { paint, width } = sheet;
  const present = SEVERITIES.filter((severity) => rows.some(({ counts }) => counts[severity] > 0));
  const names = rows.map(({ name }) => printableText(name));
  const nameWidth = Math.max(0, ...names.map(displayWidth));
  const cell = Math.max(...present.map((severity) => severity.length), 6) + 2;
  if (2 + nameWidth + cell * present.length > width) {
    for (const { name, counts } of rows) yield* prose(sheet, `${name}: ${severityText(counts)}`, 2, 2);
    return;
  }
  yield " ".repeat(2 + nameWidth) + present.map((severity) => paint(severity.padStart(cell), ...SEVERITY_STYLES[severity])).join("");
  for (const [place, { counts }] of rows.entries()) {
    const name = names[place] ?? "";
    const cells = present.map((severity) => {
      const count = counts[severity];
      return count === 0 ? paint("-".padStart(cell), "dim") : count.toLocaleString("en-US").padStart(cell);
    });
    yield `  ${name}${" ".repeat(nameWidth - displayWidth(name))}${cells.join("")}`;
  }
}
