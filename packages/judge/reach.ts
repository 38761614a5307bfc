import type { ControlEvaluation, Reach } from "@holdfast/core";

/** Whether files can answer a control: its scope says so, or an object that it needs was among them after all. */
function answerable({ control, evaluations }: ControlEvaluation): boolean {
  return control.scope.includes("file") || evaluations.some(({ judged }) => judged.length > 0);
}

/** How many of these controls this kind of input can answer at all. */
export function reach(controls: readonly ControlEvaluation[]): Reach {
  return { answerable: controls.filter(answerable).length, total: controls.length };
}
