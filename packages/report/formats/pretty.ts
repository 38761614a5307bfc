import type { Result } from "@holdfast/core";
import { attackLines, attackNextLines } from "../pretty/attack-lines.ts";
import { acceptedLines, passedLines, resourceLines } from "../pretty/detail-lines.ts";
import { exceptionLines } from "../pretty/exception-lines.ts";
import { comparisonLines } from "../pretty/comparison-lines.ts";
import { failureLines } from "../pretty/failure-lines.ts";
import { gateLines } from "../pretty/gate-lines.ts";
import { inputLines } from "../pretty/input-lines.ts";
import { nextLines } from "../pretty/next-lines.ts";
import { notJudgedLines } from "../pretty/not-judged-lines.ts";
import { problemLines } from "../pretty/problem-lines.ts";
import { ratchetLines } from "../pretty/ratchet-lines.ts";
import { recapLines, scoreLines } from "../pretty/score-lines.ts";
import { sheetFor, type Section, type Sheet } from "../pretty/sheet.ts";
import { unpainted } from "../terminal/painter.ts";
import type { Format, ReportOptions } from "./define.ts";

/** That nothing could be judged must be said even where little is said. */
function* noDataLines({ result, paint }: Sheet): Iterable<string> {
  if (result.summary.coverage === null) yield paint("no data: nothing could be judged, so there is no score", "yellow", "bold");
}

// So many findings make a page that no screen shows as a whole.
const MUCH = 10;

/** The scores again, where the head of the page is out of sight. */
function* recapAfterMuch(sheet: Sheet): Iterable<string> {
  if (sheet.verbose || sheet.result.findings.length >= MUCH) yield* recapLines(sheet);
}

const BY_CONTROL: readonly Section[] = [
  scoreLines,
  inputLines,
  problemLines,
  failureLines,
  exceptionLines,
  acceptedLines,
  passedLines,
  notJudgedLines,
  resourceLines,
  comparisonLines,
  ratchetLines,
  gateLines,
  recapAfterMuch,
  nextLines,
];
const BY_WORKLOAD: readonly Section[] = [noDataLines, inputLines, attackLines, problemLines, gateLines, attackNextLines];
const QUIET: readonly Section[] = [noDataLines, inputLines, problemLines, gateLines];

function sectionsFor({ quiet, view }: ReportOptions): readonly Section[] {
  if (quiet) return QUIET;
  return view === "attack" ? BY_WORKLOAD : BY_CONTROL;
}

/** A line that begins with `::` would be a command to the build log of GitHub; with the sign of a ratio, which looks the same and is as wide, it is none. */
function harmless(line: string): string {
  const at = line.indexOf("::");
  if (at === -1 || unpainted(line.slice(0, at)).trim() !== "") return line;
  return `${line.slice(0, at)}\u2236${line.slice(at + 1)}`;
}

function* render(result: Result, options: ReportOptions): Iterable<string> {
  const sheet = sheetFor(result, options);
  let first = true;
  for (const section of sectionsFor(options)) {
    let begun = false;
    for (const line of section(sheet)) {
      if (!begun && !first) yield "\n";
      begun = true;
      first = false;
      yield `${harmless(line)}\n`;
    }
  }
}

/** The result for people, on a terminal or in a build log. With `quiet` it says nothing at all when all is well. */
export const pretty: Format = { render };
