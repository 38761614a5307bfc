import { describe, expect, test } from "vitest";
import { toPolicy, toSecurityException, type Conversion } from "./convert-exception.ts";
import { clusterException, namespacedException, sampleExceptions, samplePolicy } from "./testing/sample-exceptions.ts";

function converted(convert: typeof toPolicy, value: unknown): Conversion {
  const [exception] = sampleExceptions(value);
  if (exception === undefined) throw new Error("no exception");
  return convert(exception);
}

/** What is written, from one form to the other and back. */
function backAndForth(value: unknown): unknown {
  const policy = converted(toPolicy, value);
  if ("faults" in policy) throw new Error(policy.faults.join("; "));
  const object = converted(toSecurityException, [policy.value]);
  if ("faults" in object) throw new Error(object.faults.join("; "));
  return object.value;
}

describe("an object comes back as it was", () => {
  const rich = {
    author: "ann",
    reason: "for a test",
    expiresAt: "2027-01-01T00:00:00Z",
    match: {
      objectSelector: { matchLabels: { app: "web" }, matchExpressions: [{ key: "tier", operator: "Exists" }] },
      resources: [
        { apiGroup: "apps", kind: "Deployment|StatefulSet", name: "web.*" },
        { apiGroup: "", kind: "Pod" },
      ],
    },
    posture: [
      { controlID: "C-0001", frameworkName: "NSA", action: "alert_only" },
      { controlID: "C-00.*", action: "alert_only" },
    ],
  };
  const premises = JSON.stringify([
    { kind: "namespace-mutated", namespaces: ["shop"], policy: "m" },
    { kind: "image-absent", image: "a:.*", namespaces: ["b"], namespaceSelector: { matchLabels: { c: "d" } } },
    { kind: "role-bound-by-rolebindings-only", role: "r" },
  ]);

  test.each([
    namespacedException(),
    namespacedException(rich),
    clusterException(rich),
    clusterException(rich, { annotations: { "holdfast.dev/premises": premises } }),
    clusterException({}, { annotations: { "holdfast.dev/scope": "cluster" } }),
    namespacedException({ match: { resources: [{ kind: "Pod", name: "a\\.b" }] } }),
  ])("%#", (value) => {
    expect(backAndForth(value)).toEqual(value);
  });
});

test("the actions keep their meaning", () => {
  expect(converted(toPolicy, namespacedException({ posture: [{ controlID: "C-0001", action: "ignore" }] }))).toMatchObject({
    value: { actions: ["disable"] },
  });
  expect(converted(toPolicy, namespacedException({ posture: [{ controlID: "C-0001", action: "alert_only" }] }))).toMatchObject({
    value: { actions: ["alertOnly"] },
  });
  expect(converted(toSecurityException, [samplePolicy({ actions: ["disable"] })])).toMatchObject({
    value: { spec: { posture: [{ action: "ignore" }] } },
  });
  expect(converted(toSecurityException, [samplePolicy({ actions: ["alertOnly"] })])).toMatchObject({
    value: { spec: { posture: [{ action: "alert_only" }] } },
  });
});

test("a policy about one namespace is a SecurityException in it; others are about the cluster", () => {
  const inShop = samplePolicy({
    resources: [{ attributes: { namespace: "^shop$", kind: "Pod" } }, { attributes: { namespace: "shop", name: "web" } }],
  });
  expect(converted(toSecurityException, [inShop])).toMatchObject({
    value: {
      kind: "SecurityException",
      metadata: { name: "one", namespace: "shop" },
      spec: { match: { resources: [{ kind: "Pod" }, { kind: ".*", name: "web" }] } },
    },
  });
  expect(converted(toSecurityException, [samplePolicy()])).toMatchObject({ value: { kind: "ClusterSecurityException" } });
});

test.each<readonly [string, typeof toPolicy, unknown, RegExp]>([
  ["labels of namespaces", toPolicy, clusterException({ match: { namespaceSelector: { matchLabels: { a: "b" } } } }), /namespaceSelector/u],
  ["images", toPolicy, namespacedException({ match: { images: ["a:.*"] } }), /images/u],
  [
    "two actions",
    toPolicy,
    namespacedException({
      posture: [
        { controlID: "C-0001", action: "ignore" },
        { controlID: "C-0002", action: "alert_only" },
      ],
    }),
    /split it by action/u,
  ],
  [
    "vulnerabilities",
    toPolicy,
    namespacedException({ vulnerabilities: [{ vulnerability: { id: "CVE-1" }, status: "fixed" }] }),
    /vulnerabilities/u,
  ],
  ["a container", toSecurityException, [samplePolicy({ resources: [{ attributes: { containerName: "a" } }] })], /containerName/u],
  ["a cluster", toSecurityException, [samplePolicy({ resources: [{ attributes: { cluster: "a", kind: "Pod" } }] })], /cluster/u],
  ["a file", toSecurityException, [samplePolicy({ resources: [{ attributes: { path: "a" } }] })], /path/u],
  ["a label or annotation", toSecurityException, [samplePolicy({ resources: [{ attributes: { app: "a" } }] })], /label or annotation app/u],
  ["a rule", toSecurityException, [samplePolicy({ posturePolicies: [{ ruleName: "rule-C-0001" }] })], /ruleName/u],
  ["a control by name", toSecurityException, [samplePolicy({ posturePolicies: [{ controlName: "control C-0001" }] })], /controlName/u],
  [
    "namespaces by a pattern",
    toSecurityException,
    [samplePolicy({ resources: [{ attributes: { namespace: "a|b" } }] })],
    /several namespaces/u,
  ],
  [
    "two namespaces",
    toSecurityException,
    [samplePolicy({ resources: [{ attributes: { namespace: "a" } }, { attributes: { namespace: "b" } }] })],
    /several namespaces/u,
  ],
  ["a name", toSecurityException, [samplePolicy({ name: "Some Name" })], /"Some Name" is none that an object can have/u],
])("what a form can't say is an error, not a loss: %s", (_, convert, value, why) => {
  const conversion = converted(convert, value);
  expect("faults" in conversion ? conversion.faults.join("; ") : "").toMatch(why);
});
