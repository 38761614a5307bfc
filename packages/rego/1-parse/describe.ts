import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { SyntaxFailure } from "./syntax-failure.ts";
import type { LexicalProblem } from "./tokenize.ts";

/** More errors than this are not reported: nobody reads them. */
export const mostErrors = 50;

/** The problems as diagnostics, in order, without those that say the same of the same place. */
export function describe(problems: readonly (LexicalProblem | SyntaxFailure)[], source: string, file: string): readonly Diagnostic[] {
  const sorted = problems.toSorted((a, b) => a.span.start - b.span.start);
  const diagnostics: Diagnostic[] = [];
  let lastStart = -1;
  for (const problem of sorted) {
    if (diagnostics.length >= mostErrors) break;
    if (problem.span.start === lastStart) continue;
    lastStart = problem.span.start;
    const message = problem.message;
    const warning = problem instanceof SyntaxFailure && problem.warning;
    diagnostics.push(
      makeDiagnostic(problem.kind, message, { file, source }, problem.span, {
        severity: warning ? "warning" : "error",
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
      }),
    );
  }
  return diagnostics;
}
