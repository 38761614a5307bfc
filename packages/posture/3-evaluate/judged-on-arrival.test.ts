import { expect, test } from "vitest";
import { identityOf, type KubernetesObject, type RuleDescription } from "@holdfast/core";
import type { PreparedRule, RegoValue } from "@holdfast/rego";
import type { CompiledLibrary, RuleProgram } from "../library/compiled-library.ts";
import { sampleControl } from "../testing/sample-control.ts";
import { sampleRule } from "../testing/sample-rule.ts";
import { evaluate, type EvaluationOutcome } from "./evaluate.ts";
import { JudgedOnArrival, judgesOnArrival, LONGEST_KEPT_TEXT, withoutLongTexts } from "./judged-on-arrival.ts";

const LONG = "x".repeat(LONGEST_KEPT_TEXT + 1);

function rule(name: string, kinds: readonly string[], more: Partial<RuleDescription> = {}): RuleDescription {
  return sampleRule(name, { kinds: kinds.map((kind) => ({ group: "", kind })), ...more });
}

function configMap(name: string, data: object): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "shop" }, data };
}

/** A rule that finds ConfigMaps whose data has a text, and counts how many objects it was given each time. */
function having(text: string, given: number[]): PreparedRule {
  return ({ input }) => {
    const objects = input as unknown as readonly KubernetesObject[];
    given.push(objects.length);
    const found = objects.filter((object) => JSON.stringify(object["data"] ?? null).includes(text));
    return {
      problem: null,
      value: found.map((object): RegoValue => ({ alertMessage: text, alertObject: { k8sApiObjects: [object as unknown as RegoValue] } })),
    };
  };
}

const SECRET = `secret${LONG}`;
const objects = [
  configMap("plain", { a: "b" }),
  configMap("long", { a: LONG, b: "short" }),
  configMap("bad", { a: SECRET }),
  { apiVersion: "v1", kind: "Pod", metadata: { name: "pod", namespace: "shop" }, data: { a: LONG } },
];

function judged(rules: readonly RuleDescription[], programs: Readonly<Record<string, RuleProgram>>, onArrival: boolean): EvaluationOutcome {
  const library: CompiledLibrary = {
    library: { controls: [], rules, frameworks: [], parameters: [], attackTracks: [], digest: "d" },
    program: (name) => programs[name] ?? null,
  };
  const arrived = onArrival ? new JudgedOnArrival(library, rules, {}) : null;
  const resources = objects.map((object) => {
    const kept = arrived?.take(object) ?? object;
    return { ...identityOf(kept), object: kept, file: null, line: null };
  });
  const controls = rules.map(({ name }) => sampleControl(name, { rules: [name] }));
  return evaluate(library, controls, resources, {}, { unread: null, arrived });
}

test("what was judged as it came has the verdicts of what is judged together, and its long texts are gone", () => {
  const given: number[] = [];
  const rules = [rule("A", ["ConfigMap"]), rule("B", ["ConfigMap", "Pod"])];
  const programs = {
    A: { deny: having("secret", given), filter: having("a", []) },
    B: { deny: having("short", []), filter: null },
  };
  const [together, arrived] = [false, true].map((way) => judged(rules, programs, way));
  expect(given).toEqual([3, 1, 1, 1]);
  const told = (outcome: EvaluationOutcome | undefined): unknown => [
    outcome?.controls,
    outcome?.findings.map(({ rule: name, resource }) => [name, resource]),
    outcome?.problems,
  ];
  expect(told(arrived)).toEqual(told(together));
  expect(arrived?.findings).toHaveLength(2);
  expect(arrived?.resources.map(({ object }) => object["data"])).toEqual([{ a: "b" }, { a: "", b: "short" }, { a: SECRET }, { a: LONG }]);
});

test("a rule that fails for one object is an error of the rule, as it is for all", () => {
  const failing: PreparedRule = ({ input }) =>
    JSON.stringify(input).includes("short")
      ? { problem: { code: "eval_error", message: "no", file: null, line: null }, value: undefined }
      : { problem: null, value: [] };
  const { controls, problems } = judged([rule("A", ["ConfigMap"])], { A: { deny: failing, filter: null } }, true);
  expect(controls[0]).toMatchObject({ evaluations: [], errors: [0] });
  expect(problems).toMatchObject([{ code: "rule-failed" }]);
});

test("only rules about nothing else judge on arrival", () => {
  expect(judgesOnArrival(rule("A", ["ConfigMap"]))).toBe(true);
  for (const other of [
    rule("B", ["ConfigMap", "Pod"]),
    rule("C", ["*"]),
    rule("D", []),
    rule("E", ["ConfigMap"], { needs: "parameters" }),
    rule("F", ["ConfigMap"], { clouds: ["EKS"] }),
    rule("G", ["ConfigMap"], { kinds: [{ group: "*", kind: "ConfigMap" }] }),
  ])
    expect(judgesOnArrival(other)).toBe(false);
});

test("keys, short texts and what is no text stay", () => {
  const odd = { data: ["a"], binaryData: null, metadata: { name: LONG } };
  expect(withoutLongTexts(odd)).toBe(odd);
  const object = configMap("a", { ["__proto__x"]: LONG, n: 3, short: "s" });
  expect(withoutLongTexts({ ...object, binaryData: { b: LONG } })).toEqual({
    ...object,
    data: { ["__proto__x"]: "", n: 3, short: "s" },
    binaryData: { b: "" },
  });
});
