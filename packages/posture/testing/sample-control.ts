import type { Control } from "@holdfast/core";

/** A control for tests, about which nothing is said but what is given. */
export function sampleControl(id: string, more: Partial<Control> = {}): Control {
  return {
    id,
    name: id,
    score: 5,
    severity: "medium",
    category: "Workload",
    scope: ["file"],
    tags: [],
    rules: [],
    attackTracks: [],
    mitre: [],
    parameters: [],
    help: { description: "", why: "", fix: "", limits: "" },
    ...more,
  };
}
