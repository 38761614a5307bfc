import { groupOf, type KubernetesObject, type Resource } from "@holdfast/core";

/** A provider of managed clusters, as rules and peers name it. */
export type CloudProvider = "EKS" | "AKS" | "GKE";

/** What the objects of a scan show about where the cluster runs. */
export interface CloudEvidence {
  /** The providers that something shows, sorted; more than one only where several clusters were scanned together. */
  readonly providers: readonly CloudProvider[];
  /** Whether there was something to see it by: a description by a provider, or a Node. Without it the provider is not known. */
  readonly known: boolean;
}

/** The API groups in which the providers' descriptions of clusters are kept. */
export const CLOUD_GROUPS: ReadonlyMap<string, CloudProvider> = new Map([
  ["eks.amazonaws.com", "EKS"],
  ["management.azure.com", "AKS"],
  ["container.googleapis.com", "GKE"],
]);

/** Labels that a provider sets on the nodes of its managed clusters; a prefix of their keys. */
const NODE_LABELS: readonly (readonly [string, CloudProvider])[] = [
  ["eks.amazonaws.com/", "EKS"],
  ["kubernetes.azure.com/", "AKS"],
  ["cloud.google.com/gke-", "GKE"],
];

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** The provider of a managed node by the keys of its labels; null where they show none. */
export function managedByLabel(labels: readonly string[]): CloudProvider | null {
  for (const [prefix, provider] of NODE_LABELS) if (labels.some((label) => label.startsWith(prefix))) return provider;
  return null;
}

/** Builds of a managed cluster's kubelet carry the provider's name in their version: `v1.31.2-eks-7f9249a`, `v1.31.1-gke.1846000`. */
function providerOfNode(node: KubernetesObject): CloudProvider | null {
  const labelled = managedByLabel(Object.keys(fields(fields(node["metadata"])["labels"])));
  if (labelled !== null) return labelled;
  const version = fields(fields(node["status"])["nodeInfo"])["kubeletVersion"];
  if (typeof version !== "string") return null;
  if (version.includes("-eks-")) return "EKS";
  return version.includes("-gke.") ? "GKE" : null;
}

/** Which managed clusters the objects of a scan come from, by the providers' own descriptions and by the nodes. */
export function cloudEvidence(resources: readonly Resource[]): CloudEvidence {
  const providers = new Set<CloudProvider>();
  let known = false;
  for (const { object, apiVersion, kind } of resources) {
    const group = groupOf(apiVersion);
    const described = CLOUD_GROUPS.get(group);
    const isNode = kind === "Node" && group === "";
    if (described === undefined && !isNode) continue;
    known = true;
    const provider = described ?? providerOfNode(object);
    if (provider !== null) providers.add(provider);
  }
  return { providers: [...providers].sort(), known };
}
