import { describe, expect, test } from "vitest";
import type { Evaluation, KubernetesObject } from "@holdfast/core";
import { sampleControl, sampleEvaluation, sampleFinding, sampleResource } from "../sample-evaluation.ts";
import { auditExceptions, type AuditedException } from "./audit.ts";
import { clusterException, namespacedException, sampleExceptions, samplePolicy } from "./testing/sample-exceptions.ts";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const EXPIRES = "2027-01-01T00:00:00Z";

const container = (name: string) => ({ name, image: `docker.io/${name}:1` });
const deployment = (name: string, namespace: string): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace, labels: { app: name } },
  spec: { template: { spec: { containers: [container("main"), container("side")] } } },
});

const OBJECTS: readonly KubernetesObject[] = [
  deployment("web", "shop"),
  deployment("web", "bank"),
  deployment("fixed", "shop"),
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: { team: "shop" } } },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "admin" } },
  { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" } },
];
const AT = "spec.template.spec.containers[0].securityContext";
const NSA = { id: "nsa", name: "NSA", description: "", sections: [{ id: "a", title: "", controls: ["C-0001"] }] };

function evaluation(change: Partial<Evaluation> = {}, objects: readonly KubernetesObject[] = OBJECTS): Evaluation {
  return sampleEvaluation(
    0,
    [
      { control: sampleControl("C-0001"), judged: [0, 1, 2, 3, 4] },
      { control: sampleControl("C-0002"), skips: [{ reason: "needs-input", input: "host-data" }] },
    ],
    {
      resources: objects.map((object) => sampleResource(object)),
      findings: objects.length < 2 ? [] : [sampleFinding("C-0001", 0, AT), sampleFinding("C-0001", 1, AT)],
      ...change,
    },
  );
}

function audit(values: readonly unknown[], given: Evaluation = evaluation()): readonly AuditedException[] {
  return auditExceptions([{ world: "files", evaluation: given }], sampleExceptions(...values), NOW);
}

const on = (resources: object, more: object = {}) => clusterException({ match: { resources: [resources] }, expiresAt: EXPIRES, ...more });
const inShop = (more: object = {}) =>
  namespacedException({ match: { resources: [{ kind: "Deployment", name: "web" }] }, expiresAt: EXPIRES, ...more });

test("one that is needed, narrow and in force has nothing against it, and what returns without it is said", () => {
  const [one] = audit([inShop()]);
  expect(one).toMatchObject({ verdicts: [], shadowedBy: [], scope: "C-0001 on Deployment web in namespace shop" });
  const [effect] = one?.worlds ?? [];
  expect(effect?.inScope).toMatchObject([{ control: "C-0001", resource: { kind: "Deployment", namespace: "shop", name: "web" } }]);
  expect(effect?.returns).toEqual(effect?.inScope.map(({ fingerprint }) => fingerprint));
});

test.each<readonly [code: string, value: unknown, text: RegExp]>([
  ["name-absent", on({ kind: "Deployment", name: "wep" }), /there is no Deployment of the name wep; there is web/u],
  ["kind-absent", on({ kind: "StatefulSet", name: "web" }), /no object of the kind StatefulSet/u],
  ["kind-absent", on({ kind: "Deployment", apiGroup: "extensions", name: "web" }), /Deployment is of apps, not of the group extensions/u],
  [
    "cluster-scoped",
    namespacedException({ match: { resources: [{ kind: "ClusterRole", name: "admin" }] } }),
    /ClusterRole is in no namespace/u,
  ],
  [
    "namespace-labels-unknown",
    on(
      { kind: "Deployment", name: "w.b" },
      { match: { resources: [{ kind: "Deployment", name: "web" }], namespaceSelector: { matchLabels: { team: "bank" } } } },
    ),
    /labels of namespace bank are not known/u,
  ],
  [
    "selector-selects-nothing",
    on({ kind: "x" }, { match: { objectSelector: { matchLabels: { app: "other" } } } }),
    /has the labels app=other/u,
  ],
  ["image-absent", on({ kind: "x" }, { match: { images: ["docker.io/other:.*"] } }), /they have docker\.io\/main:1 and 1 more/u],
  ["already-fixed", on({ kind: "Deployment", name: "fixed" }), /it is fixed/u],
  ["object-not-judged", on({ kind: "Service", name: "web" }), /C-0001 does not judge Service/u],
  ["findings-elsewhere", on({ kind: "x" }, { match: { images: ["docker.io/side:.*"] } }), /another container/u],
  [
    "control-not-judged",
    on({ kind: "Deployment", name: "web" }, { posture: [{ controlID: "C-0057", action: "ignore" }] }),
    /C-0057 is not among the controls that were judged/u,
  ],
  [
    "control-not-evaluated",
    on({ kind: "Deployment", name: "web" }, { posture: [{ controlID: "C-0002", action: "ignore" }] }),
    /C-0002 was not evaluated: host-data/u,
  ],
  [
    "framework-not-judged",
    on({ kind: "Deployment", name: "web" }, { posture: [{ controlID: "C-0001", frameworkName: "nsa", action: "ignore" }] }),
    /pass --framework/u,
  ],
  [
    "cluster-unknown",
    [samplePolicy({ resources: [{ attributes: { cluster: "prod", kind: "Deployment", name: "web" } }] })],
    /it is about cluster prod/u,
  ],
  [
    "vulnerabilities-only",
    namespacedException({ posture: [], vulnerabilities: [{ vulnerability: { id: "CVE-1" }, status: "fixed" }] }),
    /only about vulnerabilities/u,
  ],
])("inert: %s", (code, value, text) => {
  const [one] = audit([value]);
  expect(one?.verdicts).toContain("inert");
  const [effect] = one?.worlds ?? [];
  expect(effect?.inert?.code).toBe(code);
  expect(effect?.inert?.text).toMatch(text);
});

test("a namespace that holds nothing of it", () => {
  const [one] = audit([namespacedException({ match: { resources: [{ kind: "Deployment", name: "web" }] } }, { namespace: "shob" })]);
  expect(one?.worlds[0]?.inert).toEqual({ code: "namespace-absent", text: "nothing that it is about is in namespace shob; there is shop" });
});

test("one for a framework that is judged is not inert", () => {
  const value = inShop({ posture: [{ controlID: "C-0001", frameworkName: "nsa", action: "ignore" }] });
  expect(audit([value], evaluation({ frameworks: [NSA] }))).toMatchObject([{ verdicts: [], worlds: [{ returns: [expect.any(String)] }] }]);
});

describe("over-broad", () => {
  test.each<readonly [codes: readonly string[], value: unknown]>([
    [["every-control"], [samplePolicy({ posturePolicies: [], resources: [{ attributes: { kind: "Deployment", name: "web" } }] })]],
    [["every-control"], on({ kind: "Deployment", name: "web" }, { posture: [{ controlID: "C-.*", action: "ignore" }] })],
    [["whole-cluster"], on({ kind: "Deployment" })],
    [["whole-cluster", "matches-everything"], on({ kind: "Deployment", name: ".*" })],
    [["whole-cluster"], clusterException({ expiresAt: EXPIRES }, { annotations: { "holdfast.dev/scope": "cluster" } })],
    [["matches-everything"], [samplePolicy({ expirationDate: EXPIRES, resources: [{ attributes: { name: "web", namespace: ".+" } }] })]],
    [["endless"], namespacedException()],
    [["endless"], namespacedException({ match: { resources: [{ kind: "Deployment", name: "w.*" }] } })],
    [[], namespacedException({ expiresAt: EXPIRES })],
    [[], namespacedException({ match: { resources: [{ kind: "Deployment", name: "web" }] } })],
    [[], on({ kind: "Deployment", name: "w.*" })],
  ])("%j", (codes, value) => {
    const [one] = audit([value]);
    expect(one?.overBroad.map(({ code }) => code)).toEqual(codes);
    expect(one?.verdicts.includes("over-broad")).toBe(codes.length > 0);
  });
});

test("what is expired or lacks its premise says what it would accept, and is neither inert nor shadowing", () => {
  const premises = JSON.stringify([{ kind: "image-absent", image: "docker.io/side:1", namespaces: ["shop"] }]);
  const audited = audit([
    namespacedException(
      { match: { resources: [{ kind: "Deployment", name: "web" }] }, expiresAt: "2026-01-01T00:00:00Z" },
      { name: "old" },
    ),
    namespacedException(
      { match: { resources: [{ kind: "Deployment", name: "web" }] } },
      { name: "lost", annotations: { "holdfast.dev/premises": premises } },
    ),
    inShop(),
  ]);
  expect(audited.map(({ verdicts }) => verdicts)).toEqual([["expired"], ["premise-failed"], []]);
  expect(audited.map(({ worlds }) => worlds.map(({ inScope, returns }) => [inScope.length, returns.length]))).toEqual([
    [[1, 0]],
    [[1, 0]],
    [[1, 1]],
  ]);
});

test("one whose findings others accept too is shadowed, and says by which", () => {
  const wide = on({ kind: "Deployment", name: "web" });
  const [narrow, broad] = audit([inShop(), wide]);
  expect(narrow).toMatchObject({ verdicts: ["shadowed"], shadowedBy: ["one"], worlds: [{ returns: [] }] });
  expect(broad).toMatchObject({ verdicts: [], shadowedBy: [] });
  expect(broad?.worlds[0]?.returns).toHaveLength(1);
});

test("two worlds are told apart", () => {
  const cluster = evaluation({}, [deployment("other", "shop")]);
  const audited = auditExceptions(
    [
      { world: "files", evaluation: evaluation() },
      { world: "cluster", evaluation: cluster, cluster: "prod" },
    ],
    sampleExceptions(inShop(), namespacedException({ match: { resources: [{ kind: "Deployment", name: "other" }] } }, { name: "two" })),
    NOW,
  );
  expect(audited).toMatchObject([
    {
      onlyIn: "files",
      verdicts: [],
      worlds: [
        { world: "files", inert: null },
        { world: "cluster", inert: { code: "name-absent" } },
      ],
    },
    { onlyIn: "cluster", verdicts: ["inert"], worlds: [{ inert: { code: "name-absent" } }, { inert: { code: "already-fixed" } }] },
  ]);
});

const BROKEN = {
  code: "yaml-syntax",
  stage: "load",
  subject: "web.yaml",
  effect: "lost",
  cause: "no YAML",
  remedy: "mend it",
  file: "web.yaml",
} as const;

test("where something could not be read or judged, nothing is called inert", () => {
  const gone = () => on({ kind: "Deployment", name: "nobody" });
  const given = evaluation();
  const failed = { control: sampleControl("C-0001"), judged: [0], errors: [0] };
  for (const [lossy, incomplete] of [
    [given, false],
    [{ ...given, problems: [BROKEN] }, true],
    [{ ...given, problems: [{ ...BROKEN, effect: "degraded" } as const] }, false],
    [{ ...given, inputs: { ...given.inputs, account: { ...given.inputs.account, lost: 1 } } }, true],
    [{ ...given, controls: sampleEvaluation(0, [failed]).controls }, true],
    [{ ...given, controls: sampleEvaluation(0, [{ ...failed, control: sampleControl("C-0057") }]).controls.concat(given.controls) }, false],
  ] as const)
    expect(audit([gone()], lossy)).toMatchObject([{ verdicts: [incomplete ? "unknown" : "inert"], worlds: [{ incomplete }] }]);
  const vulnerabilities = namespacedException({ posture: [], vulnerabilities: [{ vulnerability: { id: "CVE-1" }, status: "fixed" }] });
  expect(audit([vulnerabilities], { ...given, problems: [BROKEN] })[0]?.verdicts).toContain("inert");
});

test("an object that the options left out is said to be", () => {
  const left = evaluation({ leftOut: new Set([0, 2]), findings: [] });
  const text = "Deployment shop/web was left out by the options of this run: namespaces, kinds or a selector";
  expect(audit([inShop()], left)[0]?.worlds[0]?.inert).toEqual({ code: "left-out", text });
  // What is fixed is so only where all that it is about was judged.
  const fixed = on({ kind: "Deployment", name: "fixed|web" });
  expect(audit([fixed], left)[0]?.worlds[0]?.inert?.code).toBe("left-out");
});
