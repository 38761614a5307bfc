import { levelOf } from "./block-builder.ts";
import type { Operand, Operation, Slot } from "./plan.ts";

/**
 * Turns loops that look for items with a known value in some field into lookups in an index, where the same collection is gone through again and
 * again: it does not depend on some loop around it, or it is in a function.
 */
export function useIndexes(operations: Operation[], inFunction: boolean): void {
  visit(operations, inFunction ? 1 : 0, new Map(), inFunction);
}

/** `loops` counts the loops around; `loopsAt` how many there were where a slot was bound. */
function visit(operations: Operation[], loops: number, loopsAt: Map<Slot, number>, inFunction: boolean): void {
  operations.forEach((operation, i) => {
    switch (operation.kind) {
      case "let":
        // Within functions, what does not come from the arguments is the same for every call.
        loopsAt.set(operation.slot, inFunction && isShared(operation, loopsAt) ? 0 : loops);
        return;
      case "loop": {
        const again = operation.over.kind === "slot" && (loopsAt.get(operation.over) ?? loops) < loops;
        const sought = again && operation.context === null && operation.key === null ? soughtField(operation.body, operation.item) : null;
        if (operation.item !== null) loopsAt.set(operation.item, loops + 1);
        if (operation.key !== null) loopsAt.set(operation.key, loops + 1);
        if (sought !== null && operation.item !== null && levelOf(sought.equals) < operation.item.level) {
          const { over, item, ordered, body, span } = operation;
          operations[i] = { kind: "seek", over, item, ordered, path: sought.path, equals: sought.equals, body, span };
        }
        visit(operation.body, loops + 1, loopsAt, inFunction);
        return;
      }
      case "seek":
      case "every":
        visit(operation.body, loops + 1, loopsAt, inFunction);
        return;
      case "logic":
        for (const body of operation.bodies) visit(body, loops, loopsAt, inFunction);
        return;
      case "not":
      case "collect":
      case "capture":
      case "once":
        if ("slot" in operation) loopsAt.set(operation.slot, loops);
        visit(operation.body, loops, loopsAt, inFunction);
        return;
      case "reserve":
        loopsAt.set(operation.slot, loops);
        return;
      default:
    }
  });
}

function isShared(operation: Extract<Operation, { kind: "let" }>, loopsAt: ReadonlyMap<Slot, number>): boolean {
  const { value } = operation;
  if (value.kind === "input" || value.kind === "base" || value.kind === "rule") return value.context.id === 0;
  return value.kind === "field" && value.base.kind === "slot" && loopsAt.get(value.base) === 0;
}

/** The field of an item that a loop's body compares first, with what. */
function soughtField(body: readonly Operation[], item: Slot | null): { readonly path: readonly string[]; readonly equals: Operand } | null {
  const fields = new Map<Operand, readonly string[]>();
  for (const operation of body) {
    if (operation.kind === "let" && operation.value.kind === "field" && operation.value.base === item) {
      fields.set(operation.slot, operation.value.path);
    } else if (operation.kind === "equal") {
      const path = fields.get(operation.left) ?? fields.get(operation.right);
      const equals = fields.has(operation.left) ? operation.right : operation.left;
      if (path !== undefined && !fields.has(equals) && equals !== item) return { path, equals };
    } else if (operation.kind !== "let" && operation.kind !== "check" && operation.kind !== "test") return null;
  }
  return null;
}
