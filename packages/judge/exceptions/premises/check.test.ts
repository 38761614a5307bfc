import { describe, expect, test } from "vitest";
import type { KubernetesObject } from "@holdfast/core";
import { sampleResource } from "../../sample-evaluation.ts";
import { Estate } from "../estate.ts";
import { NO_GAPS, type Gaps } from "../gaps.ts";
import { premiseFault } from "./check.ts";
import { readPremisesText } from "./premise.ts";

/** Why a premise does not hold among some objects; null where it does. */
function fault(premise: object, ...objects: readonly KubernetesObject[]): string | null {
  return faultWith(NO_GAPS, premise, objects);
}

/** Why a premise does not hold among what was read of more; null where it does. */
function faultWith(gaps: Gaps, premise: object, objects: readonly KubernetesObject[]): string | null {
  const wrong: string[] = [];
  const [read] = readPremisesText(JSON.stringify([premise]), (message) => wrong.push(message));
  if (read === undefined) throw new Error(wrong.join("; "));
  return premiseFault(
    read,
    new Estate(
      objects.map((object) => sampleResource(object)),
      null,
      gaps,
    ),
  );
}

const SHOP: KubernetesObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: { mutate: "yes" } } };
const PODS = [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }];

function webhook(more: object): KubernetesObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: "mutator" },
    webhooks: [{ name: "a", rules: PODS, ...more }],
  };
}

function admissionPolicy(more: object = {}): KubernetesObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1alpha1",
    kind: "MutatingAdmissionPolicy",
    metadata: { name: "mutator" },
    spec: { matchConstraints: { resourceRules: PODS }, ...more },
  };
}

function binding(more: object = {}): KubernetesObject {
  return {
    apiVersion: "admissionregistration.k8s.io/v1alpha1",
    kind: "MutatingAdmissionPolicyBinding",
    metadata: { name: "bound" },
    spec: { policyName: "mutator", ...more },
  };
}

function kyverno(rule: object, more: object = {}): KubernetesObject {
  return {
    apiVersion: "kyverno.io/v1",
    kind: "ClusterPolicy",
    metadata: { name: "mutator" },
    spec: { rules: [{ name: "a", match: { any: [{ resources: { kinds: ["Pod"] } }] }, mutate: { patchStrategicMerge: {} }, ...rule }] },
    ...more,
  };
}

describe("a namespace is covered by a mutating policy", () => {
  const shop = { kind: "namespace-mutated", namespaces: ["shop"] };
  const selects = (labels: object) => ({ namespaceSelector: { matchLabels: labels } });

  test.each<readonly [string, readonly KubernetesObject[]]>([
    ["a webhook for all", [webhook({})]],
    ["a webhook that selects it", [SHOP, webhook(selects({ mutate: "yes" }))]],
    ["a webhook that selects it by its name", [webhook(selects({ "kubernetes.io/metadata.name": "shop" }))]],
    ["a policy and its binding", [SHOP, admissionPolicy(), binding({ matchResources: selects({ mutate: "yes" }) })]],
    ["a policy of Kyverno", [kyverno({})]],
    ["a policy of Kyverno for namespaces by pattern", [kyverno({ match: { resources: { kinds: ["Pod"], namespaces: ["sh?p*"] } } })]],
    ["a policy of Kyverno in the namespace", [kyverno({}, { kind: "Policy", metadata: { name: "mutator", namespace: "shop" } })]],
    [
      "a policy of Kyverno's newer kind",
      [
        {
          apiVersion: "policies.kyverno.io/v1alpha1",
          kind: "MutatingPolicy",
          metadata: { name: "m" },
          spec: { matchConstraints: { resourceRules: PODS } },
        },
      ],
    ],
  ])("by %s", (_, objects) => {
    expect(fault(shop, ...objects)).toBeNull();
  });

  test.each<readonly [string, readonly KubernetesObject[], RegExp]>([
    ["nothing", [SHOP], /no mutating policy was scanned/u],
    [
      "a webhook for others",
      [SHOP, webhook(selects({ mutate: "no" }))],
      /MutatingWebhookConfiguration mutator: it does not select namespace shop/u,
    ],
    ["a webhook, where the labels are not known", [webhook(selects({ mutate: "yes" }))], /labels of namespace shop are not known/u],
    ["a webhook that may be left out", [webhook({ failurePolicy: "Ignore" })], /failurePolicy: Ignore/u],
    ["a webhook with conditions", [webhook({ matchConditions: [{ name: "a", expression: "true" }] })], /conditions/u],
    ["a webhook for some objects", [webhook({ objectSelector: { matchLabels: { a: "b" } } })], /by their labels/u],
    ["a webhook for changes", [webhook({ rules: [{ ...PODS[0], operations: ["UPDATE"] }] })], /making of pods/u],
    ["a webhook for services", [webhook({ rules: [{ ...PODS[0], resources: ["services"] }] })], /making of pods/u],
    ["a policy that nothing binds", [admissionPolicy()], /no MutatingAdmissionPolicyBinding/u],
    [
      "a policy that is bound elsewhere",
      [SHOP, admissionPolicy(), binding({ matchResources: selects({ mutate: "no" }) })],
      /does not select/u,
    ],
    ["a policy that validates", [kyverno({ mutate: undefined, validate: {} })], /no rules that mutate/u],
    ["a policy that mutates what is there", [kyverno({ mutate: { targets: [{}] } })], /there already/u],
    ["a policy with preconditions", [kyverno({ preconditions: { all: [{}] } })], /preconditions/u],
    ["a policy that leaves some out", [kyverno({ exclude: { any: [{}] } })], /exclude/u],
    [
      "a policy for another namespace",
      [kyverno({ match: { any: [{ resources: { kinds: ["Pod"], namespaces: ["bank"] } }] } })],
      /does not name/u,
    ],
    [
      "a policy in another namespace",
      [kyverno({}, { kind: "Policy", metadata: { name: "m", namespace: "bank" } })],
      /holds in namespace bank/u,
    ],
    ["a policy for one name", [kyverno({ match: { any: [{ resources: { kinds: ["Pod"], names: ["a"] } }] } })], /narrower/u],
  ])("not by %s", (_, objects, why) => {
    expect(fault(shop, ...objects)).toMatch(why);
  });

  test("a policy that is named must be the one", () => {
    expect(fault({ ...shop, policy: "mutator" }, webhook({}))).toBeNull();
    expect(fault({ ...shop, policy: "other" }, webhook({}))).toMatch(/no mutating policy other/u);
  });
});

describe("a role is bound by RoleBindings only", () => {
  const premise = { kind: "role-bound-by-rolebindings-only", role: "deployer" };
  const rbac = (kind: string, name: string, more: object = {}): KubernetesObject => ({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name, ...(kind === "ClusterRole" ? { labels: { part: "yes" } } : {}) },
    ...more,
  });
  const binds = (role: string) => ({ roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role } });

  test("it holds where a RoleBinding binds it", () => {
    expect(fault(premise, rbac("RoleBinding", "a", binds("deployer")), rbac("ClusterRoleBinding", "b", binds("other")))).toBeNull();
  });

  test("it does not where a ClusterRoleBinding does", () => {
    const why = fault(premise, rbac("RoleBinding", "a", binds("deployer")), rbac("ClusterRoleBinding", "b", binds("deployer")));
    expect(why).toBe("ClusterRoleBinding b binds it");
  });

  test("it does not where a ClusterRoleBinding binds a role that it is aggregated into", () => {
    const whole = rbac("ClusterRole", "whole", { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: "yes" } }] } });
    const why = fault(
      premise,
      rbac("ClusterRole", "deployer"),
      whole,
      rbac("RoleBinding", "a", binds("deployer")),
      rbac("ClusterRoleBinding", "b", binds("whole")),
    );
    expect(why).toBe("ClusterRoleBinding b binds whole, which it is aggregated into");
  });

  test("it can't be checked where no binding was scanned", () => {
    expect(fault(premise, rbac("ClusterRole", "deployer"))).toMatch(/can't be checked/u);
  });
});

describe("an image is absent", () => {
  const pod = (namespace: string | undefined, image: string): KubernetesObject => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a", ...(namespace === undefined ? {} : { namespace }) },
    spec: { initContainers: [{ name: "a", image }] },
  });
  const premise = { kind: "image-absent", image: "debug:.*", namespaces: ["prod"] };
  const bySelector = { kind: "image-absent", image: "debug:.*", namespaceSelector: { matchLabels: { mutate: "yes" } } };

  test.each<readonly [string, object, readonly KubernetesObject[], RegExp | null]>([
    ["it is not there", premise, [pod("prod", "web:1"), pod("test", "debug:1")], null],
    ["it is there", premise, [pod("prod", "debug:1")], /Pod prod\/a has the image debug:1/u],
    ["nothing of the namespace was scanned", premise, [pod("test", "web:1")], /no workload of prod was scanned/u],
    ["a workload that has it names no namespace", premise, [pod("prod", "web:1"), pod(undefined, "debug:1")], /names no namespace/u],
    ["it is not there by selector", bySelector, [SHOP, pod("shop", "web:1")], null],
    ["it is there by selector", bySelector, [SHOP, pod("shop", "debug:2")], /has the image debug:2/u],
    [
      "a workload that has it is in a namespace of unknown labels",
      bySelector,
      [SHOP, pod("shop", "web:1"), pod("prod", "debug:1")],
      /labels of namespace prod are not known/u,
    ],
  ])("%s", (_, what, objects, why) => {
    const found = fault(what, ...objects);
    if (why === null) expect(found).toBeNull();
    else expect(found).toMatch(why);
  });
});

describe("that something is absent can't be checked where not all was read", () => {
  const local: KubernetesObject = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "local", namespace: "shop" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "deployer" },
  };
  const pod: KubernetesObject = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "shop" },
    spec: { containers: [{ name: "main", image: "app:1" }] },
  };
  const role = { kind: "role-bound-by-rolebindings-only", role: "deployer" };
  const image = { kind: "image-absent", image: "debug:.*", namespaces: ["shop"] };
  const none = { lists: 1, lost: 0, listed: 0, produced: 0, owned: 0, repeated: 0, dropped: 0 };
  type Cluster = NonNullable<Gaps["cluster"]>;
  const cluster = (more: Partial<Cluster>, states: Readonly<Record<string, Cluster["kinds"][number]["state"]>> = {}): Gaps => ({
    losses: [],
    cluster: {
      context: "prod",
      server: "https://prod",
      version: "v1.34.4",
      namespaces: { included: [], excluded: [] },
      kinds: Object.entries({ Pod: "listed", ClusterRole: "listed", ClusterRoleBinding: "listed", ...states } as const).map(
        ([kind, state]) => ({ group: "", kind, state, ...none }),
      ),
      account: none,
      ...more,
    },
  });

  test("all was read", () => {
    for (const gaps of [NO_GAPS, cluster({})]) {
      expect(faultWith(gaps, role, [local])).toBeNull();
      expect(faultWith(gaps, image, [pod])).toBeNull();
    }
  });

  test.each<readonly [Gaps, role: RegExp | null, image: RegExp | null]>([
    [{ losses: ["a.yaml: no YAML (HF1)", "b.yaml: no YAML (HF1)"], cluster: null }, /read: a\.yaml: .*, and 1 more/u, /read: a\.yaml/u],
    [cluster({ workload: "shop/Pod/web" }), /only shop\/Pod\/web was asked for/u, /only shop/u],
    [cluster({}, { ClusterRoleBinding: "excluded" }), /ClusterRoleBinding was not read of the cluster \(excluded\)/u, null],
    [cluster({}, { ClusterRole: "forbidden" }), /ClusterRole was not read/u, null],
    [cluster({}, { Deployment: "excluded" }), null, /Deployment was not read/u],
    [cluster({}, { Deployment: "not-served" }), null, null],
    [cluster({ kinds: [] }), /ClusterRoleBinding was not read/u, /Pod was not read/u],
    [cluster({ selector: "app=web" }), null, /only workloads with app=web/u],
    [cluster({ namespaces: { included: [], excluded: ["shop"] } }), null, /namespace shop was not asked for/u],
    [cluster({ namespaces: { included: ["bank"], excluded: [] } }), null, /namespace shop was not asked for/u],
    [cluster({ namespaces: { included: ["shop"], excluded: [] } }), null, null],
  ])("%#", (gaps, ofRole, ofImage) => {
    for (const [premise, objects, why] of [
      [role, [local], ofRole],
      [image, [pod], ofImage],
    ] as const) {
      const found = faultWith(gaps, premise, objects);
      if (why === null) expect(found).toBeNull();
      else {
        expect(found).toMatch(/^it can't be checked: /u);
        expect(found).toMatch(why);
      }
    }
  });
});
