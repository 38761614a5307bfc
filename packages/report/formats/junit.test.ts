import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { readJunit } from "../testing/read-junit.ts";
import { junit } from "./junit.ts";
import { testFormat, textOf } from "./tester.ts";

testFormat("junit", junit, (text) => {
  const { findings, accepted } = readJunit(text).properties;
  return Number(findings) + Number(accepted);
});

test("any result: a test failed for each resource with open findings of a control, and the sums are those of the tests", () => {
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      const { totals, cases } = readJunit(textOf(junit, result));
      const failed = new Set(
        result.findings.flatMap(({ status, control, resource }) => (status === "open" ? [`${control} ${resource}`] : [])),
      );
      const ofControls = cases.filter(({ classname }) => classname !== "holdfast.scan");
      expect(ofControls.filter(({ outcome }) => outcome === "failure")).toHaveLength(failed.size);
      expect(totals).toMatchObject({
        tests: String(cases.length),
        failures: String(cases.filter(({ outcome }) => outcome === "failure").length),
        errors: String(cases.filter(({ outcome }) => outcome === "error").length),
      });
    }),
    { numRuns: 150 },
  );
});

test("failures say where and what to do, skips say why, accepted risks say who accepts them", () => {
  const { cases } = readJunit(textOf(junit, handMadeResults["findings"] as Result));
  const caseOf = (control: string): (typeof cases)[number] | undefined =>
    cases.find(({ classname }) => classname === `holdfast.${control}`);
  expect(caseOf("C-0057")).toMatchObject({
    name: "C-0057 Privileged container: DaemonSet kube-system/node-tuner (deploy/node-tuner.yaml)",
    outcome: "failure",
    type: "high",
    text: expect.stringMatching(/^deploy\/node-tuner\.yaml:19:25: .*\n {2}To do: /u),
  });
  expect(caseOf("C-0030")).toMatchObject({
    outcome: "skipped",
    type: "accepted",
    message: "accepted by node-tuner-network, until 2026-12-31: It uses the host's network.",
  });
  expect(caseOf("C-0069")).toMatchObject({ outcome: "skipped", type: "needs-input" });
});

test("no data, losses and gates that do not hold are no passed tests", () => {
  const of = (name: string): readonly string[] =>
    readJunit(textOf(junit, handMadeResults[name] as Result))
      .cases.filter(({ classname }) => classname === "holdfast.scan")
      .map(({ name, outcome }) => `${outcome} ${name}`);
  expect(of("empty")).toEqual(["error anything could be judged", "error compliance-threshold of nsa"]);
  expect(of("findings")).toEqual(["passed anything could be judged", "failure severity-threshold", "passed coverage-threshold of nsa"]);
  expect(of("losses").filter((line) => line.startsWith("error"))).toHaveLength(9);
});
