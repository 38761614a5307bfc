import type { KindPattern, KubernetesObject, NeededInput, RuleDescription, Skip } from "@holdfast/core";
import { CLOUD_GROUPS, type CloudEvidence } from "../2-select/cloud-providers.ts";
import { distributionsWithout } from "../2-select/distributions.ts";

interface Provider {
  /** Whether a kind pattern of the rule names objects of this input. */
  readonly holds: (pattern: KindPattern) => boolean;
  readonly providedBy: string;
  /** Who provides it where a live cluster is scanned and lacks it, if that is someone else. */
  readonly inCluster?: string;
}

/** The inputs that plain files of an application do not hold: how to recognise them, who provides them and how. */
const PROVIDERS: Readonly<Record<NeededInput, Provider>> = {
  "control-plane-pods": {
    holds: ({ group, kind }) => group === "" && kind === "Pod",
    providedBy:
      "the API server's own pod: scan the static pod manifests of a control-plane node (/etc/kubernetes/manifests) or the objects of kube-system; managed clusters do not show it",
    inCluster:
      "the API server's own pod, which is in kube-system where kubeadm and the like made the cluster; managed clusters do not show it: scan the static pod manifests of a control-plane node (/etc/kubernetes/manifests)",
  },
  "host-data": {
    holds: ({ group }) => group === "hostdata.kubescape.cloud",
    providedBy:
      "a node agent that writes hostdata.kubescape.cloud objects: pass them as files beside the manifests (kubectl get --all-namespaces -o yaml)",
    inCluster: "a node agent that writes hostdata.kubescape.cloud objects into the cluster",
  },
  cloud: {
    holds: ({ group }) => CLOUD_GROUPS.has(group),
    providedBy:
      "the cloud provider's description of the cluster (EKS, AKS or GKE) and of its policies, as ClusterDescribe, DescribeRepositories, ListEntitiesForPolicies and PolicyVersion objects",
  },
  "node-objects": {
    holds: ({ group, kind }) => group === "" && kind === "Node",
    providedBy: "the cluster's Node objects: add the output of kubectl get nodes -o yaml to the files",
    inCluster: "nodes: the cluster has none",
  },
  "image-vulnerabilities": {
    holds: ({ kind }) => kind === "ImageVulnerabilities",
    providedBy: "a scanner of images, which writes an ImageVulnerabilities object for each image: pass them as files beside the manifests",
    inCluster: "a scanner of images that writes an ImageVulnerabilities object for each image into the cluster",
  },
  "image-signatures": {
    // Signatures are fetched from registries; no object holds them.
    holds: () => false,
    providedBy: "the registries of the images, which are asked only with --allow-network",
  },
  "api-server-info": {
    holds: ({ group }) => group === "apiserverinfo.kubescape.cloud",
    providedBy: "the API server's version, as an APIServerInfo object: scan a cluster, or pass it as a file beside the manifests",
  },
  "service-scans": {
    holds: ({ kind }) => kind === "ServiceScanResult",
    providedBy:
      "a scanner that calls each Service and writes what it found as a ServiceScanResult object: pass them as files beside the manifests",
  },
  parameters: {
    // They are no objects either.
    holds: () => false,
    providedBy: "you: what is allowed here is nobody's but yours to say. Put it into a file for --controls-config",
  },
  manual: {
    holds: () => false,
    providedBy: "a person: no object shows it, and the control's page says what to look at",
  },
};

/** The patterns of a rule that stand for the input it needs. */
export function neededKinds(rule: RuleDescription): readonly KindPattern[] {
  const needs = rule.needs;
  return needs === null ? [] : rule.kinds.filter((pattern) => PROVIDERS[needs].holds(pattern));
}

function kindNames(kinds: readonly KindPattern[]): readonly string[] {
  return kinds.map(({ group, kind }) => (group === "" ? kind : `${group}/${kind}`)).toSorted();
}

/** That a rule was skipped for want of an input. `live`: a cluster was scanned, not files. */
export function skipFor(rule: RuleDescription, input: NeededInput, live = false): Skip {
  const provider = PROVIDERS[input];
  const providedBy = live ? (provider.inCluster ?? provider.providedBy) : provider.providedBy;
  const detail = input === "parameters" ? { detail: `it reads ${rule.parameters.join(" or ")}` } : {};
  return { reason: "needs-input", input, kinds: kindNames(neededKinds(rule)), providedBy, ...detail };
}

/** Why a rule that found nothing to judge was skipped: an input was missing, or no object is of its kinds. */
export function skipOf(rule: RuleDescription, live = false): Skip {
  if (rule.needs === null)
    return { reason: "no-match", kinds: kindNames(rule.kinds), detail: `no object of a kind that ${rule.name} judges` };
  return skipFor(rule, rule.needs, live);
}

/** Why a rule about managed clusters of some providers can't be judged here; null where it can, and for rules about any cluster. */
export function cloudSkipOf(rule: RuleDescription, { providers, known }: CloudEvidence): Skip | null {
  if (rule.clouds.length === 0 || providers.some((provider) => rule.clouds.includes(provider))) return null;
  if (!known) return skipFor(rule, "cloud");
  const where = providers.length === 0 ? "the nodes belong to no managed cluster" : `the cluster is of ${providers.join(" and ")}`;
  return { reason: "not-applicable", detail: `${rule.name} is about ${rule.clouds.join(" and ")}; ${where}` };
}

const LAYOUT_FILES: Readonly<Record<NonNullable<RuleDescription["layout"]>, string>> = {
  kubeadm: "files where kubeadm puts them",
  "kubelet-service": "the unit by which the system starts the kubelet",
};

/** That a rule about files of nodes can't apply, since none of these nodes can have them; null where one may, and for rules about anything else. */
export function layoutSkipOf({ name, layout }: RuleDescription, nodes: () => readonly KubernetesObject[]): Skip | null {
  const without = layout === null ? null : distributionsWithout(layout, nodes());
  if (layout === null || without === null) return null;
  return { reason: "not-applicable", detail: `${name} is about ${LAYOUT_FILES[layout]}; the nodes are of ${without.join(" and ")}` };
}
