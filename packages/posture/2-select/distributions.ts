import type { HostLayout, KubernetesObject } from "@holdfast/core";
import { managedByLabel, type CloudProvider } from "./cloud-providers.ts";

/** A way to get a node of Kubernetes that is not kubeadm's, as people call it. */
export type Distribution = CloudProvider | "k0s" | "k3s" | "MicroK8s" | "RKE2" | "Talos Linux";

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** What the builds of a distribution have behind the `+` of their kubelet's version: `v1.31.2+k3s1`, `v1.31.2+rke2r1`, `v1.31.2+k0s`. https://docs.k3s.io/release-notes, https://docs.rke2.io/release-notes, https://docs.k0sproject.io */
const BUILDS: readonly (readonly [RegExp, Distribution])[] = [
  [/\+k3s\d/u, "k3s"],
  [/\+rke2r\d/u, "RKE2"],
  [/\+k0s/u, "k0s"],
];

/** The distribution of a Node; null where nothing shows one that is known. */
export function distributionOf(node: KubernetesObject): Distribution | null {
  const labels = Object.keys(fields(fields(node["metadata"])["labels"]));
  const { kubeletVersion, osImage } = fields(fields(node["status"])["nodeInfo"]);
  if (typeof kubeletVersion === "string") {
    const build = BUILDS.find(([pattern]) => pattern.test(kubeletVersion));
    if (build !== undefined) return build[1];
  }
  // Talos reports itself as `Talos (v1.9.1)`. https://www.talos.dev
  if (typeof osImage === "string" && osImage.startsWith("Talos (")) return "Talos Linux";
  // https://microk8s.io/docs: each node has the label microk8s.io/cluster.
  if (labels.includes("microk8s.io/cluster")) return "MicroK8s";
  // A version that names a provider is not enough here: Amazon's builds run on machines of one's own too, where kubeadm starts them.
  return managedByLabel(labels);
}

/**
 * The distributions that have none of a layout's files. Providers keep the control plane to themselves. k3s, RKE2, k0s and MicroK8s start the kubelet in a process of their own and keep
 * their files below `/var/lib/rancher`, `/var/lib/k0s` and `/var/snap`; Talos starts the kubelet as a container and the control plane from its own settings.
 */
const WITHOUT: Readonly<Record<HostLayout, ReadonlySet<Distribution>>> = {
  kubeadm: new Set(["EKS", "AKS", "GKE", "k0s", "k3s", "MicroK8s", "RKE2", "Talos Linux"]),
  "kubelet-service": new Set(["k0s", "k3s", "MicroK8s", "RKE2", "Talos Linux"]),
};

/** The distributions of these nodes, sorted, where none of them can have the files of a layout; null where one may, and where there is no node to see it by. */
export function distributionsWithout(layout: HostLayout, nodes: readonly KubernetesObject[]): readonly Distribution[] | null {
  const found = new Set<Distribution>();
  for (const node of nodes) {
    const distribution = distributionOf(node);
    if (distribution === null || !WITHOUT[layout].has(distribution)) return null;
    found.add(distribution);
  }
  return found.size === 0 ? null : [...found].sort();
}
