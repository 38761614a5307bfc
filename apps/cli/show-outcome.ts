import type { Problem, Result } from "@holdfast/core";
import { printable } from "@holdfast/report";
import type { CommandContext } from "./commands/define.ts";
import { tellOfOutput } from "./standard-streams.ts";
import { STANDARD_OUTPUT, type OutputTarget } from "./write-outputs.ts";

/**
 * Says on standard error what a person must know when no output for people was on the terminal: gates that do not hold, data that is missing, and outputs that
 * could not be written. Says nothing when all is well.
 */
export function showOutcome(
  result: Result,
  targets: readonly OutputTarget[],
  problems: readonly Problem[],
  context: Pick<CommandContext, "stderr">,
  quiet: boolean,
): void {
  const shown = targets.some(({ format, file }) => format.extension === null && file === null);
  if (!shown) {
    for (const { outcome, message } of result.gates) if (outcome !== "holds") context.stderr.write(`holdfast: ${printable(message)}\n`);
    if (result.summary.coverage === null) context.stderr.write("holdfast: no data: nothing could be evaluated, so there is no score\n");
    const lost = result.problems.filter(({ effect }) => effect !== "degraded").length;
    const held = result.gates.some(({ outcome, gate }) => outcome === "holds" && gate !== "coverage-threshold");
    const gated = result.gates.some(({ gate }) => gate === "coverage-threshold");
    // A gate that holds was asked for by whoever looks at nothing but the exit code: what it did not see must be said.
    if (lost > 0 && (!quiet || (held && !gated)))
      context.stderr.write(
        `holdfast: ${lost} ${lost === 1 ? "problem" : "problems"} took from what was judged; the result names each${held && !gated ? `. Gates that hold are about the rest: --coverage-threshold gates what was lost` : ""}\n`,
      );
  }
  showUnwritten(problems, context);
}

/** Says on standard error which outputs could not be written, and what to do. */
export function showUnwritten(problems: readonly Problem[], context: Pick<CommandContext, "stderr">): void {
  if (problems.some(({ subject }) => subject === STANDARD_OUTPUT)) tellOfOutput();
  for (const { code, subject, cause, remedy } of problems)
    context.stderr.write(
      `holdfast: could not ${code === "result-not-sent" ? "send the result to" : "write"} ${printable(`${subject}: ${cause}`)} (${code})\n  ${remedy}\n`,
    );
}
