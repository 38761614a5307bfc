import { SEVERITIES, compareSeverity, type ControlResult, type Finding, type Result } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { fixText } from "../fix-text.ts";
import { code, codeBlock, inert, inertHtml } from "../markdown/inert.ts";
import { countText } from "../pretty/count-text.ts";
import { percentText } from "../pretty/percent.ts";
import { placeText } from "../pretty/place-text.ts";
import { repositoryPath } from "../repository-path.ts";
import { resourceLabel } from "../resource-label.ts";
import { printable } from "../terminal/printable.ts";
import type { Format, ReportOptions } from "./define.ts";

/** What a comment on GitHub can hold, in characters. GitLab and Azure DevOps take more. */
const MOST_CHARACTERS = 65_536;
// Kept for what is written last: how much was left out, and the link to more.
const RESERVE = 400;
const LONGEST_TEXT = 400;
const MOST_FRAMEWORKS = 30;
const LONGEST_DIFF = 2000;
// Lists that are no findings take so many characters each, so that there is always room for findings.
const LIST_ROOM = 8000;

const MARKER = "<!-- holdfast -->\n";
const SIGNS: Readonly<Record<string, string>> = { critical: "🟣", high: "🔴", medium: "🟠", low: "🔵", unknown: "⚪" };

function cut(text: string, length = LONGEST_TEXT): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}

function prose(text: string): string {
  return inert(cut(text));
}

/** As many lines as fit, and how many more there are. */
function bounded(lines: readonly string[]): string {
  let room = LIST_ROOM;
  const shown = lines.filter(({ length }) => (room -= length) >= 0);
  return shown.join("") + (shown.length < lines.length ? `- … and ${(lines.length - shown.length).toLocaleString("en-US")} more\n` : "");
}

/** What was found, in a line. */
function headline({ summary }: Result): string {
  const { findings, accepted, coverage, bySeverity } = summary;
  const present = SEVERITIES.filter((severity) => bySeverity[severity] > 0);
  const counts = present
    .map((severity) => `${SIGNS[severity] ?? ""} ${bySeverity[severity].toLocaleString("en-US")} ${severity}`)
    .join(", ");
  const more = accepted === 0 ? "" : ` (and ${accepted.toLocaleString("en-US")} accepted)`;
  if (findings > 0) return `${countText(findings, "finding")}: ${counts}${more}`;
  if (coverage === null) return `no data: nothing could be judged${more}`;
  return `${coverage === 100 ? "no findings" : "no findings in what could be judged"}${more}`;
}

function scoreTable({ summary, frameworks }: Result): string {
  const named = frameworks.slice(0, MOST_FRAMEWORKS).map((one) => [inert(cut(one.name, MOST_FRAMEWORKS)), one] as const);
  const rows = [...named, ["Whole scan", summary] as const];
  const lines = rows.map(([name, { compliance, strictCompliance, coverage, reach }]) => {
    const cells = [
      name,
      percentText(compliance),
      percentText(strictCompliance),
      percentText(coverage),
      `${reach.answerable} of ${reach.total}`,
    ];
    return `| ${cells.join(" | ")} |\n`;
  });
  return `| | compliance | strict | coverage | reach |\n|---|---|---|---|---|\n${lines.join("")}`;
}

function countsLine({ summary, problems }: Result): string {
  const statuses = Object.entries(summary.controls).flatMap(([status, count]) => (count === 0 ? [] : [`${count} ${status}`]));
  const lost = problems.filter(({ effect }) => effect === "lost").length;
  const losses = lost === 0 ? "" : ` **${countText(lost, "loss", "losses")}: not everything was judged.**`;
  return `Controls: ${statuses.join(", ") || "none"}.${losses}\n`;
}

function gateList({ gates }: Result): string {
  const lines = gates.map(
    ({ outcome, message }) => `- ${outcome === "holds" ? "✅" : outcome === "breached" ? "❌" : "❔"} ${prose(message)}\n`,
  );
  return lines.length === 0 ? "" : `\n${bounded(lines)}`;
}

function problemList({ problems }: Result): string {
  const shown = problems.filter(({ effect }) => effect !== "degraded");
  if (shown.length === 0) return "";
  const lines = shown.map(({ code: id, subject, effect, cause, file, line }) => {
    const place = code(cut(file === undefined ? subject : placeText({ file, ...(line === undefined ? {} : { line }) })));
    return `- ${effect}: ${place} ${prose(cause)} (${prose(id)})\n`;
  });
  return `\n### What was lost\n\n${bounded(lines)}`;
}

/** The failed controls with their open findings, the worst first. */
function failures({ controls, findings }: Result): readonly (readonly [ControlResult, readonly Finding[]])[] {
  const open = Map.groupBy(
    findings.filter(({ status }) => status === "open"),
    ({ control }) => control,
  );
  return controls
    .flatMap((control) => {
      const own = open.get(control.id);
      return own === undefined ? [] : [[control, own] as const];
    })
    .toSorted(([a], [b]) => compareSeverity(a.severity, b.severity) || (b.score ?? 0) - (a.score ?? 0) || b.findings - a.findings);
}

function findingText(finding: Finding, result: Result, sourcePrefix: string): string {
  const place = findingPlace(finding, result);
  const file = place === null ? null : { ...place, file: place.file === "-" ? "-" : repositoryPath(place.file, sourcePrefix) };
  const where =
    file === null ? "" : `${code(cut(placeText({ file: file.file, ...(file.line === undefined ? {} : { line: file.line }) })))} `;
  const label = code(cut(resourceLabel(result.resources[finding.resource])));
  const words = finding.fixes.filter(({ kind }) => finding.edit === undefined || kind === "choose" || kind === "none");
  const fix = words.length === 0 ? "" : ` *${prose(words.map(fixText).join("; ")) || "no fix"}*`;
  const head = `- ${where}${label}${finding.message === "" ? "" : `: ${prose(finding.message)}.`}${fix}\n`;
  const diff = finding.edit?.diff ?? "";
  if (diff === "" || diff.length > LONGEST_DIFF) return head;
  const block = codeBlock("diff", diff.replace(/\n$/u, "").split("\n").map(printable));
  return `${head}${block.replaceAll(/^(?=.)/gmu, "  ")}`;
}

function controlHead({ id, name, severity }: ControlResult, count: number): string {
  const title = `${SIGNS[severity] ?? ""} ${severity} ${inertHtml(cut(id))} ${inertHtml(cut(name))}`;
  return `\n<details><summary>${title}: ${countText(count, "finding")}</summary>\n\n`;
}

const CONTROL_END = "\n</details>\n";

function acceptedList({ findings, exceptions }: Result): string {
  const accepted = Map.groupBy(
    findings.filter(({ status }) => status === "accepted"),
    ({ acceptedBy }) => acceptedBy,
  );
  if (accepted.size === 0) return "";
  const lines = [...accepted].map(([place, own]) => {
    const exception = place === undefined ? undefined : exceptions[place];
    const until = exception?.expires === undefined ? "" : ` until ${prose(exception.expires)}`;
    const reason =
      exception === undefined ? "an exception that is not named" : `${prose(exception.id)}${until}: ${prose(exception.reason)}`;
    return `- ${countText(own.length, "finding")} by ${reason}\n`;
  });
  return `\n### Accepted\n\n${bounded(lines)}`;
}

function* render(result: Result, { sourcePrefix }: ReportOptions): Iterable<string> {
  const head = `${MARKER}## Holdfast: ${headline(result)}\n\n${scoreTable(result)}\n${countsLine(result)}${gateList(result)}${problemList(result)}`;
  const tail = acceptedList(result);
  yield head;
  let room = MOST_CHARACTERS - RESERVE - head.length - tail.length;
  let shown = 0;
  let full = false;
  for (const [control, findings] of failures(result)) {
    let begin = controlHead(control, findings.length);
    const first = begin;
    for (const finding of findings) {
      const text = begin + findingText(finding, result, sourcePrefix);
      full = room < text.length + CONTROL_END.length;
      if (full) break;
      room -= text.length;
      yield text;
      begin = "";
      shown++;
    }
    if (begin !== first) {
      room -= CONTROL_END.length;
      yield CONTROL_END;
    }
    if (full) break;
  }
  const left = result.summary.findings - shown;
  if (left > 0) yield `\n**${countText(left, "more finding")} ${left === 1 ? "is" : "are"} not shown here:** a comment holds no more.\n`;
  yield tail;
}

/** Markdown for a comment on a pull request or a build's summary page: at most 65,536 characters, and nothing in it is obeyed that names of the input say. */
export const markdown: Format = { render };
