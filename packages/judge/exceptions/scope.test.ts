import { describe, expect, test } from "vitest";
import { isUnscoped } from "./scope.ts";
import { clusterException, faultsOf, sampleExceptions, samplePolicy } from "./testing/sample-exceptions.ts";

const ANY_CONTROL = { posture: [{ controlID: ".*", action: "ignore" }] };
const kinds = (...patterns: readonly string[]) => ({ resources: patterns.map((kind) => ({ kind })) });
const labels = (...matchExpressions: readonly object[]) => ({ objectSelector: { matchExpressions } });
const notRed = { key: "team", operator: "NotIn", values: ["red"] };
const unlabelled = { key: "team", operator: "DoesNotExist" };
const named = { key: "kubernetes.io/metadata.name", operator: "Exists" };

describe("what leaves out next to nothing is refused without the word of its author", () => {
  test.each<readonly [string, object]>([
    ["nothing", {}],
    ["letters", kinds("[A-Za-z]+")],
    ["but one letter", kinds("[^Q].*")],
    ["two halves in one", kinds("[A-M].*|[N-Z].*")],
    ["two halves", kinds("[A-M].*", "[N-Z].*")],
    ["one of several", kinds("Pod", "[A-Z].+")],
    ["every name of every kind", { resources: [{ kind: "[A-Za-z]+", name: "[a-z0-9.-]+" }] }],
    ["every group", { resources: [{ kind: ".*", apiGroup: ".*" }] }],
    ["all but a label's value", labels(notRed)],
    ["all but a label", labels(unlabelled, notRed)],
    ["all but a label of the namespace", { namespaceSelector: { matchExpressions: [notRed] } }],
    ["what has a name", { namespaceSelector: { matchExpressions: [named] } }],
    ["kinds and no label", { ...kinds("[^Q].*"), ...labels(unlabelled) }],
    ["images but one letter", { images: ["[^q].*"] }],
    ["images in halves", { images: ["[a-m].*", "[n-z].*"] }],
  ])("%s", (_, match) => {
    const value = clusterException({ ...ANY_CONTROL, match });
    expect(faultsOf(value)).toHaveLength(1);
    const meant = clusterException({ ...ANY_CONTROL, match }, { annotations: { "holdfast.dev/scope": "cluster" } });
    expect(sampleExceptions(meant).map(isUnscoped)).toEqual([true]);
  });

  test("of a policy", () => {
    expect(faultsOf([samplePolicy({ resources: [{ attributes: { namespace: "[^q].*", name: ".{2,}" } }] })])).toHaveLength(1);
    expect(faultsOf([samplePolicy({ resources: [{ attributes: { path: ".*[.]ya?ml" } }] })])).toHaveLength(1);
  });
});

test.each<readonly [string, object]>([
  ["a kind", kinds("Deployment")],
  ["the workloads", kinds("Pod|Deployment|DaemonSet|StatefulSet|ReplicaSet|Job|CronJob")],
  ["the roles", kinds(".*Role.*")],
  ["a kind and a label that is missing", { ...kinds("Deployment"), ...labels(unlabelled) }],
  ["a label", labels({ key: "team", operator: "Exists" }, notRed)],
  ["a label's values", { namespaceSelector: { matchExpressions: [{ key: "team", operator: "In", values: ["red"] }] } }],
  ["a start of names", { resources: [{ kind: ".*", name: "web-.*" }] }],
  ["a registry", { images: ["ghcr[.]io/.*"] }],
])("%s is a scope", (_, match) => {
  expect(sampleExceptions(clusterException({ ...ANY_CONTROL, match })).map(isUnscoped)).toEqual([false]);
});
