import type { ResolvedTerm } from "../../2-resolve/resolved.ts";

/** The leading steps that are names. */
export function namePath(steps: readonly ResolvedTerm[]): readonly string[] {
  const path: string[] = [];
  for (const step of steps) {
    if (step.kind !== "constant" || typeof step.value !== "string") break;
    path.push(step.value);
  }
  return path;
}
