import type { KubernetesObject } from "@holdfast/core";
import type { TestCluster } from "./start-cluster.ts";

/** Objects that a namespace of the estate holds, itself included. */
export const OBJECTS_OF_NAMESPACE = 25;
/** Those of them that repeat their owner: ReplicaSets of Deployments, and their pods. */
export const OWNED_OF_NAMESPACE = 9;

const APPLICATIONS = ["catalog", "cart", "mail"] as const;

function podSpec(name: string, place: number): object {
  return {
    containers: [
      {
        name: "main",
        image: `registry.example.com/${name}:1.0`,
        // One in ten of the first application asks for privileges.
        ...(name === "catalog" && place % 10 === 0 ? { securityContext: { privileged: true } } : {}),
        env: Array.from({ length: 8 }, (_, at) => ({ name: `SETTING_${at}`, value: `value ${at} of ${name}` })),
        resources: { requests: { cpu: "100m", memory: "64Mi" } },
      },
    ],
  };
}

function template(name: string, place: number): object {
  return { metadata: { labels: { app: name, tier: name === "cart" ? "front" : "back" } }, spec: podSpec(name, place) };
}

/** The name of a namespace of the estate by its place. */
export function namespaceName(place: number): string {
  return `shop-${String(place + 1).padStart(4, "0")}`;
}

function uidOf(object: KubernetesObject | undefined): unknown {
  return (object?.["metadata"] as KubernetesObject | undefined)?.["uid"];
}

function ownedBy(kind: string, name: string, owner: KubernetesObject | undefined): object {
  return { ownerReferences: [{ apiVersion: "apps/v1", kind, name, uid: uidOf(owner), controller: true }] };
}

/** What a namespace holds that nothing owns. */
function ownObjects(namespace: string): readonly object[] {
  const named = (name: string): object => ({ name, namespace, labels: { app: name } });
  return [
    ...["settings", "texts"].map((name) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: named(name), data: { mode: "calm" } })),
    ...["token", "login"].map((name) => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: named(name),
      stringData: { key: `value-of-${name}` },
    })),
    ...["catalog", "cart"].map((name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: named(name) })),
    ...["catalog", "cart"].map((name) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: named(name),
      spec: { selector: { app: name }, ports: [{ port: 80 }] },
    })),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: named("inward"),
      spec: { podSelector: {}, policyTypes: ["Ingress"] },
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "Role",
      metadata: named("reader"),
      rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get"] }],
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: named("readers"),
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
      subjects: [{ kind: "ServiceAccount", name: "cart", namespace }],
    },
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: named("report"),
      spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: { spec: { ...podSpec("report", 1), restartPolicy: "Never" } } } } },
    },
  ];
}

/** Fills a cluster with this many namespaces of {@link OBJECTS_OF_NAMESPACE} objects each. */
export async function createEstate(cluster: TestCluster, namespaces: number): Promise<void> {
  const places = Array.from({ length: namespaces }, (_, place) => place);
  await cluster.create(places.map((place) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespaceName(place) } })));
  const applications = places.flatMap((place) => APPLICATIONS.map((name) => ({ name, place, namespace: namespaceName(place) })));
  const deployments = await cluster.create(
    applications.map(({ name, place, namespace }) => ({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace, labels: { app: name } },
      spec: { replicas: 2, selector: { matchLabels: { app: name } }, template: template(name, place) },
    })),
  );
  const replicaSets = await cluster.create(
    applications.map(({ name, place, namespace }, at) => ({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      metadata: { name: `${name}-1`, namespace, labels: { app: name }, ...ownedBy("Deployment", name, deployments[at]) },
      spec: { replicas: 2, selector: { matchLabels: { app: name } }, template: template(name, place) },
    })),
  );
  await cluster.create(
    applications.flatMap(({ name, place, namespace }, at) =>
      ["a", "b"].map((end) => ({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: `${name}-1-${end}`, namespace, labels: { app: name }, ...ownedBy("ReplicaSet", `${name}-1`, replicaSets[at]) },
        spec: podSpec(name, place),
      })),
    ),
  );
  await cluster.create(places.flatMap((place) => ownObjects(namespaceName(place))));
}

/** Characters of the text of each ConfigMap that {@link createTexts} makes. */
const TEXT_SIZE = 2 ** 19;

/** Adds ConfigMaps with half a megabyte of text each, no two with the same, to the first namespace. Gives how many MiB that is. */
export async function createTexts(cluster: TestCluster, count: number): Promise<number> {
  const line = (place: number, at: number): string =>
    `panel ${place}.${at}: rate of requests by service and code, in the last five minutes\n`;
  const text = (place: number): string => {
    let made = "";
    for (let at = 0; made.length < TEXT_SIZE; at += 1) made += line(place, at);
    return made.slice(0, TEXT_SIZE);
  };
  for (let from = 0; from < count; from += 16) {
    const places = Array.from({ length: Math.min(16, count - from) }, (_, at) => from + at);
    await cluster.create(
      places.map((place) => ({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: `text-${place}`, namespace: namespaceName(0) },
        data: { "dashboard.txt": text(place) },
      })),
    );
  }
  return (count * TEXT_SIZE) / 2 ** 20;
}
