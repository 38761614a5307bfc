import { expect, test } from "vitest";
import type { Control } from "@holdfast/core";
import type { EvaluationOutcome, PlacedFinding } from "./evaluate.ts";
import { onlyAskedFor } from "./only-asked-for.ts";

const control = { id: "C-1" } as Control;

function finding(rule: string, resource: number, related: readonly number[] = []): PlacedFinding {
  return { control: "C-1", rule, resource, related, finding: {} as PlacedFinding["finding"] };
}

/** Resources 0 to 2 were read, 3 and 4 are subjects of bindings. */
const outcome: EvaluationOutcome = {
  resources: [],
  problems: [],
  findings: [finding("a", 0), finding("a", 1), finding("b", 3, [0]), finding("b", 4, [1])],
  controls: [
    {
      control,
      errors: [],
      skips: [],
      evaluations: [
        { receipt: { control: "C-1", rule: "a", digest: "", given: 3, judged: 3, findings: 2 }, judged: [0, 1, 2] },
        { receipt: { control: "C-1", rule: "b", digest: "", given: 3, judged: 2, findings: 2 }, judged: [3, 4] },
        { receipt: { control: "C-1", rule: "c", digest: "", given: 1, judged: 1, findings: 0 }, judged: [1] },
      ],
    },
  ],
};

test("nothing changes where all was asked for", () => {
  expect(onlyAskedFor(outcome, new Set(), 3)).toBe(outcome);
});

test("leaves out what is said of objects that others are judged by, and keeps receipts true", () => {
  const { findings, controls } = onlyAskedFor(outcome, new Set([1]), 3);
  expect(findings.map(({ rule, resource }) => [rule, resource])).toEqual([
    ["a", 0],
    ["b", 3],
  ]);
  expect(controls[0]?.evaluations.map(({ receipt, judged }) => [receipt.rule, receipt.judged, receipt.findings, judged])).toEqual([
    ["a", 2, 1, [0, 2]],
    ["b", 1, 1, [3]],
  ]);
  expect(controls[0]?.skips).toMatchObject([{ reason: "no-match" }]);
});
