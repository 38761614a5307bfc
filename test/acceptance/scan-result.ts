import type { ControlResult, Finding, Problem, Result, Verdict } from "@holdfast/core";
import { runHoldfast, type Run, type RunOptions } from "./run-holdfast.ts";

/** A scan with its result as other programs would read it. */
export interface Scan extends Run {
  readonly result: Result;
}

/** Scans with these arguments and reads the JSON that it prints. Throws with what the program said where there is none. */
export async function scanResult(args: readonly string[], options: RunOptions = {}): Promise<Scan> {
  const run = await runHoldfast(["scan", ...args, "--format", "json"], options);
  try {
    return { ...run, result: JSON.parse(run.stdout) as Result };
  } catch {
    throw new Error(`scan ${args.join(" ")} printed no result; exit code ${run.code}: ${run.stderr || run.stdout}`);
  }
}

/** The control of an id. */
export function controlOf({ controls }: Result, id: string): ControlResult {
  const found = controls.find((control) => control.id === id);
  if (found === undefined) throw new Error(`the result has no control ${id}`);
  return found;
}

/** The findings of a control. */
export function findingsOf({ findings }: Result, control: string): readonly Finding[] {
  return findings.filter((finding) => finding.control === control);
}

/** The names of the resources that a control found failed, sorted. */
export function failedNames(result: Result, control: string): readonly string[] {
  return namesOf(result, control, "failed");
}

/** The names of the resources to which a control gave this status, sorted. */
export function namesOf({ verdicts, resources }: Result, control: string, status: Verdict["status"]): readonly string[] {
  return verdicts
    .filter((verdict) => verdict.control === control && verdict.status === status)
    .flatMap(({ resource }) => (resource === null ? [] : (resources[resource]?.name ?? [])))
    .toSorted();
}

/** The problems of a file. */
export function problemsOf({ problems }: Result, file: string): readonly Problem[] {
  return problems.filter((problem) => problem.file === file);
}
