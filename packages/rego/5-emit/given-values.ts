import type { Operand, Operation } from "../4-plan/plan.ts";

/** The values that a body gives to the collection, or the rule, that it is for; `end` is the operation that gives them. */
export function givenValues(operations: readonly Operation[], end: "add" | "produce"): readonly Operand[] {
  return operations.flatMap((operation) => {
    if (operation.kind === "add" || operation.kind === "produce") return operation.kind === end ? [operation.value] : [];
    return operation.kind === "loop" || operation.kind === "seek" ? givenValues(operation.body, end) : [];
  });
}
