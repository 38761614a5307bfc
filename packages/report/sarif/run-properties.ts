import type { FrameworkResult, Problem, Result } from "@holdfast/core";
import { Artifacts, placeLocation } from "./locations.ts";
import { messageText } from "./results.ts";

const PROBLEM_LEVELS: Readonly<Record<Problem["effect"], "error" | "warning" | "note">> = {
  lost: "error",
  partial: "warning",
  degraded: "note",
};

function notification(problem: Problem, artifacts: Artifacts): object {
  const { code, stage, subject, effect, cause, remedy } = problem;
  const physicalLocation = placeLocation(problem, artifacts);
  return {
    descriptor: { id: code },
    level: PROBLEM_LEVELS[effect],
    message: { text: messageText(`${subject}: ${cause}. ${remedy}`) },
    ...(physicalLocation === null ? {} : { locations: [{ physicalLocation }] }),
    properties: { stage, effect, subject },
  };
}

/**
 * The scan as SARIF's invocation (3.20). It is successful where it came to a judgement; what was lost on the way is in its notifications, and lowers the coverage
 * in the run's properties.
 */
export function invocationOf(result: Result, sourcePrefix: string): object {
  const artifacts = new Artifacts(sourcePrefix);
  return {
    executionSuccessful: result.summary.coverage !== null,
    ...(result.time === undefined ? {} : { endTimeUtc: result.time }),
    toolExecutionNotifications: result.problems.map((problem) => notification(problem, artifacts)),
  };
}

function frameworkProperties({ id, name, compliance, strictCompliance, coverage, reach, counts }: FrameworkResult): object {
  return { id, name, compliance, strictCompliance, coverage, reach, controls: counts };
}

/** What SARIF has no field for: scores, coverage and reach, of the scan and of each framework, counts and gates. */
export function runProperties({ summary, frameworks, inputs, gates, tool }: Result): object {
  return {
    compliance: summary.compliance,
    strictCompliance: summary.strictCompliance,
    coverage: summary.coverage,
    reach: summary.reach,
    frameworks: frameworks.map(frameworkProperties),
    controls: summary.controls,
    resources: summary.resources,
    findings: summary.findings,
    accepted: summary.accepted,
    bySeverity: summary.bySeverity,
    inputs: inputs.account,
    gates: gates.map(({ gate, framework, outcome, message }) => ({
      gate,
      ...(framework === undefined ? {} : { framework }),
      outcome,
      message,
    })),
    library: tool.library,
  };
}
