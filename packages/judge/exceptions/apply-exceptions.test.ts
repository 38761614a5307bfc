import { describe, expect, test } from "vitest";
import type { Evaluation, FindingDraft, KubernetesObject } from "@holdfast/core";
import { judge } from "../judge.ts";
import { sampleControl, sampleEvaluation, sampleFinding, sampleResource } from "../sample-evaluation.ts";
import { applyExceptions } from "./apply-exceptions.ts";
import { clusterException, namespacedException, sampleExceptions, samplePolicy } from "./testing/sample-exceptions.ts";

const NOW = Date.parse("2026-06-01T00:00:00Z");

function deployment(name: string, namespace: string, more: KubernetesObject = {}): KubernetesObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      template: {
        spec: {
          containers: [
            { name: "main", image: "docker.io/web:1" },
            { name: "side", image: "docker.io/side:1" },
          ],
        },
      },
    },
    ...more,
  };
}

const OBJECTS: readonly KubernetesObject[] = [
  deployment("web", "shop"),
  deployment("web", "bank"),
  deployment("db", "shop"),
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: { team: "shop" } } },
];
const RESOURCES = OBJECTS.map((object) => sampleResource(object));

function at(container: number): string {
  return `spec.template.spec.containers[${container}].securityContext`;
}

/** An evaluation in which C-0001 finds something on each object, and C-0002 on the first. */
function evaluation(more: readonly FindingDraft[] = [], change: Partial<Evaluation> = {}): Evaluation {
  return sampleEvaluation(
    0,
    [
      { control: sampleControl("C-0001"), judged: [0, 1, 2, 3] },
      { control: sampleControl("C-0002"), judged: [0, 1] },
    ],
    {
      resources: RESOURCES,
      findings: [...[0, 1, 2, 3].map((resource) => sampleFinding("C-0001", resource, at(0))), sampleFinding("C-0002", 0, at(0)), ...more],
      ...change,
    },
  );
}

/** The places of the findings that exceptions accept. */
function accepted(values: readonly unknown[], given: Evaluation = evaluation()): readonly number[] {
  const { findings } = applyExceptions(given, sampleExceptions(...values), { now: NOW });
  return [...findings].flatMap(([place, { acceptedBy }]) => (acceptedBy === null ? [] : [place]));
}

/** What only says which labels are not to be there is about all else in the cluster, and has to say so. */
const MEANT = { annotations: { "holdfast.dev/scope": "cluster" } };

describe("what each part of a scope means", () => {
  test.each<readonly [string, unknown, readonly number[]]>([
    ["a namespace", namespacedException(), [0, 2]],
    ["a kind", clusterException({ match: { resources: [{ kind: "Namespace" }] } }), [3]],
    ["a kind and a name", clusterException({ match: { resources: [{ kind: "Deployment", name: "web" }] } }), [0, 1]],
    ["a pattern of names", clusterException({ match: { resources: [{ kind: "Deployment", name: "d|w.*" }] } }), [0, 1]],
    [
      "one of several resources",
      clusterException({ match: { resources: [{ kind: "Namespace" }, { kind: "Deployment", name: "db" }] } }),
      [2, 3],
    ],
    ["a group", clusterException({ match: { resources: [{ kind: ".*", apiGroup: "apps" }] } }), [0, 1, 2]],
    ["another group", clusterException({ match: { resources: [{ kind: "Deployment", apiGroup: "batch" }] } }), []],
    ["the core group", clusterException({ match: { resources: [{ kind: ".*", apiGroup: "" }] } }), [3]],
    ["labels of the object", clusterException({ match: { objectSelector: { matchLabels: { app: "db" } } } }), [2]],
    [
      "labels that it lacks",
      clusterException({ match: { objectSelector: { matchExpressions: [{ key: "app", operator: "NotIn", values: ["web"] }] } } }, MEANT),
      [2, 3],
    ],
    [
      "labels of the namespace; those of bank are unknown",
      clusterException({ match: { namespaceSelector: { matchLabels: { team: "shop" } } } }),
      [0, 2, 3],
    ],
    [
      "a namespace without a label; those of bank are unknown",
      clusterException({ match: { namespaceSelector: { matchExpressions: [{ key: "team", operator: "DoesNotExist" }] } } }, MEANT),
      [],
    ],
    [
      "the name of a namespace, which is known of each",
      clusterException({ match: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "bank" } } } }),
      [1],
    ],
    ["an image", clusterException({ match: { images: ["docker.io/web:.*"] } }), [0, 1, 2]],
    ["another image of the pod", clusterException({ match: { images: ["docker.io/side:.*"] } }), []],
    ["another control", namespacedException({ posture: [{ controlID: "C-0002", action: "ignore" }] }), [4]],
    [
      "attributes of a policy",
      [samplePolicy({ resources: [{ attributes: { kind: "Deployment", namespace: "shop", name: "web" } }] })],
      [0],
    ],
    ["a label as attribute", [samplePolicy({ resources: [{ attributes: { app: "db" } }] })], [2]],
    ["a group as attribute", [samplePolicy({ resources: [{ attributes: { apiGroup: "apps", namespace: "bank" } }] })], [1]],
    ["an id of a resource", [samplePolicy({ resources: [{ attributes: { resourceID: "apps/v1/shop/Deployment/db" } }] })], [2]],
    ["a file", [samplePolicy({ resources: [{ attributes: { path: "app\\.yaml", kind: "Namespace" } }] })], [3]],
    ["a cluster that is not known", [samplePolicy({ resources: [{ attributes: { cluster: "prod", kind: "Deployment" } }] })], []],
    ["any cluster", [samplePolicy({ resources: [{ attributes: { cluster: ".*", kind: "Namespace" } }] })], [3]],
    ["a container", [samplePolicy({ resources: [{ attributes: { kind: "Deployment", containerName: "main" } }] })], [0, 1, 2]],
    ["another container", [samplePolicy({ resources: [{ attributes: { kind: "Deployment", containerName: "side" } }] })], []],
    ["a rule", [samplePolicy({ posturePolicies: [{ ruleName: "rule-C-0002" }] })], [4]],
    ["all controls", [samplePolicy({ posturePolicies: [] })], [0, 1, 2, 4]],
  ])("%s", (_, value, wanted) => {
    expect(accepted([value])).toEqual(wanted);
  });

  test("a finding about the whole pod is in the scope of images when all its containers have them", () => {
    const whole = evaluation([sampleFinding("C-0001", 0, "spec.template.spec.hostPID")]);
    expect(accepted([clusterException({ match: { images: ["docker.io/web:.*"] } })], whole)).toEqual([0, 1, 2]);
    expect(accepted([clusterException({ match: { images: ["docker.io/(?:web|side):.*"] } })], whole)).toEqual([0, 1, 2, 5]);
  });
});

describe("rights", () => {
  const objects: readonly KubernetesObject[] = [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "robot", namespace: "shop" } },
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", metadata: { name: "all" } },
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "admin" } },
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", metadata: { name: "some", namespace: "shop" } },
  ];
  const found = (binding: number): FindingDraft => ({ ...sampleFinding("C-0001", 0, "name"), related: [binding, 2] });
  const rights = evaluation([], { resources: objects.map((object) => sampleResource(object)), findings: [found(1), found(3)] });

  test("a binding or role that gives them can be named", () => {
    expect(accepted([clusterException({ match: { resources: [{ kind: "ClusterRoleBinding", name: "all" }] } })], rights)).toEqual([0]);
    expect(accepted([clusterException({ match: { resources: [{ kind: "ClusterRole", name: "admin" }] } })], rights)).toEqual([0, 1]);
  });

  test("an exception of a namespace does not reach those that hold everywhere, in whatever form it names it", () => {
    expect(accepted([namespacedException()], rights)).toEqual([1]);
    expect(accepted([[samplePolicy({ resources: [{ attributes: { namespace: "shop" } }] })]], rights)).toEqual([1]);
    const twice = evaluation([], { resources: rights.resources, findings: [{ ...found(1), related: [1, 1, 2] }] });
    expect(accepted([namespacedException()], twice)).toEqual([]);
  });
});

describe("what does not apply", () => {
  test("an exception is expired from its very second on", () => {
    const until = (expiresAt: string) => applyExceptions(evaluation(), sampleExceptions(namespacedException({ expiresAt })), { now: NOW });
    expect(until("2026-06-01T00:00:01Z").exceptions).toMatchObject([{ status: "active", accepts: 2 }]);
    const expired = until("2026-06-01T02:00:00+02:00");
    expect(expired.exceptions).toMatchObject([{ status: "expired", accepts: 0, detail: "it expired at 2026-06-01T02:00:00+02:00" }]);
    expect(expired.findings.size).toBe(0);
  });

  test("one whose premise does not hold", () => {
    const premises = JSON.stringify([{ kind: "image-absent", image: "docker.io/side:.*", namespaces: ["shop"] }]);
    const { exceptions, findings } = applyExceptions(
      evaluation(),
      sampleExceptions(namespacedException({}, { annotations: { "holdfast.dev/premises": premises } })),
      { now: NOW },
    );
    expect(exceptions).toMatchObject([
      { status: "premise-failed", detail: expect.stringContaining("Deployment shop/web has the image") as string },
    ]);
    expect(findings.size).toBe(0);
  });
});

describe("judgement", () => {
  const nsa = { id: "nsa", name: "NSA", description: "", sections: [{ id: "a", title: "", controls: ["C-0001", "C-0002"] }] };
  const mitre = { id: "mitre", name: "MITRE", description: "", sections: [{ id: "a", title: "", controls: ["C-0001"] }] };
  const options = { version: "0", gates: {} };
  const inNsa = namespacedException({ posture: [{ controlID: "C-0001", frameworkName: "nsa", action: "ignore" }] });
  const inMitre = namespacedException({ posture: [{ controlID: "C-0001", frameworkName: "MITRE", action: "ignore" }] }, { name: "two" });
  const judged = (frameworks: Evaluation["frameworks"], ...values: readonly unknown[]) => {
    const one = evaluation([], { frameworks });
    return judge(one, { ...options, acceptance: applyExceptions(one, sampleExceptions(...values), { now: NOW }) });
  };

  test("an accepted finding says which exception accepts it, and its control's verdict is accepted", () => {
    const result = judged([], namespacedException());
    expect(result.findings.filter(({ status }) => status === "accepted")).toMatchObject([{ acceptedBy: 0 }, { acceptedBy: 0 }]);
    expect(result.summary).toMatchObject({ findings: 3, accepted: 2 });
    expect(result.verdicts.filter(({ status }) => status === "accepted")).toHaveLength(2);
    expect(result.exceptions).toMatchObject([{ id: "shop/one", accepts: 2, status: "active" }]);
    expect(result.summary.strictCompliance).toBe(judged([]).summary.strictCompliance);
  });

  test("one for a framework holds in the judgement of that framework alone", () => {
    const result = judged([mitre, nsa], inNsa);
    expect(result.findings.filter(({ status }) => status === "accepted")).toEqual([]);
    expect(result.findings.filter(({ acceptedIn }) => acceptedIn !== undefined)).toMatchObject([
      { status: "open", acceptedIn: [{ framework: "nsa", exception: 0 }] },
      { status: "open", acceptedIn: [{ framework: "nsa", exception: 0 }] },
    ]);
    const plain = judged([mitre, nsa]);
    expect(result.summary).toEqual(plain.summary);
    expect(result.frameworks[0]).toEqual(plain.frameworks[0]);
    // Of C-0001 two are left that fail; of C-0002 one passes and one fails.
    expect(result.frameworks[1]).toMatchObject({ id: "nsa", compliance: 25, strictCompliance: 25 });
    expect(result.exceptions).toMatchObject([{ accepts: 2 }]);
  });

  test("a gate on the compliance of that framework does not hold the finding against it", () => {
    const one = evaluation([], { frameworks: [mitre, nsa] });
    const acceptance = applyExceptions(one, sampleExceptions(inNsa), { now: NOW });
    const { gates, findings } = judge(one, { version: "0", gates: { complianceThreshold: 100 }, acceptance });
    const partly = new Set(findings.flatMap(({ acceptedIn, fingerprint }) => (acceptedIn === undefined ? [] : [fingerprint])));
    const named = gates.map(({ framework, causes }) => [framework, causes.filter((cause) => partly.has(cause)).length]);
    expect(named).toEqual([
      ["mitre", 2],
      ["nsa", 0],
    ]);
  });

  test("where only that framework is judged, or each is named by an exception, the finding is accepted", () => {
    expect(judged([nsa], inNsa).summary.accepted).toBe(2);
    const both = judged([mitre, nsa], inNsa, inMitre);
    expect(both.summary.accepted).toBe(2);
    expect(both.findings.find(({ status }) => status === "accepted")).toMatchObject({
      acceptedBy: 1,
      acceptedIn: [
        { framework: "mitre", exception: 1 },
        { framework: "nsa", exception: 0 },
      ],
    });
  });

  test("where no framework is judged, it accepts nothing", () => {
    expect(judged([], inNsa).summary.accepted).toBe(0);
  });
});
