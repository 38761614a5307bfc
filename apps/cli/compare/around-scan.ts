import type { Seal } from "../delivery/seal.ts";
import type { Result } from "@holdfast/core";
import type { ExitCode, GateRequest, JudgeOptions } from "@holdfast/judge";
import { nearestNames } from "@holdfast/core";
import type { CommandContext } from "../commands/define.ts";
import type { Policies } from "../load-policies.ts";
import { suggestion } from "../output-targets.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { showUnwritten } from "../show-outcome.ts";
import { UsageError } from "../usage-error.ts";
import type { Comparisons } from "./comparisons.ts";

/** What the scan is compared with and held against, read before anything is scanned; null where it is neither. Throws `UsageError`. */
export async function loadComparisons(configuration: ScanConfiguration, context: CommandContext): Promise<Comparisons | null> {
  if (configuration.baseline === undefined && configuration.ratchet === undefined) return null;
  const { Comparisons: Loaded } = await import("./comparisons.ts");
  return Loaded.load(configuration, context);
}

/** A gate on a control that there is not would never be breached. Throws `UsageError`. */
export function checkGatedControls({ controlThresholds = [], failOnControls = [] }: GateRequest, { ports }: Policies): void {
  const named = [...controlThresholds.map(({ control }) => control), ...failOnControls];
  if (named.length === 0) return;
  const known = [...ports.library.library.controls, ...(ports.customRules?.controls ?? [])].map(({ id }) => id);
  const unknown = named.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  throw new UsageError(
    `unknown control "${unknown}" of a gate${suggestion(nearestNames(unknown, known))}\n\`holdfast list controls\` lists them all.`,
  );
}

/** What judgement is told of gates and comparisons. */
export function gatesAndComparisons(
  { gates, baseline }: ScanConfiguration,
  comparisons: Comparisons | null,
): Pick<JudgeOptions, "gates" | "compare"> {
  return {
    gates: { ...gates, newOnly: baseline?.newOnly === true, failOnNew: baseline?.failOnNew === true },
    ...(comparisons === null ? {} : { compare: comparisons.compare }),
  };
}

/** Writes what is no form of the result: the lock file, and the report on the gates of the result as it is shown. Gives 4 where something could not be written. */
export async function writeBesides(
  result: Result,
  shown: Result,
  comparisons: Comparisons | null,
  { gateReport }: ScanConfiguration,
  seal: Seal | null,
  context: CommandContext,
): Promise<ExitCode> {
  const problems = comparisons === null ? [] : [...(await comparisons.finish(result))];
  if (gateReport !== undefined) {
    const { writeGateReport } = await import("./write-gate-report.ts");
    problems.push(...(await writeGateReport(gateReport, shown, context.environment.workingFolder, seal)));
  }
  showUnwritten(problems, context);
  return problems.length > 0 ? 4 : 0;
}
