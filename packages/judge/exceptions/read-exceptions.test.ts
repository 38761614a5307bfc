import { describe, expect, test } from "vitest";
import { readExceptions } from "./read-exceptions.ts";
import { scopeText } from "./scope.ts";
import {
  clusterException,
  faultsOf,
  namespacedException,
  sampleDocument,
  sampleExceptions,
  samplePolicy,
  SAMPLE_POLICIES,
} from "./testing/sample-exceptions.ts";

const DEPLOYMENTS = { match: { resources: [{ kind: "Deployment" }] } };

describe("what is well formed", () => {
  test("a namespaced exception is called by its namespace and name", () => {
    const [exception] = sampleExceptions(namespacedException({ author: "ann", expiresAt: "2027-01-31T00:00:00Z" }));
    expect(exception).toMatchObject({
      name: "shop/one",
      namespace: "shop",
      author: "ann",
      expires: "2027-01-31T00:00:00Z",
      file: "exceptions.yaml",
      line: 1,
    });
  });

  test("lists of objects and of policies are read item by item", () => {
    const list = {
      apiVersion: "v1",
      kind: "List",
      items: [clusterException(DEPLOYMENTS), namespacedException()],
    };
    expect(sampleExceptions(list, [samplePolicy({ name: "two" }), samplePolicy({ name: "three" })]).map(({ name }) => name)).toEqual([
      "one",
      "shop/one",
      "two",
      "three",
    ]);
  });

  test("fields that peers write beside their own are read", () => {
    const policy = samplePolicy({
      guid: "",
      attributes: { systemException: true },
      creationTime: "2026-01-01T00:00:00Z",
      updatedTime: "",
      expirationDate: null,
      createdBy: "ann",
      objectSelector: { matchLabels: { app: "web" }, matchExpressions: [{ key: "tier", operator: "NotIn", values: ["db"] }] },
      actions: ["disable"],
    });
    expect(sampleExceptions([policy])).toMatchObject([{ author: "ann", expires: null, controls: [{ action: "ignore" }] }]);
  });

  test("an exception that declares itself cluster-wide may be", () => {
    expect(sampleExceptions(clusterException({}, { annotations: { "holdfast.dev/scope": "cluster" } }))).toHaveLength(1);
    expect(sampleExceptions([samplePolicy({ resources: [], attributes: { clusterWide: true } })])).toHaveLength(1);
  });

  test("one that is only about vulnerabilities is read", () => {
    const vulnerabilities = [
      { vulnerability: { id: "CVE-2024-1", aliases: ["GHSA-1"] }, status: "not_affected", justification: "vulnerable_code_not_present" },
    ];
    expect(sampleExceptions(namespacedException({ posture: [], vulnerabilities }))).toMatchObject([
      { controls: [], vulnerabilities: [{}] },
    ]);
  });

  test.each([
    [namespacedException(), "C-0001 on every object in namespace shop"],
    [
      clusterException({ match: { images: ["nginx:.*"], objectSelector: { matchLabels: { a: "b" } } } }),
      "C-0001 on every object with labels a=b with image /nginx:.*/",
    ],
    [
      [samplePolicy({ resources: [{ attributes: { kind: "Pod|Job", namespace: "a\\.b" } }], posturePolicies: [{ frameworkName: "NSA" }] })],
      "every control in framework NSA on /Pod|Job/ in namespace a.b",
    ],
  ])("its scope in words", (value, wanted) => {
    expect(sampleExceptions(value).map(scopeText)).toEqual([wanted]);
  });
});

test.each<readonly [what: string, value: unknown, wanted: RegExp]>([
  ["an unknown key", clusterException({ ...DEPLOYMENTS, expires: "x" }), /one: unknown key "expires"/u],
  ["the nearest key", clusterException({ ...DEPLOYMENTS, raeson: "x" }), /did you mean reason\?/u],
  ["a key of another form", namespacedException({ match: { namespaceSelector: {} } }), /unknown key "namespaceSelector"/u],
  ["no reason", clusterException({ ...DEPLOYMENTS, reason: " " }), /reason is missing/u],
  ["a time that is none", clusterException({ ...DEPLOYMENTS, expiresAt: "2027-02-30T00:00:00Z" }), /expiresAt is "2027-02-30T00:00:00Z"/u],
  ["a day alone", clusterException({ ...DEPLOYMENTS, expiresAt: "2027-02-03" }), /RFC 3339/u],
  [
    "a half-anchored name",
    clusterException({ match: { resources: [{ kind: "Pod", name: "^a" }] } }),
    /"\^a" of name is anchored on one side/u,
  ],
  ["no kind", clusterException({ match: { resources: [{ name: "a" }] } }), /kind is missing/u],
  [
    "an unknown control",
    clusterException({ ...DEPLOYMENTS, posture: [{ controlID: "C-0058", action: "ignore" }] }),
    /unknown control "C-0058"; did you mean C-0057\?/u,
  ],
  [
    "an unknown framework",
    clusterException({ ...DEPLOYMENTS, posture: [{ controlID: "C-0001", frameworkName: "NASA", action: "ignore" }] }),
    /unknown framework "NASA"; did you mean NSA/iu,
  ],
  [
    "an unknown action",
    clusterException({ ...DEPLOYMENTS, posture: [{ controlID: "C-0001", action: "disable" }] }),
    /ignore or alert_only/u,
  ],
  ["nothing that it accepts", clusterException({ ...DEPLOYMENTS, posture: [] }), /neither posture nor vulnerabilities/u],
  ["no scope", clusterException(), /about every object of the cluster, and does not say so/u],
  ["a scope of anything", clusterException({ match: { resources: [{ kind: ".*", name: ".+" }] } }), /about every object/u],
  [
    "a scope of all names that there can be",
    clusterException({ match: { resources: [{ kind: "[A-Z].*", name: "[a-z0-9-]+" }] } }),
    /about every object/u,
  ],
  ["an empty selector as scope", clusterException({ match: { namespaceSelector: {} } }), /about every object/u],
  ["no namespace", namespacedException({}, { namespace: undefined }), /this one names none/u],
  [
    "an operator that is none",
    clusterException({ match: { objectSelector: { matchExpressions: [{ key: "a", operator: "in", values: ["b"] }] } } }),
    /one of In, NotIn/u,
  ],
  [
    "In without values",
    clusterException({ match: { objectSelector: { matchExpressions: [{ key: "a", operator: "In" }] } } }),
    /In needs values/u,
  ],
  ["another version", { ...clusterException(DEPLOYMENTS), apiVersion: "kubescape.io/v2" }, /expected kubescape\.io\/v1beta1/u],
  [
    "an unknown annotation of ours",
    clusterException(DEPLOYMENTS, { annotations: { "holdfast.dev/scop": "cluster" } }),
    /unknown annotation holdfast\.dev\/scop/u,
  ],
  [
    "not_affected without why",
    namespacedException({ posture: [], vulnerabilities: [{ vulnerability: { id: "CVE-1" }, status: "not_affected" }] }),
    /needs a justification/u,
  ],
  [
    "premises that are no JSON",
    clusterException(DEPLOYMENTS, { annotations: { "holdfast.dev/premises": "{" } }),
    /the premises are no JSON/u,
  ],
  [
    "an unknown premise",
    clusterException(DEPLOYMENTS, { annotations: { "holdfast.dev/premises": '[{"kind":"image-absnt"}]' } }),
    /premise 1: unknown premise "image-absnt"; did you mean image-absent/u,
  ],
  ["a bare star", [samplePolicy({ resources: [{ attributes: { kind: "*" } }] })], /"\*" of kind is no pattern/u],
  [
    "a slip in an attribute",
    [samplePolicy({ resources: [{ attributes: { namspace: "a" } }] })],
    /unknown attribute "namspace"; did you mean namespace/u,
  ],
  [
    "a designator that designates nothing",
    [samplePolicy({ resources: [{ designatorType: "Attributes", attributes: {} }] })],
    /designates nothing/u,
  ],
  ["only a cluster", [samplePolicy({ resources: [{ attributes: { cluster: "prod" } }] })], /about every object/u],
  ["another action", [samplePolicy({ actions: ["ignore"] })], /alertOnly or disable/u],
  ["two actions", [samplePolicy({ actions: ["alertOnly", "disable"] })], /two actions/u],
  ["a severity", [samplePolicy({ posturePolicies: [{ severityScore: 5 }] })], /severityScore can't be applied/u],
  ["another type of policy", [samplePolicy({ policyType: "vulnerabilityExceptionPolicy" })], /expected postureExceptionPolicy/u],
  ["a number for a name", [samplePolicy({ resources: [{ attributes: { name: 7 } }] })], /put 7 in quotes/u],
  ["a name without a value", clusterException({ match: { resources: [{ kind: "Pod", name: null }] } }), /name has no value; leave it out/u],
  ["a label without a value", clusterException({ match: { objectSelector: { matchLabels: { app: null } } } }), /app has no value/u],
  ["an attribute without a value", [samplePolicy({ resources: [{ attributes: { kind: "Pod", name: null } }] })], /name has no value/u],
  ["controls without a value", [samplePolicy({ posturePolicies: [{ controlID: null }] })], /it names no control/u],
  ["a list without a value", [samplePolicy({ posturePolicies: null })], /posturePolicies has no value/u],
  ["what is no exception", { apiVersion: "v1", kind: "Pod" }, /this is no exception/u],
  ["a text", "text", /expected an exception/u],
  ["the same name twice", [samplePolicy(), samplePolicy()], /one: another exception has this name \(exceptions\.yaml:1\)/u],
])("%s is refused", (_, value, wanted) => {
  expect(faultsOf(value).join("\n")).toMatch(wanted);
});

test("all faults are given at once, each with its file and line", () => {
  const value = [
    samplePolicy({ raeson: "x" }),
    samplePolicy({ name: "two", posturePolicies: [{ controlID: "C-9" }], expirationDate: "soon" }),
  ];
  const { faults } = readExceptions([sampleDocument(value, "a.json")], SAMPLE_POLICIES);
  expect(faults.map(({ file, line, exception }) => [file, line, exception])).toEqual([
    ["a.json", 1, "one"],
    ["a.json", 2, "two"],
    ["a.json", 2, "two"],
  ]);
});
