import type { ResourceSummary, Status } from "@holdfast/core";
import { resourceLabel } from "../resource-label.ts";
import type { Style } from "../terminal/painter.ts";
import { countText } from "./count-text.ts";
import { findingSummary } from "./finding-lines.ts";
import { placeText } from "./place-text.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

const STATUS_STYLES: Readonly<Record<Status, readonly Style[]>> = {
  passed: ["green"],
  failed: ["red"],
  accepted: ["yellow"],
  skipped: ["dim"],
  errored: ["red", "bold"],
};

/** What exceptions accept: each exception with its reason and findings. */
export function* acceptedLines(sheet: Sheet): Iterable<string> {
  const { exceptions, findings } = sheet.result;
  const accepted = findings.filter(({ status }) => status === "accepted");
  if (!sheet.verbose || accepted.length === 0) return;
  yield* heading(sheet, "ACCEPTED", countText(accepted.length, "finding"), "yellow");
  const byException = Map.groupBy(accepted, ({ acceptedBy }) => acceptedBy);
  for (const [place, list] of byException) {
    const exception = place === undefined ? undefined : exceptions[place];
    const until = exception?.expires === undefined ? "" : ` (until ${exception.expires})`;
    yield* prose(
      sheet,
      exception === undefined ? "by an exception that is not named" : `${exception.id}${until}: ${exception.reason}`,
      2,
      2,
    );
    for (const finding of list) yield* findingSummary(finding, sheet);
  }
}

/** The controls that found nothing, each with how many resources it judged. */
export function* passedLines(sheet: Sheet): Iterable<string> {
  const passed = sheet.result.controls.filter(({ status }) => status === "passed");
  if (!sheet.verbose || passed.length === 0) return;
  yield* heading(sheet, "PASSED", countText(passed.length, "control"), "green");
  for (const { id, name, counts } of passed) yield* prose(sheet, `${id} ${name}: ${countText(counts.passed, "resource")}`, 2, 2);
}

function placed({ file, line }: ResourceSummary): string {
  return file === undefined ? "in no file" : placeText({ file, ...(line === undefined ? {} : { line }) });
}

/** Every resource, with the worst of its verdicts. */
export function* resourceLines(sheet: Sheet): Iterable<string> {
  const { resources } = sheet.result;
  if (!sheet.verbose || resources.length === 0) return;
  yield* heading(sheet, "RESOURCES", countText(resources.length, "resource"));
  for (const resource of resources) {
    const { status, findings } = resource;
    const count = findings === 0 ? "" : `: ${countText(findings, "finding")}`;
    const [first = "", ...rest] = prose(sheet, `${resourceLabel(resource)}  ${placed(resource)}${count}`, 12);
    yield `  ${sheet.paint(status.padEnd(10), ...STATUS_STYLES[status])}${first.slice(12)}`;
    yield* rest;
  }
}
