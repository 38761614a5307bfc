import type { Fix } from "@holdfast/core";

/** One fix as a sentence without a full stop: "set spec.hostPID to false". */
export function fixText({ kind, path, value, question, reason }: Fix): string {
  const where = path === undefined || path === "" ? "" : path;
  if (kind === "set") return `set ${where} to ${JSON.stringify(value ?? null)}`;
  if (kind === "remove") return `remove ${where}`;
  if (kind === "choose") return `decide ${question ?? "which value fits"}${where === "" ? "" : ` (${where})`}`;
  return `no fix can be derived: ${reason ?? "the rule names no change that would mend it"}`;
}
