import { BuiltinError } from "../builtins/define.ts";
import { placeOf, wholeOf } from "../runtime/document-place.ts";
import { timed } from "../observe/metrics.ts";
import { EvaluationError, type ErrorPlace } from "../runtime/evaluation-error.ts";
import type { LinkedProgram } from "./linked-program.ts";
import { prepareContext } from "./prepare-context.ts";
import type { EvaluateOptions, EvaluationProblem, RuleResult } from "./program.ts";

/** Evaluates the rule or package at a path below `data` of a linked program. `place` is where it begins. */
export function evaluateRule(
  linked: LinkedProgram,
  path: readonly string[],
  options: EvaluateOptions,
  place: ErrorPlace | null = null,
): RuleResult {
  const context = prepareContext(options);
  try {
    const value = timed(options.metrics, "evaluate", () => wholeOf(context, placeOf(context, linked.root, path)));
    context.meter?.checkOutput(value, place);
    return { value, problem: null };
  } catch (error) {
    return { value: undefined, problem: problemOf(error) };
  }
}

/** What ended an evaluation, for people and programs. What is neither an error of rules nor of builtins is a fault of the engine, and thrown on. */
export function problemOf(error: unknown): EvaluationProblem {
  if (error instanceof EvaluationError) {
    return { code: error.code, message: error.message, file: error.place?.file ?? null, line: error.place?.line ?? null };
  }
  if (error instanceof BuiltinError)
    return { code: error.code, message: error.message, file: error.place?.file ?? null, line: error.place?.line ?? null };
  if (error instanceof RangeError) {
    const message = "the evaluation needed more memory or nesting than there is; values may be nested too deep";
    return { code: "eval_internal_error", message, file: null, line: null };
  }
  throw error;
}
