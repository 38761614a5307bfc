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

/** Explains the query that was evaluated while a trace was listening, and had so many solutions; null where the evaluation failed. */
export function explain(trace: Trace, view: ExplanationView, solutions: number | null): Explanation {
  if (view !== "steps") return { text: withoutCaptures(renderTrace(trace, view)), steps: null };
  if (solutions === 0) return { text: "there is no solution: the view `fails` shows what did not hold\n", steps: [] };
  const all = explainSolutions(trace);
  // Where an expression is false there is no solution, unless that is the answer.
  const held = all.filter((finding) => !isFalse(finding));
  const steps = (held.length === 0 && solutions !== null ? all : held).map(asWritten);
  const left = trace.omittedDerivations === 0 ? "" : `… ${trace.omittedDerivations} more values were left out\n`;
  return { text: `${renderFindings(steps)}${left}`, steps };
}

/** Whether an expression of a query was false, as its value was taken. */
function isFalse({ steps }: Finding): boolean {
  return steps.some(({ variables }) => Object.entries(variables).some(([name, value]) => value === false && isCapture(name)));
}

function isCapture(name: string): boolean {
  return withoutCaptures(`${name} = `) === "";
}

/** A solution without the variables that its expressions' values were taken by. */
function asWritten(finding: Finding): Finding {
  const steps = finding.steps.map((step) => ({
    ...step,
    text: withoutCaptures(step.text),
    variables: Object.fromEntries(Object.entries(step.variables).filter(([name]) => !isCapture(name))),
  }));
  return { ...finding, rule: withoutCaptures(finding.rule), steps };
}
