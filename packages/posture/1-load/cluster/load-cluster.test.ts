import { expect, test } from "vitest";
import type { KubernetesObject, RuleDescription } from "@holdfast/core";
import { kindPattern } from "../../library/kind-pattern.ts";
import type { PageAnswer, ServedKind } from "./cluster-access.ts";
import type { ClusterRequest } from "./cluster-request.ts";
import { parseLabelSelector } from "./label-selector.ts";
import { loadCluster, type ClusterLoad } from "./load-cluster.ts";
import { loadWorkload } from "./load-workload.ts";
import { wantedKinds } from "./wanted-kinds.ts";
import { pageFrom, scriptedAccess, servedKind, type SentRequest } from "./scripted-access.ts";
import { sampleRule } from "../../testing/sample-rule.ts";

const KINDS: readonly ServedKind[] = [
  ...["Pod", "Secret", "Service", "apps/Deployment", "apps/ReplicaSet", "batch/Job", "batch/CronJob", "networking.k8s.io/Ingress"].map(
    (name) => servedKind(name),
  ),
  servedKind("extensions/Ingress"),
  servedKind("Namespace", false),
  servedKind("Node", false),
];

const ALL: ClusterRequest = {
  includeNamespaces: [],
  excludeNamespaces: [],
  includeKinds: [],
  excludeKinds: [],
  selector: null,
  workload: null,
};

function rule(name: string, kinds: readonly string[], more: Partial<RuleDescription> = {}): RuleDescription {
  return sampleRule(name, { kinds: kinds.map(kindPattern), digest: name, ...more });
}

const WORKLOADS = ["Pod", "apps/Deployment", "apps/ReplicaSet", "batch/Job", "batch/CronJob"];
const workloads = rule("workloads", WORKLOADS);

type Estate = Readonly<Record<string, readonly KubernetesObject[]>>;

function object(name: string, owner?: string, more: object = {}): KubernetesObject {
  const [kind, uid] = (owner ?? "").split(" ");
  const group =
    { ReplicaSet: "apps/v1", Deployment: "apps/v1", Rollout: "argoproj.io/v1", Job: "batch/v1", CronJob: "batch/v1" }[kind ?? ""] ?? "v1";
  const ownerReferences = owner === undefined ? {} : { ownerReferences: [{ apiVersion: group, kind, uid, name: "o", controller: true }] };
  return { metadata: { name, namespace: "shop", uid: name, ...ownerReferences, ...more } };
}

async function load(
  estate: Estate,
  {
    rules = [workloads],
    request = {},
    answer,
  }: {
    readonly rules?: readonly RuleDescription[];
    readonly request?: Partial<ClusterRequest>;
    readonly answer?: (request: SentRequest) => PageAnswer | null;
  } = {},
): Promise<ClusterLoad & { readonly sent: readonly SentRequest[] }> {
  const { access, sent } = scriptedAccess(KINDS, (one) => answer?.(one) ?? pageFrom(estate[one.kind] ?? [], one));
  const loaded = await loadCluster(access, { rules, readsSecretValues: () => false, request: { ...ALL, ...request } });
  return { ...loaded, sent };
}

const names = ({ resources }: ClusterLoad): readonly string[] => resources.map(({ kind, name }) => `${kind} ${name}`);
const forbid =
  (kind: string, namespace?: string) =>
  (request: SentRequest): PageAnswer | null =>
    request.kind === kind && (namespace === undefined || request.namespace === namespace)
      ? { outcome: "forbidden", cause: "no right" }
      : null;

test("asks for the kinds of the rules and for no others, in one version of each", async () => {
  const { sent } = await load({}, { rules: [rule("a", ["Service"]), rule("b", ["*/Ingress", "policy/PodSecurityPolicy"])] });
  expect(sent.map(({ kind }) => kind).toSorted()).toEqual(["Ingress", "Service"]);
});

test("a rule about one provider's clusters needs the nodes; one about any kind does not mean events", async () => {
  expect((await load({}, { rules: [rule("a", ["Service"], { clouds: ["EKS"] })] })).sent.map(({ kind }) => kind).toSorted()).toEqual([
    "Node",
    "Service",
  ]);
  expect((await load({}, { rules: [rule("a", ["*/*"])] })).sent).toHaveLength(KINDS.length - 1);
});

test("objects that repeat an owner which was read are left out; others are kept", async () => {
  const loaded = await load(
    {
      Deployment: [object("web")],
      ReplicaSet: [object("web-1", "Deployment web"), object("canary", "Rollout r")],
      CronJob: [object("nightly")],
      Job: [object("nightly-1", "CronJob nightly"), object("once")],
      Pod: [
        object("web-1-a", "ReplicaSet web-1"),
        object("canary-a", "ReplicaSet canary"),
        object("nightly-1-a", "Job nightly-1"),
        object("orphan", "ReplicaSet gone"),
        object("kube-apiserver", "Node master"),
        object("bare"),
      ],
      Node: [object("master")],
    },
    { rules: [workloads, rule("nodes", ["Node"])] },
  );
  expect(names(loaded)).toEqual([
    "Deployment web",
    "ReplicaSet canary",
    "CronJob nightly",
    "Job once",
    "Node master",
    "Pod bare",
    "Pod kube-apiserver",
    "Pod orphan",
  ]);
  expect(loaded.inputs.cluster?.account).toMatchObject({ listed: 13, produced: 8, owned: 5, repeated: 0, dropped: 0 });
});

test("pods whose owners are of a kind that is not read are kept", async () => {
  const estate = {
    Deployment: [object("web")],
    ReplicaSet: [object("web-1", "Deployment web")],
    Pod: [object("web-1-a", "ReplicaSet web-1")],
  };
  expect(names(await load(estate, { rules: [rule("pods", ["Pod"])] }))).toEqual(["Pod web-1-a"]);
  expect(names(await load(estate, { answer: forbid("ReplicaSet") }))).toEqual(["Deployment web", "Pod web-1-a"]);
});

test("an object that two kinds list is there once", async () => {
  const { resources, inputs } = await load(
    { Pod: [object("same")], Service: [object("same")] },
    { rules: [rule("a", ["Pod", "Service"])] },
  );
  expect(resources).toHaveLength(1);
  expect(inputs.cluster?.account).toMatchObject({ listed: 2, produced: 1, repeated: 1 });
});

test("a kind that is forbidden is not absent: a problem, and what needs it is skipped with the verb and the resource", async () => {
  const { problems, unread, inputs } = await load({ Pod: [object("p")] }, { answer: forbid("Deployment") });
  expect(problems).toMatchObject([{ code: "cluster-list-forbidden", subject: "list deployments.apps", effect: "lost", cause: "no right" }]);
  expect(unread.skipOf(workloads)).toMatchObject({
    reason: "needs-input",
    kinds: ["apps/Deployment"],
    detail: "forbidden: list deployments.apps",
  });
  expect(unread.skipOf(rule("other", ["Pod"]))).toBeNull();
  expect(unread.skipOf(rule("any", ["*/*"]))).toBeNull();
  expect(inputs.cluster?.kinds).toContainEqual(expect.objectContaining({ kind: "Deployment", state: "forbidden", lost: 1 }));
  expect(inputs.account).toMatchObject({ documents: 2, produced: 1, lost: 1 });
});

test("nodes that are forbidden keep rules about one provider from being judged", async () => {
  const eks = rule("eks", ["Service"], { clouds: ["EKS"] });
  const { unread } = await load({}, { rules: [eks], answer: forbid("Node") });
  expect(unread.skipOf(eks)).toMatchObject({ detail: "forbidden: list nodes" });
});

test("a rule about files of nodes looks at the nodes where it can, and is judged without them", async () => {
  const onFiles = rule("files", ["Pod"], { layout: "kubeadm" });
  const { sent, unread } = await load({}, { rules: [onFiles], answer: forbid("Node") });
  expect(sent.map(({ kind }) => kind).toSorted()).toEqual(["Node", "Pod"]);
  expect(unread.skipOf(onFiles)).toBeNull();
});

test("with namespaces each is listed by itself, and one that is closed is lost without the others", async () => {
  const loaded = await load(
    { Pod: [object("p")] },
    {
      rules: [rule("pods", ["Pod"]), rule("spaces", ["Namespace"])],
      request: { includeNamespaces: ["shop", "bank"] },
      answer: forbid("Pod", "bank"),
    },
  );
  expect(loaded.sent.map(({ kind, namespace, fieldSelector }) => [kind, namespace, fieldSelector])).toEqual([
    ["Namespace", null, "metadata.name=shop"],
    ["Namespace", null, "metadata.name=bank"],
    ["Pod", "shop", undefined],
    ["Pod", "bank", undefined],
  ]);
  expect(loaded.unread.skipOf(rule("pods", ["Pod"]))).toBeNull();
  expect(loaded.problems).toMatchObject([{ code: "cluster-list-forbidden", subject: "list pods in namespace bank" }]);
  expect(loaded.inputs.cluster?.account).toMatchObject({ lists: 3, lost: 1 });
});

test("namespaces that are left out are not listed", async () => {
  const { sent } = await load(
    {},
    { rules: [rule("a", ["Pod", "Namespace", "Node"])], request: { excludeNamespaces: ["kube-system", "test"] } },
  );
  expect(Object.fromEntries(sent.map(({ kind, fieldSelector }) => [kind, fieldSelector]))).toEqual({
    Pod: "metadata.namespace!=kube-system,metadata.namespace!=test",
    Namespace: "metadata.name!=kube-system,metadata.name!=test",
    Node: undefined,
  });
});

test("with kinds only what was asked for is judged, and what that is judged by is read", async () => {
  const rules = [rule("exposed", [...WORKLOADS, "Service"]), rule("ingress", ["networking.k8s.io/Ingress"])];
  const loaded = await load({ Deployment: [object("web")], Service: [object("s")] }, { rules, request: { includeKinds: ["deployments"] } });
  expect(loaded.sent.map(({ kind }) => kind).toSorted()).toEqual(["Deployment", "Service"]);
  expect(names(loaded).filter((_, place) => !loaded.context.has(place))).toEqual(["Deployment web"]);
});

test("kinds that are left out are not read; what can't be judged without them is skipped as left out", async () => {
  const rules = [workloads, rule("exposed", [...WORKLOADS, "Service"])];
  const { sent, unread } = await load({}, { rules, request: { excludeKinds: ["service", "Job.batch"] } });
  expect(sent.map(({ kind }) => kind).toSorted()).toEqual(["CronJob", "Deployment", "Pod", "ReplicaSet"]);
  expect(unread.skipOf(workloads)).toBeNull();
  expect(unread.skipOf(rules[1] ?? workloads)).toMatchObject({
    reason: "excluded",
    detail: expect.stringContaining("services left out") as string,
  });
});

test("kinds that nobody knows are said", () => {
  const discovery = { kinds: KINDS, silentGroups: new Map() };
  const request = { ...ALL, includeKinds: ["Deploymint"], excludeKinds: ["pods", "Ingress.networking.k8s.io"] };
  expect(wantedKinds([workloads], discovery, request).unknown).toEqual(["Deploymint"]);
});

test("labels select workloads at the server; other objects are read whole and judged where they match", async () => {
  const rules = [rule("exposed", ["Pod", "Service"])];
  const estate = {
    Pod: [object("p", undefined, { labels: { app: "a" } })],
    Service: [object("s", undefined, { labels: { app: "a" } }), object("t")],
  };
  const loaded = await load(estate, { rules, request: { selector: parseLabelSelector("app=a") } });
  expect(Object.fromEntries(loaded.sent.map(({ kind, labelSelector }) => [kind, labelSelector]))).toEqual({
    Pod: "app=a",
    Service: undefined,
  });
  expect(names(loaded).filter((_, place) => loaded.context.has(place))).toEqual(["Service t"]);
});

test("a kind that vanishes is no loss, and a group that does not answer is one", async () => {
  const gone = await load({}, { rules: [rule("a", ["Service"])], answer: () => ({ outcome: "absent", cause: "not found" }) });
  expect(gone.problems).toMatchObject([{ code: "cluster-kind-vanished", effect: "degraded" }]);
  expect(gone.unread.skipOf(rule("a", ["Service"]))).toBeNull();

  const { access } = scriptedAccess(KINDS, (one) => pageFrom([], one), new Map([["example.com", "no server"]]));
  const gadgets = rule("gadgets", ["example.com/Gadget"]);
  const silent = await loadCluster(access, { rules: [gadgets], readsSecretValues: () => false, request: ALL });
  expect(silent.problems).toMatchObject([{ code: "cluster-group-silent", subject: "example.com", cause: "no server" }]);
  expect(silent.unread.skipOf(gadgets)).toMatchObject({ reason: "needs-input" });
  expect(silent.inputs.cluster?.account).toMatchObject({ lost: 1 });
});

test("Secrets are read by their metadata, unless a rule looks at their values", async () => {
  const rules = [rule("mounted", ["Secret"])];
  const { access, sent } = scriptedAccess(KINDS, (one) => pageFrom([{ ...object("s"), data: { key: "a2V5" } }], one));
  const byName = await loadCluster(access, { rules, readsSecretValues: () => false, request: ALL });
  expect(byName.resources[0]?.object).not.toHaveProperty("data");
  expect(byName.inputs.cluster?.kinds[0]).toMatchObject({ kind: "Secret", metadataOnly: true });
  const whole = await loadCluster(access, { rules, readsSecretValues: () => true, request: ALL });
  expect(whole.resources[0]?.object).toHaveProperty("data");
  expect(sent.map(({ metadataOnly }) => metadataOnly)).toEqual([true, false]);
});

test("the API server's version is an object for the rules that ask for it", async () => {
  const { resources } = await load({}, { rules: [rule("cve", ["apiserverinfo.kubescape.cloud/APIServerInfo", "Service"])] });
  expect(resources).toMatchObject([{ kind: "APIServerInfo", object: { data: { gitVersion: "v1.34.4" } } }]);
});

test("one workload: rules that need more than it are skipped, rules about something else have nothing to judge", async () => {
  const { access } = scriptedAccess(KINDS, () => ({ outcome: "forbidden", cause: "nothing may be listed" }));
  const options = { rules: [workloads], readsSecretValues: () => false, request: ALL };
  const web = { ...access, get: async () => ({ outcome: "object", object: { kind: "Deployment", ...object("web") } }) as const };
  const name = { namespace: "shop", kind: "deployment", name: "web" };
  const rules = [workloads, rule("exposed", [...WORKLOADS, "Service"]), rule("services", ["Service"])];
  const loaded = await loadWorkload(web, name, { ...options, rules });
  expect(names(loaded)).toEqual(["Deployment web"]);
  expect(rules.map((one) => loaded.unread.skipOf(one)?.reason)).toEqual([undefined, "needs-input", undefined]);

  const lost = await loadWorkload(access, name, options);
  expect(lost.problems).toMatchObject([{ code: "cluster-object-missing", subject: "shop/deployment/web" }]);
  expect((await loadWorkload(access, { ...name, kind: "Gadget" }, options)).problems[0]?.cause).toBe("the cluster has no kind Gadget");
});
