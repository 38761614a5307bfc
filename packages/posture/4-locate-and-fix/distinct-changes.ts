import type { Change } from "./change-plan.ts";

/** A change as a text: two that say the same are the same. */
export function changeText(change: Change): string {
  return JSON.stringify(change, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

/** All changes, those that are there several times once. */
export function distinctChanges(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [changeText(change), change])).values()];
}
