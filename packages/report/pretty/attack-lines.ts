import type { AttackedWorkload, AttackTrackSummary, Finding, StepState, WorkloadTrack } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { resourceLabel } from "../resource-label.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { printableText } from "../terminal/printable.ts";
import type { Style } from "../terminal/painter.ts";
import { countText } from "./count-text.ts";
import { findingLines, findingSummary } from "./finding-lines.ts";
import { placeText } from "./place-text.ts";
import { SEVERITY_STYLES } from "./severity-styles.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

/** So many workloads are to be fixed first. */
const FIRST = 3;
// Of what opens one step so many controls are named, and of a fix so many are shown in full.
const OF_A_STEP = 3;
const OF_A_FIX = 2;
const INDENT = 3;
const STATUS_WIDTH = 10;

const STATUS_STYLES: Readonly<Record<StepState["status"], readonly Style[]>> = {
  reached: ["red", "bold"],
  open: ["yellow", "bold"],
  accepted: ["dim"],
  broken: ["green"],
  unknown: ["yellow"],
};

function findingsAt(places: readonly number[], { result }: Sheet): readonly Finding[] {
  return places.flatMap((place) => result.findings[place] ?? []);
}

function controlText(id: string, { result }: Sheet): string {
  const name = result.controls.find((control) => control.id === id)?.name;
  return name === undefined ? id : `${id} ${name}`;
}

/** The place, the name and, in words, why it stands where it stands. */
function* workloadHead(workload: AttackedWorkload, rank: number, sheet: Sheet): Iterable<string> {
  const { paint, result, width } = sheet;
  const resource = result.resources[workload.resource];
  const severity = workload.severity.toUpperCase();
  const label = printableText(resourceLabel(resource));
  const line = resource?.line === undefined ? {} : { line: resource.line };
  const where = resource?.file === undefined ? null : placeText({ file: resource.file, ...line });
  const start = `${rank}. ${severity}  `;
  const painted = `${rank}. ${paint(severity, ...SEVERITY_STYLES[workload.severity])}  `;
  if (displayWidth(start + label) + 2 + displayWidth(where ?? "") <= width) {
    yield painted + paint(label, "bold") + (where === null ? "" : `  ${paint(where, "cyan")}`);
  } else {
    const [first = "", ...rest] = prose(sheet, label, start.length, 0, "bold");
    yield painted + first.slice(start.length);
    yield* rest;
    if (where !== null) yield `${" ".repeat(INDENT)}${paint(where, "cyan")}`;
  }

  yield* prose(sheet, rankText(workload), INDENT, 0, "dim");
}

/** What puts a workload where it stands: "3 chains on 2 tracks, 1 of them with a step that is not known; the worst has 3 open steps, the first among them". */
export function rankText({ chains, known, length, exposed, tracks }: AttackedWorkload): string {
  const unsure = chains - known;
  const all = `${countText(chains, "chain")} on ${countText(tracks.length, "track")}`;
  const doubt =
    chains === 1 ? ", with a step that is not known" : `, ${unsure.toLocaleString("en-US")} of them with a step that is not known`;
  const first = exposed ? "the first step among them" : "and nobody knows whether the first step is";
  const worst = `${chains === 1 ? "it" : "the worst"} has ${countText(length, "open step")}, ${first}`;
  return `${all}${unsure > 0 ? doubt : ""}; ${worst}`;
}

/** Why nobody knows whether a step is open. */
export function unknownText({ why, notJudged = [] }: StepState): string {
  if (why === "image-vulnerabilities") return "not known: there is no data on the vulnerabilities of images";
  if (why === "no-control") return "not known: no control stands in its way";
  const more = notJudged.length > OF_A_STEP ? ` and ${(notJudged.length - OF_A_STEP).toLocaleString("en-US")} more` : "";
  return `not known: not judged by ${notJudged.slice(0, OF_A_STEP).join(", ")}${more}`;
}

function* stepLines(name: string, depth: number, state: StepState, sheet: Sheet): Iterable<string> {
  const indent = INDENT + 2 + STATUS_WIDTH;
  const text = `${"> ".repeat(depth)}${name}${state.status === "unknown" ? `: ${unknownText(state)}` : ""}`;
  const [first = "", ...rest] = prose(sheet, text, indent, 2);
  yield `${" ".repeat(INDENT + 2)}${sheet.paint(state.status.padEnd(STATUS_WIDTH), ...STATUS_STYLES[state.status])}${first.slice(indent)}`;
  yield* rest;
  const inner = indent + 2 * depth + 2;
  const byControl = [...Map.groupBy(findingsAt(state.findings, sheet), ({ control }) => control).values()];
  const shown = sheet.verbose || byControl.length === OF_A_STEP + 1 ? byControl : byControl.slice(0, OF_A_STEP);
  for (const findings of shown) yield* openingLines(findings, inner, sheet);
  const left = byControl.length - shown.length;
  if (left > 0) yield* prose(sheet, `and ${countText(left, "more control")}`, inner, 2, "dim");
}

/** A control that opens a step, with the place of its first finding. */
function* openingLines(findings: readonly Finding[], indent: number, sheet: Sheet): Iterable<string> {
  const [first] = findings;
  if (first === undefined) return;
  const count = findings.length === 1 ? "" : ` (${countText(findings.length, "finding")})`;
  const what = `${controlText(first.control, sheet)}${count}`;
  const place = findingPlace(first, sheet.result);
  const where = place === null ? null : placeText(place);
  if (where !== null && indent + displayWidth(printableText(what)) + 2 + displayWidth(where) <= sheet.width) {
    yield `${" ".repeat(indent)}${printableText(what)}  ${sheet.paint(where, "bold")}`;
    return;
  }
  yield* prose(sheet, what, indent, 2);
  if (where !== null) yield `${" ".repeat(indent + 2)}${sheet.paint(where, "bold")}`;
}

function* trackLines({ track, depth, steps }: WorkloadTrack, sheet: Sheet): Iterable<string> {
  const summary: AttackTrackSummary | undefined = sheet.result.attack?.tracks[track];
  if (summary === undefined) return;
  yield* prose(
    sheet,
    `${summary.name}: ${depth.toLocaleString("en-US")} of ${countText(summary.length, "step")} reached`,
    INDENT,
    2,
    "bold",
  );
  const depths: number[] = [];
  for (const [place, { name, after }] of summary.steps.entries()) {
    const own = after === null ? 0 : (depths[after] ?? 0) + 1;
    depths.push(own);
    const state = steps[place];
    if (state !== undefined) yield* stepLines(name, own, state, sheet);
  }
}

/** The fix, as its findings show it: with the diff where there is one, else with what is to be decided. */
function* fixLines({ fix, chains }: AttackedWorkload, sheet: Sheet): Iterable<string> {
  const findings = findingsAt(fix.findings, sheet);
  const together = findings.length > 1 ? `, all ${findings.length.toLocaleString("en-US")} findings together` : "";
  const what = chains === 1 ? "the chain" : `${fix.breaks.toLocaleString("en-US")} of ${countText(chains, "chain")}`;
  yield* prose(sheet, `fix first, and break ${what}${together}:`, INDENT, 2, "bold");
  const full = sheet.verbose ? findings : findings.slice(0, OF_A_FIX);
  for (const finding of full) {
    yield "";
    yield* prose(sheet, controlText(finding.control, sheet), 2, 2, "bold");
    yield* findingLines(finding, sheet);
  }
  const rest = findings.slice(full.length);
  if (rest.length === 0) return;
  yield "";
  for (const finding of rest.slice(0, OF_A_STEP)) yield* findingSummary(finding, sheet);
  const left = rest.length - OF_A_STEP;
  if (left > 0) yield* prose(sheet, `… ${left.toLocaleString("en-US")} more: --verbose shows all`, 4, 2, "dim");
}

function* workloadLines(workload: AttackedWorkload, rank: number, sheet: Sheet): Iterable<string> {
  yield* workloadHead(workload, rank, sheet);
  for (const track of workload.tracks) {
    yield "";
    yield* trackLines(track, sheet);
  }
  yield "";
  yield* fixLines(workload, sheet);
}

/** Why there is nothing to show; null where there is. */
export function nothingText({ result: { attack, summary } }: Pick<Sheet, "result">): string | null {
  if (attack === undefined) return "this result does not say how findings chain: an older version of Holdfast wrote it. Scan again.";
  if (attack.tracks.length === 0) return "the library that judged has no attack tracks, so nothing says how findings chain";
  if (attack.workloads.length > 0) return null;
  if (summary.coverage === null) return "nothing could be judged, so nobody knows whether findings would chain";
  return summary.coverage === 100
    ? "no failed controls chain on a workload"
    : "no failed controls chain on a workload, in what could be judged";
}

/** The workloads to fix first, and why: the steps of each track with what opens them, and the fix that breaks the most chains. */
export function* attackLines(sheet: Sheet): Iterable<string> {
  const nothing = nothingText(sheet);
  if (nothing !== null) {
    yield* heading(sheet, "ATTACK", nothing, "cyan");
    return;
  }
  const workloads = sheet.result.attack?.workloads ?? [];
  const shown = sheet.verbose ? workloads : workloads.slice(0, FIRST);
  const order = workloads.length === 1 ? "" : ", the first to fix first";
  const some = `${countText(workloads.length, "workload")} on which failed controls chain${order}`;
  const first = `the ${FIRST} workloads to fix first, of ${workloads.length.toLocaleString("en-US")} on which failed controls chain`;
  yield* heading(sheet, "ATTACK", shown.length < workloads.length ? first : some, "cyan");
  for (const [place, workload] of shown.entries()) {
    yield "";
    yield* workloadLines(workload, place + 1, sheet);
  }
}

/** Where the rest is. */
export function attackNextLines(sheet: Sheet): readonly string[] {
  const all = sheet.result.attack?.workloads.length ?? 0;
  const rest = sheet.verbose || all <= FIRST ? "" : "`--verbose` shows every workload; ";
  return prose(sheet, `${rest}\`--view control\` shows every finding by its control.`, 0, 2, "dim");
}
