import { SEVERITIES, type Finding, type Problem, type Result, type Severity } from "@holdfast/core";
import { findingPlace } from "../finding-place.ts";
import { fixText } from "../fix-text.ts";
import { countText } from "../pretty/count-text.ts";
import { percentText } from "../pretty/percent.ts";
import { repositoryPath } from "../repository-path.ts";
import { resourceLabel } from "../resource-label.ts";
import { printable, printableText } from "../terminal/printable.ts";
import type { Format, ReportOptions } from "./define.ts";

type Level = "error" | "warning" | "notice";

const LEVELS: Readonly<Record<Severity, Level>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "notice",
  unknown: "warning",
};

// GitHub shows so many annotations of each level for a step, and drops the rest.
const SHOWN = 10;

/** A workflow command (https://docs.github.com/actions/reference/workflow-commands-for-github-actions), escaped as the runner reads it. */
function command(level: Level, properties: Readonly<Record<string, string | number | undefined>>, message: string): string {
  const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const pairs = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          `${name}=${data(printableText(String(value)))
            .replaceAll(":", "%3A")
            .replaceAll(",", "%2C")}`,
        ],
  );
  return `::${level}${pairs.length === 0 ? "" : ` ${pairs.join(",")}`}::${data(message.split("\n").map(printable).join("\n"))}\n`;
}

/** Where GitHub shows it. Columns only within one line: of a longer range it takes none. */
function position(
  file: string | undefined,
  sourcePrefix: string,
  line?: number,
  column?: number,
): Readonly<Record<string, string | number | undefined>> {
  if (file === undefined || file === "-") return {};
  return { file: repositoryPath(file, sourcePrefix), line, col: column };
}

function findingCommand(finding: Finding, names: ReadonlyMap<string, string>, result: Result, sourcePrefix: string): string {
  const { control, severity, source, message, fixes } = finding;
  const place = findingPlace(finding, result);
  const inOneLine = source?.endLine === undefined || source.endLine === source.line;
  const range = source?.endLine === undefined || source.endLine < source.line ? {} : { endLine: source.endLine };
  const columns =
    inOneLine && source?.endColumn !== undefined && source.endColumn > source.column ? { endColumn: source.endColumn - 1 } : {};
  const at = place === null ? {} : position(place.file, sourcePrefix, place.line, inOneLine ? place.column : undefined);
  const title = `${control} ${names.get(control) ?? ""} (${severity})`;
  const text = `${resourceLabel(result.resources[finding.resource])}: ${printableText(message)}\nTo do: ${printableText(fixes.map(fixText).join("; "))}`;
  return command(LEVELS[severity], { ...at, ...(Object.hasOwn(at, "file") ? { ...range, ...columns } : {}), title }, text);
}

function problemCommand({ code, subject, effect, cause, remedy, file, line, column }: Problem, sourcePrefix: string): string {
  const level = effect === "lost" ? "error" : effect === "partial" ? "warning" : "notice";
  const about = file === subject ? "" : `${printableText(subject)}: `;
  return command(
    level,
    { ...position(file, sourcePrefix, line, column), title: `${code} (${effect})` },
    `${about}${printableText(cause)}\nTo do: ${printableText(remedy)}`,
  );
}

/** What a build log says below the annotations, in plain lines. */
function* summaryLines({ summary, frameworks }: Result): Iterable<string> {
  const { findings, accepted, bySeverity, controls, coverage } = summary;
  const severities = SEVERITIES.map((severity) => `${bySeverity[severity]} ${severity}`).join(", ");
  yield `Holdfast: ${countText(findings, "finding")} (${severities}); ${countText(accepted, "more finding")} accepted\n`;
  yield `Controls: ${Object.entries(controls)
    .map(([status, count]) => `${count} ${status}`)
    .join(", ")}\n`;
  const scored = [...frameworks.map((one) => [`Framework ${printableText(one.id)}`, one] as const), ["Whole scan", summary] as const];
  for (const [name, one] of scored) {
    yield `${name}: compliance ${percentText(one.compliance)}, strict ${percentText(one.strictCompliance)}, coverage ${percentText(one.coverage)}, reach ${one.reach.answerable} of ${one.reach.total}\n`;
  }
  if (coverage === null) yield command("error", { title: "No data" }, "Nothing could be judged, so there is no score.");
}

function* render(result: Result, { sourcePrefix }: ReportOptions): Iterable<string> {
  const names = new Map(result.controls.map(({ id, name }) => [id, name]));
  const room: Record<Level, number> = { error: SHOWN, warning: SHOWN, notice: SHOWN };
  yield* summaryLines(result);
  for (const { gate, outcome, message } of result.gates) {
    if (outcome === "holds") continue;
    room.error--;
    yield command("error", { title: gate }, message);
  }
  for (const problem of result.problems.filter(({ effect }) => effect !== "degraded").slice(0, SHOWN / 2)) {
    room[problem.effect === "lost" ? "error" : "warning"]--;
    yield problemCommand(problem, sourcePrefix);
  }
  let left = 0;
  for (const finding of result.findings) {
    if (finding.status !== "open") continue;
    const level = LEVELS[finding.severity];
    if (room[level] > 0) {
      room[level]--;
      yield findingCommand(finding, names, result, sourcePrefix);
    } else left++;
  }
  if (left > 0) yield `Holdfast: ${countText(left, "more finding")} without an annotation: GitHub shows ten of each level for a step\n`;
}

/** Annotations of a workflow run on GitHub, with a few lines for the log. Markdown for its summary page is the format `markdown`. */
export const github: Format = { render };
