import type { Skip } from "@holdfast/core";

/** Why something was not evaluated, in a few words: "needs host-data". */
export function skipText({ reason, input, detail }: Skip): string {
  if (reason === "needs-input") return `needs ${input ?? "another input"}`;
  if (reason === "no-match") return "no resource of a kind that it judges";
  return detail ?? (reason === "excluded" ? "left out on request" : "not applicable here");
}
