import { withoutCaptures } from "../6-link/query-expressions.ts";
import { explainSolutions, type Finding } from "../observe/explain-findings.ts";
import { renderFindings } from "../observe/render-findings.ts";
import { renderTrace, type TraceView } from "../observe/render-trace.ts";
import type { Trace } from "../observe/trace.ts";

/** `steps`: the expressions that made each solution. The others show events: see `TraceView`. */
export type ExplanationView = "steps" | TraceView;

/** Why a query has the solutions that it has: as text for people, and for programs either the steps behind each solution, or the lines of the text. */
export interface Explanation {
  readonly text: string;
  readonly steps: readonly Finding[] | null;
}

/** Explains the query that was evaluated while a trace was listening. */
export function explain(trace: Trace, view: ExplanationView): Explanation {
  if (view !== "steps") return { text: withoutCaptures(renderTrace(trace, view)), steps: null };
  const steps = explainSolutions(trace).map(asWritten);
  const left = trace.omittedDerivations === 0 ? "" : `… ${trace.omittedDerivations} more values were left out\n`;
  return { text: `${renderFindings(steps)}${left}`, steps };
}

/** A solution without the variables that its expressions' values were taken by. */
function asWritten(finding: Finding): Finding {
  const steps = finding.steps.map((step) => ({
    ...step,
    text: withoutCaptures(step.text),
    variables: Object.fromEntries(Object.entries(step.variables).filter(([name]) => withoutCaptures(`${name} = `) !== "")),
  }));
  return { ...finding, rule: withoutCaptures(finding.rule), steps };
}
