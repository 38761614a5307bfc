import type { ControlEvaluation, Inputs, Reach } from "@holdfast/core";

/** Whether this kind of input can answer a control: its scope says so, or an object that it needs was there after all. What files show a cluster shows too. */
function answerable({ control, evaluations }: ControlEvaluation, kind: Inputs["kind"]): boolean {
  if (control.scope.includes("file") || (kind === "cluster" && control.scope.includes("cluster"))) return true;
  return evaluations.some(({ judged }) => judged.length > 0);
}

/** How many of these controls this kind of input can answer at all. */
export function reach(controls: readonly ControlEvaluation[], { kind }: Pick<Inputs, "kind">): Reach {
  return { answerable: controls.filter((one) => answerable(one, kind)).length, total: controls.length };
}
