import { compareSeverity, type ControlResult, type Finding, type Result } from "@holdfast/core";
import { displayWidth } from "../terminal/display-width.ts";
import { printableText } from "../terminal/printable.ts";
import { countText } from "./count-text.ts";
import { findingLines, findingSummary } from "./finding-lines.ts";
import { SEVERITY_STYLES } from "./severity-styles.ts";
import { prose, type Sheet } from "./sheet.ts";
import { nothingShown, type ShownFaults } from "./shown-faults.ts";

// Of each control so many findings are shown in full, and so many more in a line each.
const IN_FULL = 3;
const IN_SHORT = 5;

// With more controls than this the page is an overview: one example of each is worth more than three of the first.
export const MANY_CONTROLS = 15;

interface Failure {
  readonly control: ControlResult;
  readonly findings: readonly Finding[];
}

/** Orders controls, worst first: by severity, score, and how much they found. */
function compareControls(a: ControlResult, b: ControlResult): number {
  return compareSeverity(a.severity, b.severity) || (b.score ?? 0) - (a.score ?? 0) || b.findings - a.findings;
}

/** Controls that have open findings, worst first. */
export function worstControls({ controls }: Result): readonly ControlResult[] {
  return controls.filter(({ findings }) => findings > 0).toSorted(compareControls);
}

/** Controls with open findings, worst first. */
function failures({ controls, findings }: Result): readonly Failure[] {
  const byControl = Map.groupBy(
    findings.filter(({ status }) => status === "open"),
    ({ control }) => control,
  );
  return controls
    .flatMap((control): readonly Failure[] => {
      const own = byControl.get(control.id);
      return own === undefined ? [] : [{ control, findings: own }];
    })
    .toSorted((a, b) => compareControls(a.control, b.control));
}

function* headLines({ control, findings }: Failure, sheet: Sheet): Iterable<string> {
  const { paint, width } = sheet;
  const severity = control.severity.toUpperCase();
  const id = printableText(control.id);
  const name = printableText(control.name);
  const { failed, passed } = control.counts;
  const count = `${countText(findings.length, "finding")} in ${failed.toLocaleString("en-US")} of ${countText(failed + passed, "resource")}`;
  const used = displayWidth(`${severity}  ${id}  ${name}`);
  if (used + 2 + displayWidth(count) <= width) {
    yield `${paint(severity, ...SEVERITY_STYLES[control.severity])}  ${paint(`${id}  ${name}`, "bold")}  ${paint(count, "dim")}`;
    return;
  }
  const [first = "", ...rest] = prose(sheet, `${id} ${name}`, severity.length + 2, 0, "bold");
  yield paint(severity, ...SEVERITY_STYLES[control.severity]) + first.slice(severity.length);
  yield* rest;
  yield* prose(sheet, count, severity.length + 2, 0, "dim");
}

/** How many of a control's findings need no second showing, and where they are shown. */
function* shownElsewhereLines(elsewhere: ReadonlySet<string>, count: number, total: number, sheet: Sheet): Iterable<string> {
  if (count === 0) return;
  const where = `shown above, under ${[...elsewhere].join(", ")}`;
  if (count === total) {
    yield* prose(sheet, where, 2, 2, "dim");
    return;
  }
  yield "";
  yield* prose(sheet, `and ${countText(count, "more finding")} ${where}`, 2, 2, "dim");
}

function* failureSection(failure: Failure, inFull: number, shown: ShownFaults, sheet: Sheet): Iterable<string> {
  yield* headLines(failure, sheet);
  const elsewhere = new Set<string>();
  const findings = failure.findings.filter((finding) => {
    const control = sheet.verbose ? undefined : shown.controlThatShows(finding);
    if (control !== undefined) elsewhere.add(control);
    return control === undefined;
  });
  const full = findings.slice(0, inFull);
  for (const finding of full) {
    yield "";
    yield* findingLines(finding, sheet);
    shown.add(finding);
  }
  const rest = findings.slice(full.length);
  if (rest.length > 0) {
    // One line more costs no more than saying that it was left out.
    const short = rest.slice(0, rest.length === IN_SHORT + 1 ? rest.length : IN_SHORT);
    yield "";
    yield* prose(sheet, `and ${countText(rest.length, "more finding")}:`, 2);
    for (const finding of short) yield* findingSummary(finding, sheet);
    if (short.length < rest.length) {
      yield* prose(
        sheet,
        `… ${(rest.length - short.length).toLocaleString("en-US")} more: --verbose shows all, --format json has all`,
        4,
        2,
        "dim",
      );
    }
  }
  yield* shownElsewhereLines(elsewhere, failure.findings.length - findings.length, failure.findings.length, sheet);
}

/** What failed, by control, worst first. A fault that several controls find is shown in full under the first of them, and named under the others. */
export function* failureLines(sheet: Sheet): Iterable<string> {
  const all = failures(sheet.result);
  const inFull = sheet.verbose ? Number.POSITIVE_INFINITY : all.length > MANY_CONTROLS ? 1 : IN_FULL;
  const shown = nothingShown();
  let first = true;
  for (const failure of all) {
    if (!first) yield "";
    first = false;
    yield* failureSection(failure, inFull, shown, sheet);
  }
}
