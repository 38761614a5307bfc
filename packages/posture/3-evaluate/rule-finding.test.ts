import { expect, test } from "vitest";
import { compile, type RegoValue } from "@holdfast/rego";
import { readNamedObjects, readRuleFindings } from "./rule-finding.ts";

const object = { kind: "Pod" };
const about = { alertObject: { k8sApiObjects: [object] } };

function fixesOf(finding: Readonly<Record<string, RegoValue>>): unknown {
  return readRuleFindings([{ ...about, ...finding }]).findings[0]?.fixes;
}

test.each([
  ["a typed value", { fixPaths: [{ path: "spec.a", value: false }] }, [{ kind: "set", path: "spec.a", value: false }]],
  ["a peer's boolean, as text", { fixPaths: [{ path: "spec.a", value: "true" }] }, [{ kind: "set", path: "spec.a", value: true }]],
  ["a peer's number, as text", { fixPaths: [{ path: "spec.a", value: "1000" }] }, [{ kind: "set", path: "spec.a", value: 1000 }]],
  [
    "a text that only looks like a number",
    { fixPaths: [{ path: "spec.a", value: "0644" }] },
    [{ kind: "set", path: "spec.a", value: "0644" }],
  ],
  [
    "a peer's placeholder",
    { fixPaths: [{ path: "spec.a", value: "YOUR_VALUE" }] },
    [{ kind: "choose", path: "spec.a", question: "which value fits this workload" }],
  ],
  [
    "numbers that no double holds",
    { fixPaths: [{ path: "spec.a", value: [2n ** 60n] }] },
    [{ kind: "set", path: "spec.a", value: [2 ** 60] }],
  ],
  [
    "the text of an annotation or a label, which has to stay one",
    {
      fixPaths: [
        { path: "metadata.annotations[example.com/internal]", value: "true" },
        { path: "metadata.labels.tier", value: "1" },
      ],
    },
    [
      { kind: "set", path: "metadata.annotations[example.com/internal]", value: "true" },
      { kind: "set", path: "metadata.labels.tier", value: "1" },
    ],
  ],
  ["a question", { fixPaths: [{ path: "spec.a", choose: "which user" }] }, [{ kind: "choose", path: "spec.a", question: "which user" }]],
  ["something to delete", { deletePaths: ["spec.b"] }, [{ kind: "remove", path: "spec.b" }]],
  ["a reason", { noFix: "the application reads it" }, [{ kind: "none", reason: "the application reads it" }]],
  ["nothing at all", {}, [{ kind: "none", reason: "the rule names no change that would mend it" }]],
])("a fix with %s", (_, finding, fixes) => {
  expect(fixesOf(finding)).toEqual(fixes);
});

test("one finding for each object that it names, and subjects from outside the API count", () => {
  const subject = { kind: "Group", name: "dev" };
  const service = { kind: "Service" };
  const { findings, unreadable } = readRuleFindings([
    { alertMessage: "two", alertObject: { k8sApiObjects: [object, service] } },
    { alertMessage: "one", alertObject: { externalObjects: subject } },
  ]);
  expect(findings.map(({ message }) => message)).toEqual(["two", "two", "one"]);
  expect(findings.map(({ named }) => named)).toEqual([[object, service], [object, service], [subject]]);
  expect(findings[2]?.object).toBe(subject);
  expect(unreadable).toBe(0);
});

test("a finding with objects of the API and references to them is about the objects, and named by the references", () => {
  const reference = { kind: "Pod", name: "a" };
  const { findings } = readRuleFindings([{ alertObject: { k8sApiObjects: [object], externalObjects: reference } }]);
  expect(findings).toMatchObject([{ object, named: [reference] }]);
});

test("what is no finding is counted, not passed over", () => {
  expect(readRuleFindings(["text", { alertMessage: "no object" }]).unreadable).toBe(2);
});

test.each<[string, RegoValue]>([
  ["a boolean, as of a rule that is no set", true],
  ["a finding that stands in no set", { ...about, alertMessage: "one" }],
  ["a finding that names a text", [{ alertObject: { k8sApiObjects: ["Pod/a"] } }]],
  ["a finding that names a list of objects", [{ alertObject: { k8sApiObjects: [[object]] } }]],
])("%s is counted too", (_, deny) => {
  expect(readRuleFindings(deny).unreadable).toBe(1);
});

test("an undefined rule found nothing", () => {
  expect(readRuleFindings(undefined)).toEqual({ findings: [], unreadable: 0 });
});

/** The value of `data.t.deny` for an input. */
function denied(deny: string, input: RegoValue): RegoValue | undefined {
  const { program } = compile({
    modules: [{ file: "t.rego", source: `package t\n\nimport rego.v1\n\n${deny}` }],
    entrypoints: [["t", "deny"]],
  });
  return program?.rule(["t", "deny"])?.({ input }).value;
}

test("equal findings are one, whoever they are about", () => {
  const named = (name: string, namespace: string): RegoValue => ({ kind: "Pod", metadata: { name, namespace } });
  const objects = [named("a", "x"), named("b", "x"), named("a", "y"), named("a", "x"), { kind: "Group", name: "a" }, { kind: "Pod" }];
  const deny = `deny contains {"alertMessage": message, "alertObject": {"k8sApiObjects": [object]}} if {
    some object in input
    some message in ["one", "two", "one"]
  }`;
  const { findings, unreadable } = readRuleFindings(denied(deny, objects));
  expect(unreadable).toBe(0);
  const places = findings.map(({ object: one, message }) => `${objects.indexOf(one)} ${message}`);
  expect(places).toEqual(["0 one", "0 two", "1 one", "1 two", "2 one", "2 two", "4 one", "4 two", "5 one", "5 two"]);
});

test("a filter names objects, in the order of its findings", () => {
  const service = { kind: "Service" };
  const reference = { kind: "Group", name: "a" };
  expect(
    readNamedObjects([
      { alertObject: { k8sApiObjects: [object, service] } },
      { alertObject: { externalObjects: reference } },
      { alertObject: { k8sApiObjects: [service], externalObjects: reference } },
    ]),
  ).toEqual({ objects: [object, service, reference, service], unreadable: 0 });
  expect(readNamedObjects(undefined)).toEqual({ objects: [], unreadable: 0 });
  expect(readNamedObjects(["text", { alertObject: { k8sApiObjects: ["Pod/a"] } }]).unreadable).toBe(2);
  expect(readNamedObjects(true).unreadable).toBe(1);
});
