import { printable } from "@holdfast/report";
import type { FixedFile, FixedFinding, FixReport } from "./fix-report.ts";

/** So many findings of one sort are named one by one. */
const MOST_NAMED = 20;

/** What was done, for people. */
export function fixText(report: FixReport): string {
  const of = (outcome: FixedFinding["outcome"]): readonly FixedFinding[] => report.findings.filter((one) => one.outcome === outcome);
  const lines = [
    ...report.files.map((one) => fileLine(one, report.files)),
    ...section("not fixed", of("not-fixed"), ({ reason = "", code, remedy = "", changes = [] }) => [
      `${reason} (${code ?? ""})`,
      ...(changes.length === 0 ? [remedy] : changes),
    ]),
    ...proposals(report.findings),
    ...section("needs a decision", of("decision"), ({ question = "", path, value }) => [
      question,
      ...(path === undefined ? [] : [`${path}${value === undefined ? "" : `, for example ${JSON.stringify(value)}`}`]),
    ]),
    ...section("not found any more", of("stale"), ({ reason = "", remedy = "" }) => [reason, remedy]),
    ...withoutFix(of("no-fix")),
    summaryLine(report),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function fileLine({ file, outcome, findings, reason, namedBy }: FixedFile, all: readonly FixedFile[]): string {
  const verb = namedBy === undefined ? { written: "changed", proposed: "would change" } : { written: "made", proposed: "would make" };
  const names = all.filter((other) => other.namedBy === file).map((other) => other.file);
  const what = findings === 0 && names.length > 0 ? `to name ${names.join(", ")}` : counted(findings, "finding");
  return `${{ ...verb, left: "left" }[outcome]} ${file} (${what}${reason === undefined ? "" : `: ${reason}`})`;
}

/** How it came out, in a line. */
function summaryLine({ dryRun, summary: { fixed, files, decisions, noFix, notFixed, stale } }: FixReport): string {
  const parts = [
    `${dryRun ? "would fix" : "fixed"} ${counted(fixed, "finding")} in ${counted(files, "file")}`,
    ...(notFixed === 0 ? [] : [`${notFixed} not fixed`]),
    `${decisions} ${decisions === 1 ? "needs" : "need"} a decision`,
    `${noFix} ${noFix === 1 ? "has" : "have"} no fix`,
    ...(stale === 0 ? [] : [`${stale} not found any more`]),
  ];
  return parts.join(", ");
}

/** `1 file`, `2 files`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function placeOf({ file, line }: FixedFinding): string {
  return file === undefined ? "" : `  ${file}${line === undefined ? "" : `:${line}`}`;
}

function section(title: string, findings: readonly FixedFinding[], details: (finding: FixedFinding) => readonly string[]): string[] {
  if (findings.length === 0) return [];
  const lines: string[] = ["", `${title}:`];
  // What several controls ask of one place is asked of a person once.
  const asked = Map.groupBy(findings, (one) => JSON.stringify([one.resource, placeOf(one), details(one)]));
  for (const [first, ...others] of [...asked.values()].slice(0, MOST_NAMED)) {
    if (first === undefined) continue;
    const controls = [...new Set([first, ...others].map(({ control }) => control))];
    lines.push(`  ${controls.join(", ")} ${first.resource}${placeOf(first)}`, ...details(first).map((line) => `    ${line}`));
  }
  if (asked.size > MOST_NAMED) lines.push(`  and ${asked.size - MOST_NAMED} more; --json lists them all`);
  return lines;
}

/** Changes of templates, each once. */
function proposals(findings: readonly FixedFinding[]): string[] {
  const diffs = [...new Set(findings.flatMap(({ proposal }) => proposal ?? []))];
  return diffs.length === 0 ? [] : ["", "proposed for templates, and left to you:", ...diffs.flatMap((diff) => diff.trimEnd().split("\n"))];
}

/** What has no fix, by control: the reason is the same for all of one. */
function withoutFix(findings: readonly FixedFinding[]): string[] {
  if (findings.length === 0) return [];
  const lines = ["", "no fix is known:"];
  for (const [first, ...others] of Map.groupBy(findings, ({ control, reason }) => `${control} ${reason ?? ""}`).values())
    if (first !== undefined)
      lines.push(`  ${first.control} ${first.name} (${counted(others.length + 1, "finding")}): ${first.reason ?? ""}`);
  return [...lines, ""];
}
