import type { GateOutcome } from "@holdfast/core";
import type { Style } from "../terminal/painter.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

const MARKS: Readonly<Record<GateOutcome["outcome"], readonly [mark: string, styles: readonly Style[]]>> = {
  holds: ["✓", ["green"]],
  breached: ["✗", ["red", "bold"]],
  "no-data": ["?", ["yellow", "bold"]],
};

/** The gates that were asked for and how each came out; where little is to be said, only those that do not hold. */
export function* gateLines(sheet: Sheet): Iterable<string> {
  const gates = sheet.result.gates.filter(({ outcome }) => !sheet.quiet || outcome !== "holds");
  if (gates.length === 0) return;
  const broken = sheet.result.gates.filter(({ outcome }) => outcome !== "holds").length;
  yield* heading(
    sheet,
    "GATES",
    broken === 0 ? "all hold" : `${broken} of ${sheet.result.gates.length} not held`,
    broken === 0 ? "green" : "red",
  );
  for (const { outcome, message } of gates) {
    const [mark, styles] = MARKS[outcome];
    const [first = "", ...rest] = prose(sheet, message, 4, 0, ...(outcome === "holds" ? [] : styles));
    yield `  ${sheet.paint(mark, ...styles)} ${first.slice(4)}`;
    yield* rest;
  }
}
