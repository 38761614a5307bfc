import type { Operation, Slot } from "../4-plan/plan.ts";

/** Whether the operation behind a check of a slot fails by itself when the slot is undefined. */
export function checksItself(slot: Slot, next: Operation | undefined): boolean {
  if (next?.kind === "test") return next.value === slot;
  if (next?.kind !== "equal") return false;
  const other = next.left === slot ? next.right : next.right === slot ? next.left : null;
  return other?.kind === "constant" && (typeof other.value !== "object" || other.value === null);
}
