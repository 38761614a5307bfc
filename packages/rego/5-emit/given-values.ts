import type { Operand, Operation } from "../4-plan/plan.ts";

/** The values that a body gives to the collection, or the rule, that it is for; `end` is the operation that gives them. */
export function givenValues(operations: readonly Operation[], end: "add" | "produce"): readonly Operand[] {
  return operations.flatMap((operation) => {
    if (operation.kind === "add" || operation.kind === "produce") return operation.kind === end ? [operation.value] : [];
    return operation.kind === "loop" || operation.kind === "seek" ? givenValues(operation.body, end) : [];
  });
}

/** What adds to an object under the keys of the one loop around it: no key comes twice. Null where that is not known. */
export function additionOfDistinctKeys(
  body: readonly Operation[],
  loop: Extract<Operation, { kind: "loop" }> | null = null,
): Operation | null {
  const last = body.at(-1);
  if (last?.kind === "loop") return loop === null ? additionOfDistinctKeys(last.body, last) : null;
  return last?.kind === "add" && loop !== null && last.key !== null && last.key === loop.key ? last : null;
}
