import type { Problem, Result } from "@holdfast/core";
import { vulnerability } from "../gitlab/vulnerability.ts";
import { countText } from "../pretty/count-text.ts";
import { percentText } from "../pretty/percent.ts";
import { printableText } from "../terminal/printable.ts";
import type { Format, ReportOptions } from "./define.ts";

/** The version of GitLab's schema (https://gitlab.com/gitlab-org/security-products/security-report-schemas) that is written. */
const SCHEMA_VERSION = "15.1.4";
// The schema asks for a time; a scan that was given none has this.
const NO_TIME = "1970-01-01T00:00:00";

const LEVELS: Readonly<Record<Problem["effect"], string>> = { lost: "warn", partial: "warn", degraded: "info" };

interface Message {
  readonly level: string;
  readonly value: string;
}

/** What the form has no field for: counts, scores, what was accepted, and what was lost. */
function messages({ summary, frameworks, problems, gates }: Result): readonly Message[] {
  const { findings, accepted, controls, coverage } = summary;
  const scored = [...frameworks.map((one) => [`framework ${printableText(one.id)}`, one] as const), ["whole scan", summary] as const];
  const counts = Object.entries(controls).map(([status, count]) => `${count} ${status}`);
  return [
    ...(coverage === null ? [{ level: "fatal", value: "no data: nothing could be judged" }] : []),
    {
      level: "info",
      value: `${countText(findings, "finding")}; ${countText(accepted, "more finding")} accepted by exceptions, which are left out here`,
    },
    { level: "info", value: `controls: ${counts.join(", ")}` },
    ...scored.map(([name, one]) => ({
      level: "info",
      value: `${name}: compliance ${percentText(one.compliance)}, strict ${percentText(one.strictCompliance)}, coverage ${percentText(one.coverage)}, reach ${one.reach.answerable} of ${one.reach.total} controls`,
    })),
    ...gates.map(({ message }) => ({ level: "info", value: printableText(message) || "gate" })),
    ...problems.map(({ code, subject, effect, cause }) => ({
      level: LEVELS[effect],
      value: printableText(`${code}: ${subject}: ${cause}`),
    })),
  ];
}

function* render(result: Result, { sourcePrefix }: ReportOptions): Iterable<string> {
  const { tool, time, summary } = result;
  const at = time?.replace(/(?:\.\d+)?Z$/u, "") ?? NO_TIME;
  const analyzer = { id: "holdfast", name: "Holdfast", version: tool.version, vendor: { name: "Holdfast" } };
  const scan = {
    analyzer,
    scanner: analyzer,
    type: "sast",
    start_time: at,
    end_time: at,
    status: summary.coverage === null ? "failure" : "success",
    messages: messages(result),
  };
  yield `{\n  "version": ${JSON.stringify(SCHEMA_VERSION)},\n  "scan": ${JSON.stringify(scan)},\n  "vulnerabilities": [`;
  const controls = new Map(result.controls.map((control) => [control.id, control]));
  let separator = "\n";
  for (const finding of result.findings) {
    if (finding.status !== "open") continue;
    yield `${separator}    ${JSON.stringify(vulnerability(finding, controls.get(finding.control), result, sourcePrefix))}`;
    separator = ",\n";
  }
  yield `${separator === "\n" ? "" : "\n  "}]\n}\n`;
}

/** GitLab's security report for SAST, of which merge requests and the vulnerability page are made. */
export const gitlabSast: Format = { render };
