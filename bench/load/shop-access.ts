import type { Chance } from "./chance.ts";
import type { Manifest } from "./manifest.ts";

const GROUP = "rbac.authorization.k8s.io";

/** Service accounts, roles and bindings of a shop: 11 objects. */
export function shopAccess(namespace: string, chance: Chance): readonly Manifest[] {
  const account = (name: string, mounts: boolean | null): Manifest => ({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace },
    ...(mounts === null ? {} : { automountServiceAccountToken: mounts }),
  });
  const role = (name: string, rules: readonly Manifest[]): Manifest => ({
    apiVersion: `${GROUP}/v1`,
    kind: "Role",
    metadata: { name, namespace },
    rules,
  });
  const binding = (name: string, roleName: string, subjects: readonly Manifest[]): Manifest => ({
    apiVersion: `${GROUP}/v1`,
    kind: "RoleBinding",
    metadata: { name, namespace },
    subjects,
    roleRef: { apiGroup: GROUP, kind: "Role", name: roleName },
  });
  const subject = (name: string): Manifest => ({ kind: "ServiceAccount", name, namespace });
  return [
    account("web", false),
    account("worker", null),
    account("deployer", true),
    role("read-settings", [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }]),
    role("debug", [
      { apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list"] },
      ...(chance.happens(0.4) ? [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }] : []),
    ]),
    binding("read-settings", "read-settings", [subject("web"), subject("worker")]),
    binding("debug", "debug", [subject("deployer"), { kind: "User", apiGroup: GROUP, name: "support@example.com" }]),
    {
      apiVersion: `${GROUP}/v1`,
      kind: "ClusterRole",
      metadata: { name: `${namespace}-deployer` },
      rules: chance.happens(0.25)
        ? [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]
        : [{ apiGroups: ["apps"], resources: ["deployments", "statefulsets"], verbs: ["get", "list", "patch", "update"] }],
    },
    {
      apiVersion: `${GROUP}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: `${namespace}-deployer` },
      subjects: [subject("deployer")],
      roleRef: { apiGroup: GROUP, kind: "ClusterRole", name: `${namespace}-deployer` },
    },
    {
      apiVersion: `${GROUP}/v1`,
      kind: "RoleBinding",
      metadata: { name: "viewers", namespace },
      subjects: [{ kind: "Group", apiGroup: GROUP, name: "auditors" }],
      roleRef: { apiGroup: GROUP, kind: "ClusterRole", name: `${namespace}-deployer` },
    },
    {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "quota", namespace },
      spec: { hard: { pods: "40", "requests.memory": "24Gi" } },
    },
  ];
}
