import type { KindPattern, NeededInput, RuleDescription, Skip } from "@holdfast/core";

interface Provider {
  /** Whether a kind pattern of the rule names objects of this input. */
  readonly holds: (pattern: KindPattern) => boolean;
  readonly providedBy: string;
}

/** The inputs that plain files of an application do not hold: how to recognise them, who provides them and how. */
const PROVIDERS: Readonly<Record<NeededInput, Provider>> = {
  "control-plane-pods": {
    holds: ({ group, kind }) => group === "" && kind === "Pod",
    providedBy:
      "the API server's own pod: scan the static pod manifests of a control-plane node (/etc/kubernetes/manifests) or the objects of kube-system; managed clusters do not show it",
  },
  "host-data": {
    holds: ({ group }) => group === "hostdata.kubescape.cloud",
    providedBy:
      "a node agent that writes hostdata.kubescape.cloud objects: pass them as files beside the manifests (kubectl get --all-namespaces -o yaml)",
  },
  cloud: {
    holds: ({ kind }) => kind === "ClusterDescribe",
    providedBy: "the cloud provider's description of the cluster (EKS, AKS or GKE), as a ClusterDescribe object",
  },
  "node-objects": {
    holds: ({ group, kind }) => group === "" && kind === "Node",
    providedBy: "the cluster's Node objects: add the output of kubectl get nodes -o yaml to the files",
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

/** Why a rule that found nothing to judge was skipped: an input was missing, or no object is of its kinds. */
export function skipOf(rule: RuleDescription): Skip {
  if (rule.needs === null)
    return { reason: "no-match", kinds: kindNames(rule.kinds), detail: `no object of a kind that ${rule.name} judges` };
  return { reason: "needs-input", input: rule.needs, kinds: kindNames(neededKinds(rule)), providedBy: PROVIDERS[rule.needs].providedBy };
}
