import type { Finding, Result } from "@holdfast/core";
import { fixText } from "../fix-text.ts";
import { countText } from "../pretty/count-text.ts";
import { acceptedText, exceptionState, partlyAcceptedText } from "../document-facts.ts";
import { findingPlace } from "../finding-place.ts";
import { resourceLabel } from "../resource-label.ts";
import { COLORS, type Cell, type Paper } from "./paper.ts";
import { paperPlace } from "./paper-text.ts";

/** So many open findings are listed, the worst first: some fifty sheets. */
const MOST_FINDINGS = 300;
const MOST_ACCEPTED = 100;
const OF_A_FINDING = 3;

/** Some of a list; how many are left out is said. */
function some<T>(items: readonly T[], write: (item: T) => string): readonly string[] {
  const left = items.length - OF_A_FINDING;
  return [...items.slice(0, OF_A_FINDING).map(write), ...(left > 0 ? [`and ${left.toLocaleString("en-US")} more`] : [])];
}

function where(finding: Finding, result: Result): Cell {
  const place = findingPlace(finding, result);
  return [
    { text: resourceLabel(result.resources[finding.resource]) },
    place === null
      ? { text: "in no file", size: 8, color: COLORS.muted }
      : { text: paperPlace(place), font: "mono", size: 7.5, color: COLORS.muted },
  ];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function what(finding: Finding, result: Result): Cell {
  const { message, evidence, fixes } = finding;
  const accepted = partlyAcceptedText(finding, result);
  const values = some(evidence, ({ path, value }) => `${path} is ${value}`);
  const actions = some(fixes, (fix) => sentence(fixText(fix)));
  return [
    { text: sentence(message) },
    ...(accepted === null ? [] : [{ text: sentence(accepted), size: 8.5 }]),
    ...values.map((text) => ({ text, font: "mono" as const, size: 7.5, color: COLORS.muted })),
    ...actions.map((text) => ({ text, size: 8.5, color: COLORS.accent })),
  ];
}

// Where, and what with what to do: without a title, as it would stand above each few lines.
const COLUMNS = [
  { title: "", share: 0.38 },
  { title: "", share: 0.62 },
];

/** The open findings by control, the worst first, as many as a document can hold; how many are left out is said at the beginning and at the end. */
export function findingsSection(paper: Paper, result: Result): void {
  const open = result.findings.filter(({ status }) => status === "open");
  const shown = open.slice(0, MOST_FINDINGS);
  const left = open.length - shown.length;
  paper.heading(1, "Findings", { room: 170 });
  if (open.length === 0) {
    paper.paragraph(
      result.summary.coverage === null ? "No data: nothing could be judged." : "There are no open findings in what was judged.",
    );
    return;
  }
  const rest = `${countText(left, "more open finding")} ${left === 1 ? "is" : "are"} not in this document: the result as JSON, or as an HTML page, has every one.`;
  paper.paragraph(
    left === 0
      ? `${countText(open.length, "open finding")}, the worst first.`
      : `The ${countText(shown.length, "open finding")} listed here are the first of ${open.length.toLocaleString("en-US")}, the worst first. ${rest}`,
  );
  const controls = new Map(result.controls.map((control) => [control.id, control]));
  for (const [id, findings] of Map.groupBy(shown, ({ control }) => control)) {
    const control = controls.get(id);
    paper.heading(2, `${id} ${control?.name ?? ""}`.trim(), { room: 150, listed: false });
    const [first] = findings;
    const of = control !== undefined && control.findings > findings.length ? ` of ${countText(control.findings, "open finding")}` : "";
    paper.paragraph(
      `Severity ${first?.severity ?? "unknown"}, ${of === "" ? countText(findings.length, "finding") : findings.length.toLocaleString("en-US")}${of}`,
      { color: COLORS.muted },
    );
    paper.table(
      COLUMNS,
      findings.map((finding) => [where(finding, result), what(finding, result)]),
    );
  }
  if (left > 0) paper.paragraph(rest, { font: "bold" });
}

/** The exceptions with reason and end, and what they accept. */
export function acceptedSection(paper: Paper, result: Result): void {
  const { exceptions } = result;
  paper.heading(1, "Accepted risks", { room: 130 });
  if (exceptions.length === 0) {
    paper.paragraph("No exceptions were given: nothing is accepted.");
    return;
  }
  paper.paragraph(acceptedText(result));
  paper.table(
    [
      { title: "Exception", share: 0.3 },
      { title: "Reason", share: 0.27 },
      { title: "Expires", share: 0.15 },
      { title: "Outcome", share: 0.17 },
      { title: "Findings", share: 0.11, right: true },
    ],
    exceptions.map((exception) => {
      const { id, reason, file, line, expires, accepts, scope, author, detail } = exception;
      const small = { size: 8, color: COLORS.muted };
      const about = [scope, author === undefined ? undefined : `by ${author}`].filter((text) => text !== undefined);
      const place =
        file === undefined
          ? []
          : [{ text: paperPlace({ file, ...(line === undefined ? {} : { line }) }), font: "mono" as const, ...small }];
      return [
        [{ text: id }, ...about.map((text) => ({ text, ...small })), ...place],
        reason === "" ? "no reason is given" : reason,
        expires ?? "never",
        [{ text: exceptionState(exception) ?? "" }, ...(detail === undefined ? [] : [{ text: detail, ...small }])],
        accepts.toLocaleString("en-US"),
      ];
    }),
  );
  const accepted = result.findings.filter(({ status }) => status === "accepted");
  if (accepted.length === 0) return;
  paper.heading(2, "What is accepted");
  paper.table(
    [
      { title: "Where", share: 0.36 },
      { title: "What", share: 0.42 },
      { title: "By", share: 0.22 },
    ],
    accepted.slice(0, MOST_ACCEPTED).map((finding) => {
      const exception = finding.acceptedBy === undefined ? undefined : exceptions[finding.acceptedBy];
      return [
        where(finding, result),
        [{ text: sentence(finding.message) }, { text: finding.control, font: "mono" as const, size: 7.5, color: COLORS.muted }],
        exception?.id ?? "an exception that is not named",
      ];
    }),
  );
  if (accepted.length > MOST_ACCEPTED) {
    paper.paragraph(
      `${countText(accepted.length - MOST_ACCEPTED, "more accepted finding")} are not in this document: the result as JSON, or as an HTML page, has every one.`,
      { font: "bold" },
    );
  }
}
