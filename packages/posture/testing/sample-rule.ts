import type { RuleDescription } from "@holdfast/core";

/** The description of a rule for tests: it judges Pods, needs nothing, and nothing more is said but what is given. */
export function sampleRule(name: string, more: Partial<RuleDescription> = {}): RuleDescription {
  return {
    name,
    title: name,
    description: "",
    kinds: [{ group: "", kind: "Pod" }],
    needs: null,
    aggregate: null,
    clouds: [],
    layout: null,
    supersededBy: null,
    parameters: [],
    digest: "d",
    ...more,
  };
}
