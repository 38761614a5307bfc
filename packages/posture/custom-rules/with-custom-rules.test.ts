import type { Library, Resource } from "@holdfast/core";
import { expect, test } from "vitest";
import { evaluate } from "../3-evaluate/evaluate.ts";
import type { CustomRuleOutcome, CustomRules } from "./custom-rule.ts";
import { readCustomRule } from "./read-custom-rule.ts";
import { evaluateCustomRules, libraryWith, requestWith } from "./with-custom-rules.ts";

const library: Library = { controls: [], rules: [], frameworks: [], parameters: [], attackTracks: [], digest: "d" };
const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "one" } };
const resource: Resource = { apiVersion: "v1", kind: "Pod", namespace: "", name: "one", object, file: "a.yaml", line: 1 };

function rules(outcome: CustomRuleOutcome): CustomRules {
  const { control, rule } = readCustomRule({ path: "mine.rego", text: "package armo_builtins\n" }, null, []);
  return {
    controls: [control],
    rules: [rule],
    evaluate: async (requests, _objects, data) => {
      expect(data).toEqual({ postureControlInputs: { names: ["x"] }, dataControlInputs: { cloudProvider: "" } });
      return requests.map(() => outcome);
    },
  };
}

async function judged(outcome: CustomRuleOutcome): Promise<ReturnType<typeof evaluate>> {
  const custom = rules(outcome);
  const whole = libraryWith(library, custom);
  const compiled = await evaluateCustomRules({ library, program: () => null }, whole, custom, custom.controls, [resource], {
    names: ["x"],
  });
  return evaluate(compiled, whole.controls, [resource], {});
}

const finding = { alertMessage: "bad", alertObject: { k8sApiObjects: [object] } };

test("what several evaluations gave is what the control found", async () => {
  const { findings, problems } = await judged({
    values: [
      { place: null, value: [] },
      { place: null, value: [finding] },
    ],
    problem: null,
    usable: true,
  });
  expect(problems).toEqual([]);
  expect(findings).toMatchObject([{ control: "mine", resource: 0, finding: { message: "bad" } }]);
});

test.each([
  ["limit_time", true, "rule-limit"],
  ["eval_conflict_error", true, "rule-failed"],
  ["rego_type_error", false, "rule-unusable"],
])("%s is a problem with its place", async (code, usable, expected) => {
  const { findings, problems, controls } = await judged({
    values: [],
    problem: { code, message: "no", file: "mine.rego", line: 7 },
    usable,
  });
  expect(findings).toEqual([]);
  expect(problems).toMatchObject([{ code: expected, file: "mine.rego", line: 7, subject: "mine" }]);
  expect(controls).toMatchObject([{ evaluations: [], errors: [0] }]);
});

test("a deny that is no list of findings is never a pass", async () => {
  for (const value of ["yes", { a: 1 }, true, [1]]) {
    expect(
      (
        await judged({
          values: [
            { place: null, value: [finding] },
            { place: null, value },
          ],
          problem: null,
          usable: true,
        })
      ).problems,
    ).toMatchObject([{ code: "rule-failed" }]);
  }
});

test("custom rules are selected beside names, and change the library's digest", () => {
  const custom = rules({ values: [], problem: null, usable: true });
  const none = { frameworks: [], controls: [], excludeControls: [] };
  expect(requestWith(none, custom)).toEqual(none);
  expect(requestWith({ ...none, frameworks: ["nsa"] }, custom).controls).toEqual(["mine"]);
  expect(libraryWith(library, custom).digest).not.toBe(library.digest);
});

test.each([["no latest"], [{ alertMessage: "no latest", failedPaths: ["spec"] }]])(
  "what a rule says of a single object is about that object: %j",
  async (said) => {
    const { findings, problems } = await judged({ values: [{ place: 0, value: [said] }], problem: null, usable: true });
    expect(problems).toEqual([]);
    expect(findings).toMatchObject([{ control: "mine", resource: 0, finding: { message: "no latest" } }]);
  },
);
