import type { Result } from "@holdfast/core";
import { resultExitCode, worstExitCode, type ExitCode } from "@holdfast/judge";
import type { View } from "@holdfast/report";
import type { CommandContext } from "./commands/define.ts";
import { showOutcome } from "./show-outcome.ts";
import { stepSummaries } from "./output-targets.ts";
import { sourcePrefix } from "./source-prefix.ts";
import { writeOutputs, type OutputTarget } from "./write-outputs.ts";

/** How a result is shown, as the user asked for it. */
export interface Presentation {
  readonly view: View;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** False with --no-color. */
  readonly color: boolean;
}

/** Writes a result to all its outputs, says what a person must know besides, and gives the exit code that its gates, its data and the outputs call for. */
export async function deliverResult(
  result: Result,
  targets: readonly OutputTarget[],
  { view, verbose, quiet, color }: Presentation,
  { environment, stdout, stderr }: Pick<CommandContext, "environment" | "stdout" | "stderr">,
): Promise<ExitCode> {
  const options = {
    width: environment.width,
    color: color && environment.color && targets.every(({ file }) => file === null),
    view,
    verbose,
    quiet,
    sourcePrefix: await sourcePrefix(environment.workingFolder),
  };
  const all = [...targets, ...stepSummaries(targets, environment.stepSummary)];
  const problems = await writeOutputs(result, all, options, stdout);
  showOutcome(result, targets, problems, stderr, quiet);
  return worstExitCode([resultExitCode(result), problems.length > 0 ? 4 : 0]);
}
