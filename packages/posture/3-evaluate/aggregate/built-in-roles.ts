import type { KubernetesObject } from "@holdfast/core";

/**
 * Cluster roles that every cluster has although no manifest holds them, by name. Only `cluster-admin` has the same rules in every version; what `admin`, `edit`
 * and `view` allow differs between versions and grows with the custom resources of a cluster.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export const BUILT_IN_ROLES: ReadonlyMap<string, KubernetesObject> = new Map([
  [
    "cluster-admin",
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "cluster-admin" },
      rules: [
        { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
        { nonResourceURLs: ["*"], verbs: ["*"] },
      ],
    },
  ],
]);
