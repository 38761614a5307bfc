import { existsSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import path from "node:path";
import type { NextStep, Result } from "@holdfast/core";
import type { ExitCode } from "@holdfast/judge";
import { findingAges, nextStep, type ScanView } from "@holdfast/judge/comparing";
import { nextText, painter } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import { loadPolicies } from "../load-policies.ts";
import { checkJudgingOptions, hasEffect } from "../options-without-effect.ts";
import { scanFor } from "../run-scan.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { compileForShortRun } from "../short-run.ts";
import { SETTINGS_FILE, type Setting } from "../settings/settings-file.ts";
import { UsageError } from "../usage-error.ts";
import { readBaseline } from "./read-baseline.ts";
import { repeatedSettings } from "./repeated-options.ts";
import { readStoredResult } from "./read-stored-result.ts";

/** What `holdfast next` is told. */
export interface NextConfiguration {
  readonly paths: readonly string[];
  readonly json: boolean;
  /** Earlier results, which say since when findings are open. */
  readonly history: readonly string[];
  readonly color: boolean;
  /** The words of the options that a proof repeats. */
  readonly repeated: readonly string[];
  /** What a file of settings said of options. */
  readonly settings: readonly Setting[];
  /** How the paths are scanned, where they are no stored result. */
  readonly scan: Omit<ScanConfiguration, "paths">;
}

const HEAD = 512;
/** Options that say how the answer is shown and made, whatever it is made from. */
const OF_SHOWING: ReadonlySet<string> = new Set(["json", "history", "no-color", "config", "no-config"]);

/** Whether a path is a file that begins as a stored result does. What can't be read is for the scan to tell. */
async function isStoredResult(file: string, workingFolder: string): Promise<boolean> {
  const full = path.resolve(workingFolder, file);
  try {
    if (!(await stat(full)).isFile()) return false;
    const handle = await open(full);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
      return /"schema"\s*:\s*"holdfast\.result\//u.test(buffer.toString("utf8", 0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}

/** A word of a command line as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command that proves a step done: its findings are gone from a scan of the same paths by their controls, made in the same way. */
function proofOf({ controls, findings }: NextStep, { inputs }: Result, repeated: readonly string[]): string {
  const what = inputs.cluster === undefined ? inputs.roots : [`--cluster=${inputs.cluster.context}`];
  const words = ["holdfast", "scan", "control", controls.join(","), ...what, ...repeated, "--fail-on-finding", findings.join(",")];
  return words.map(quoted).join(" ");
}

/** Options that make a scan for a proof what the one was that found it. Of a stored result nobody knows them: where they matter, that is said. */
async function optionsOf(
  result: Result,
  configuration: NextConfiguration,
  stored: boolean,
  context: CommandContext,
): Promise<readonly string[]> {
  const { environment, stderr } = context;
  const { repeated, settings } = configuration;
  if (!stored) {
    // Of a file of settings the proof has what it repeats, and not its gates and outputs.
    const hadEffect = (key: string): boolean => hasEffect({ ...scanned(configuration), given: new Set([key]) }, result);
    const words = [...repeated, ...repeatedSettings(settings, hadEffect)];
    return existsSync(path.join(environment.workingFolder, SETTINGS_FILE)) ? [...words, "--no-config"] : words;
  }
  const { rendered = [], parameters } = result.inputs;
  if (rendered.length > 0 || parameters !== undefined)
    stderr.write(
      "holdfast: the result does not say with which options it was made (--values, --controls-config and the like): give the proof the same ones\n",
    );
  return [];
}

/** What is scanned: the working folder where nothing is named. */
function scanned({ paths, scan }: NextConfiguration): ScanConfiguration {
  return { ...scan, paths: paths.length === 0 && scan.cluster.askedBy === null ? ["."] : paths };
}

async function resultOf(next: NextConfiguration, stored: boolean, context: CommandContext): Promise<Result> {
  const { paths, scan } = next;
  const { environment } = context;
  const [only] = paths;
  if (stored && only !== undefined) {
    const option = [...scan.given].find((name) => !OF_SHOWING.has(name));
    if (option !== undefined)
      throw new UsageError(`--${option} says how something is scanned, and ${only} is a stored result: leave it out, or name what to scan`);
    return readStoredResult(only, environment.workingFolder);
  }
  if (paths.includes("")) throw new UsageError("a path is empty: name a file or folder, or . for this one");
  const configuration = scanned(next);
  checkJudgingOptions(configuration);
  compileForShortRun();
  return scanFor(configuration, await loadPolicies(configuration, environment), null, context);
}

/** Says what to fix first. Ends with 0, and with 3 where nothing was evaluated. Throws `UsageError`. */
export async function runNext(configuration: NextConfiguration, context: CommandContext): Promise<ExitCode> {
  const { environment, stdout } = context;
  const earlier: ScanView[] = [];
  for (const file of configuration.history) earlier.push(await readBaseline(file, environment.workingFolder));
  const [only] = configuration.paths;
  const stored = only !== undefined && configuration.paths.length === 1 && (await isStoredResult(only, environment.workingFolder));
  const result = await resultOf(configuration, stored, context);
  const now = result.time ?? environment.time ?? new Date().toISOString();
  const next = nextStep(result, findingAges(result, earlier, now));
  const { step, coverage } = next;
  const shown = step === null ? null : { ...step, proof: proofOf(step, result, await optionsOf(result, configuration, stored, context)) };
  if (configuration.json) {
    const findings = step === null ? [] : result.findings.filter(({ fingerprint }) => step.findings.includes(fingerprint));
    const details = findings.map(({ fingerprint, control, severity, resource, message, fixes, edit, source }) => {
      const { apiVersion = "", kind = "", namespace = "", name = "", file, line } = result.resources[resource] ?? {};
      const place = source ?? { file, line };
      return {
        fingerprint,
        control,
        severity,
        resource: { apiVersion, kind, namespace, name },
        message,
        file: place.file,
        line: place.line,
        fixes,
        edit,
      };
    });
    stdout.write(`${JSON.stringify({ ...next, step: shown === null ? null : { ...shown, details } }, null, 2)}\n`);
  } else if (shown !== null) {
    const paint = painter(configuration.color && environment.color);
    for (const line of nextText(shown, result, { width: environment.width, paint })) stdout.write(`${line}\n`);
  } else if (coverage === null) stdout.write("no data: nothing could be judged, so there is nothing to say\n");
  else {
    const { accepted } = result.summary;
    const known = coverage === 100 ? "" : " in what could be judged; mend what was lost first: `holdfast scan` names it";
    stdout.write(`nothing to fix: there is no open finding${known}${accepted === 0 ? "" : `; ${accepted} accepted by exceptions`}\n`);
  }
  return coverage === null ? 3 : 0;
}
