import { groupOf } from "@holdfast/core";
import { isFields } from "../kustomize/kustomization.ts";
import type { LoadedResource } from "../loaders/define.ts";

/**
 * What the API of Kubernetes keeps in namespaces, by group: https://kubernetes.io/docs/reference/kubernetes-api/. Whether others' kinds are, only a cluster knows, but for network
 * policies, which are about the Pods beside them.
 */
const NAMESPACED: Readonly<Record<string, readonly string[]>> = {
  "": [
    "ConfigMap",
    "Endpoints",
    "LimitRange",
    "PersistentVolumeClaim",
    "Pod",
    "PodTemplate",
    "ReplicationController",
    "ResourceQuota",
    "Secret",
    "Service",
    "ServiceAccount",
  ],
  apps: ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  autoscaling: ["HorizontalPodAutoscaler"],
  batch: ["CronJob", "Job"],
  "cilium.io": ["CiliumNetworkPolicy"],
  "coordination.k8s.io": ["Lease"],
  "discovery.k8s.io": ["EndpointSlice"],
  "networking.k8s.io": ["Ingress", "NetworkPolicy"],
  policy: ["PodDisruptionBudget"],
  "projectcalico.org": ["NetworkPolicy"],
  "crd.projectcalico.org": ["NetworkPolicy"],
  "rbac.authorization.k8s.io": ["Role", "RoleBinding"],
};

/** An object as it is once its release is in this namespace: Helm hands what names no namespace to the API server for that of the release. */
export function inReleaseNamespace<One extends LoadedResource>(resource: One, namespace: string): One {
  const { metadata } = resource.object;
  if (resource.namespace !== "" || !isFields(metadata) || !NAMESPACED[groupOf(resource.apiVersion)]?.includes(resource.kind))
    return resource;
  return { ...resource, namespace, object: { ...resource.object, metadata: { ...metadata, namespace } } };
}
