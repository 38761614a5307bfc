import path from "node:path";
import type { Severity } from "@holdfast/core";
import { worstExitCode, type ExitCode } from "@holdfast/judge";
import { baselineOf, compareScans, newFindingsGate } from "@holdfast/judge/comparing";
import { differenceMarkdown, differenceText, printable, type ScanDifference } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import { showUnwritten } from "../show-outcome.ts";
import { UsageError } from "../usage-error.ts";
import { writeTextFile } from "../write-outputs.ts";
import { ageText } from "./age-text.ts";
import { readBaseline } from "./read-baseline.ts";

/** What `holdfast diff` is told. */
export interface DiffConfiguration {
  readonly old: string;
  readonly now: string;
  readonly format: "text" | "json" | "markdown";
  readonly output: string | undefined;
  readonly failOnNew: boolean;
  /** Only findings as severe count as new for the gate. */
  readonly severity: Severity | undefined;
  readonly verbose: boolean;
  readonly color: boolean;
}

/** Compares two stored scans. Ends with 1 on a new finding and with 3 where that can't be told, if asked to; else with 0. Throws `UsageError`. */
export async function runDiff(configuration: DiffConfiguration, { environment, stdout, stderr }: CommandContext): Promise<ExitCode> {
  const { old, now, failOnNew, severity, output } = configuration;
  if (severity !== undefined && !failOnNew)
    throw new UsageError("--severity-threshold needs --fail-on-new: it says which new findings count");
  const then = await readBaseline(old, environment.workingFolder);
  const later = await readBaseline(now, environment.workingFolder);
  const clock = later.time ?? environment.time ?? new Date().toISOString();
  const comparison = { baseline: baselineOf(old, then, { time: clock }), ...compareScans(later, then) };
  const request = { evaluated: later.evaluated, ...(severity === undefined ? {} : { severity }) };
  const difference: ScanDifference = {
    schema: "holdfast.diff/v1",
    old: comparison.baseline,
    new: { file: now, form: later.form, ...(later.time === undefined ? {} : { time: later.time }) },
    counts: comparison.counts,
    findings: comparison.findings,
    gates: failOnNew ? [newFindingsGate(comparison, request)] : [],
  };
  const age = await ageText(then.time, clock, old, environment.workingFolder);
  const text = [...lines(configuration, difference, age, environment)].map((line) => `${line}\n`).join("");
  const problem = output === undefined ? null : await writeTextFile(path.resolve(environment.workingFolder, output), text, output);
  if (output === undefined) stdout.write(text);
  if (configuration.format === "json" || output !== undefined) {
    for (const { outcome, message } of difference.gates) if (outcome !== "holds") stderr.write(`holdfast: ${printable(message)}\n`);
  }
  if (problem !== null) showUnwritten([problem], { stderr });
  const [gate] = difference.gates;
  return worstExitCode([
    problem === null ? 0 : 4,
    gate === undefined || gate.outcome === "holds" ? 0 : gate.outcome === "breached" ? 1 : 3,
  ]);
}

function lines(
  { format, verbose, color, output }: DiffConfiguration,
  difference: ScanDifference,
  age: string,
  { width, color: terminalColor }: CommandContext["environment"],
): Iterable<string> {
  if (format === "json") return [JSON.stringify(difference, null, 2)];
  const options = { width, color: color && terminalColor && output === undefined, verbose, age };
  return format === "markdown" ? differenceMarkdown(difference, options) : differenceText(difference, options);
}
