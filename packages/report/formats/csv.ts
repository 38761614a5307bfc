import type { ControlResult, Finding, Result, Score } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { fixText } from "../fix-text.ts";
import { skipText } from "../skip-text.ts";
import type { Format } from "./define.ts";

/** The columns, in their order. What a record has nothing to say about is empty. */
const COLUMNS = [
  "record",
  "status",
  "severity",
  "control",
  "name",
  "namespace",
  "kind",
  "resource",
  "file",
  "line",
  "column",
  "message",
  "fix",
  "accepted_by",
  "reason",
  "expires",
  "findings",
  "accepted",
  "compliance",
  "strict_compliance",
  "coverage",
  "answerable_controls",
  "all_controls",
  "fingerprint",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>;

// What spreadsheets take for a formula at the start of a cell, or a DDE call (OWASP, "CSV Injection"); with a quote before it, it is a text. Spaces before it are passed over.
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** A field of RFC 4180. Numbers are bare, so that they can be summed; texts that a spreadsheet would run are none. */
function field(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = value.toWellFormed();
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(inert) || inert !== inert.trim() ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function line(row: Row): string {
  return `${COLUMNS.map((column) => field(row[column])).join(",")}\r\n`;
}

/** "no data" is no number, and no empty field, which could be a score that was forgotten. */
function score(value: Score): string | number {
  return value ?? "no data";
}

function findingRow(finding: Finding, names: ReadonlyMap<string, string>, result: Result): Row {
  const { control, severity, status, message, fixes, fingerprint, acceptedBy } = finding;
  const resource = result.resources[finding.resource];
  const place = findingPlace(finding, result);
  const exception = acceptedBy === undefined ? undefined : result.exceptions[acceptedBy];
  return {
    record: "finding",
    status,
    severity,
    control,
    name: names.get(control) ?? "",
    namespace: resource?.namespace ?? "",
    kind: resource?.kind ?? "",
    resource: resource?.name ?? "",
    file: place?.file ?? "",
    line: place?.line ?? "",
    column: place?.column ?? "",
    message,
    fix: fixes.map(fixText).join("; "),
    accepted_by: exception?.id ?? "",
    reason: exception?.reason ?? "",
    expires: exception?.expires ?? "",
    fingerprint,
  };
}

function controlRow({ id, name, status, severity, skips, findings, accepted, compliance, strictCompliance }: ControlResult): Row {
  return {
    record: "control",
    status,
    severity,
    control: id,
    name,
    reason: status === "skipped" ? [...new Set(skips.map(skipText))].join("; ") : "",
    findings,
    accepted,
    compliance: score(compliance),
    strict_compliance: score(strictCompliance),
  };
}

type Scored = Pick<Result["summary"], "compliance" | "strictCompliance" | "coverage" | "reach">;

function scores({ compliance, strictCompliance, coverage, reach }: Scored): Row {
  return {
    compliance: score(compliance),
    strict_compliance: score(strictCompliance),
    coverage: score(coverage),
    answerable_controls: reach.answerable,
    all_controls: reach.total,
  };
}

function* render(result: Result): Iterable<string> {
  const { summary, frameworks, controls, findings, problems } = result;
  const names = new Map(controls.map(({ id, name }) => [id, name]));
  yield `${COLUMNS.join(",")}\r\n`;
  yield line({ record: "scan", findings: summary.findings, accepted: summary.accepted, ...scores(summary) });
  for (const framework of frameworks) yield line({ record: "framework", name: framework.id, ...scores(framework) });
  for (const { code, subject, effect, cause, remedy, file, line: at, column } of problems) {
    const place = { file: file ?? "", line: at ?? "", column: column ?? "" };
    yield line({ record: "problem", status: effect, name: code, message: `${subject}: ${cause}`, fix: remedy, ...place });
  }
  for (const control of controls) yield line(controlRow(control));
  for (const finding of findings) yield line(findingRow(finding, names, result));
}

/** Comma-separated values (RFC 4180): a table with one row for each finding, control, framework and problem, and one for the scan; the first column says which. */
export const csv: Format = { render };
