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
import { byNamespaceLines, byResourceLines, objectNextLines } from "../pretty/resource-view.ts";
import { firstWorkloadLines, notJudgedInShort, securityNextLines, topicLines, worstLines } from "../pretty/security-lines.ts";
import { sheetFor, type Section, type Sheet } from "../pretty/sheet.ts";
import { unpainted } from "../terminal/painter.ts";
import type { Format, ReportOptions, View } from "./define.ts";

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
const OVERVIEW: readonly Section[] = [
  scoreLines,
  inputLines,
  problemLines,
  topicLines,
  worstLines,
  firstWorkloadLines,
  notJudgedInShort,
  gateLines,
  securityNextLines,
];
const BY_RESOURCE: readonly Section[] = [
  scoreLines,
  inputLines,
  problemLines,
  byResourceLines,
  acceptedLines,
  notJudgedInShort,
  gateLines,
  recapAfterMuch,
  objectNextLines,
];
const BY_NAMESPACE: readonly Section[] = [
  scoreLines,
  inputLines,
  problemLines,
  byNamespaceLines,
  notJudgedInShort,
  gateLines,
  objectNextLines,
];
const QUIET: readonly Section[] = [noDataLines, inputLines, problemLines, gateLines];

const SECTIONS: Readonly<Record<View, readonly Section[]>> = {
  security: OVERVIEW,
  resource: BY_RESOURCE,
  control: BY_CONTROL,
  attack: BY_WORKLOAD,
  namespace: BY_NAMESPACE,
};

/** A line that begins with `::` would be a command to the build log of GitHub; with the sign of a ratio, which looks the same and is as wide, it is none. */
function harmless(line: string): string {
  const at = line.indexOf("::");
  if (at === -1 || unpainted(line.slice(0, at)).trim() !== "") return line;
  return `${line.slice(0, at)}\u2236${line.slice(at + 1)}`;
}

function* render(result: Result, options: ReportOptions): Iterable<string> {
  const sheet = sheetFor(result, options);
  let first = true;
  for (const section of options.quiet ? QUIET : SECTIONS[options.view]) {
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
