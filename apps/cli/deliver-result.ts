import { makeProblem, type Problem, type Result } from "@holdfast/core";
import { resultExitCode, worstExitCode, type ExitCode } from "@holdfast/judge";
import { formats, type ReportOptions, type View } from "@holdfast/report";
import type { CommandContext } from "./commands/define.ts";
import type { Delivery } from "./delivery/prepare-delivery.ts";
import { OUTPUT_PROBLEMS } from "./output-problems.ts";
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

/** A result whose gates say only which they are and how they came out: where outputs are encrypted, the log is not the place for more. */
function withoutWords(result: Result): Result {
  return { ...result, gates: result.gates.map((gate) => ({ ...gate, message: `${gate.gate} ${gate.outcome}` })) };
}

/** Sends the result where it was asked for. That it can't be sent is a problem, and nothing else is lost. */
async function submitted(shown: Result, options: ReportOptions, { submit }: Delivery): Promise<readonly Problem[]> {
  const json = formats.find(({ id }) => id === "json");
  if (submit === undefined || json === undefined) return [];
  const { render } = await json.load();
  const cause = await submit.send(render(shown, options));
  if (cause === null) return [];
  const { origin, pathname } = submit.url;
  return [makeProblem(OUTPUT_PROBLEMS, "result-not-sent", { subject: `${origin}${pathname}`, cause })];
}

/** Writes a result to all its outputs, says what a person must know besides, and gives the exit code that its gates, its data and the outputs call for. */
export async function deliverResult(
  result: Result,
  targets: readonly OutputTarget[],
  { view, verbose, quiet, color }: Presentation,
  delivery: Delivery,
  context: Pick<CommandContext, "environment" | "stdout" | "stderr">,
): Promise<ExitCode> {
  const { environment } = context;
  const options = {
    // Asking for the width opens standard output.
    get width() {
      return environment.width;
    },
    color: color && targets.every(({ file }) => file === null) && delivery.seal === null && environment.color,
    view,
    verbose,
    quiet,
    // The way to the folder is made of names.
    sourcePrefix: delivery.hides ? "" : await sourcePrefix(environment.workingFolder),
  };
  const shown = delivery.shown(result);
  // A page for people is no place for what is encrypted.
  const all = delivery.seal === null ? [...targets, ...stepSummaries(targets, environment.stepSummary)] : targets;
  const problems = [...(await writeOutputs(shown, all, options, context, delivery.seal)), ...(await submitted(shown, options, delivery))];
  showOutcome(delivery.seal === null ? shown : withoutWords(shown), targets, problems, context, quiet);
  return worstExitCode([resultExitCode(result), problems.length > 0 ? 4 : 0]);
}
