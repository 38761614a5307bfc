import type { KubernetesObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { bindingsWithoutRole, subjectsWithRoles } from "./subject-role-rolebinding.ts";

const RULES = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }];

function role(kind: "Role" | "ClusterRole", name: string, namespace?: string, more: object = { rules: RULES }): KubernetesObject {
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind, metadata: { name, ...(namespace && { namespace }) }, ...more };
}

const jane = { kind: "User", name: "jane", apiGroup: "rbac.authorization.k8s.io" };
const runner = { kind: "ServiceAccount", name: "runner", namespace: "shop" };

function binding(kind: "RoleBinding" | "ClusterRoleBinding", to: string, namespace?: string, subjects: unknown = [jane]): KubernetesObject {
  const [refKind, name] = to.split("/");
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind,
    metadata: { name: "b", ...(namespace && { namespace }) },
    roleRef: { kind: refKind, name, apiGroup: "rbac.authorization.k8s.io" },
    subjects,
  };
}

test("gives every subject of a binding its binding and role, the objects themselves", () => {
  const reader = role("Role", "reader", "shop");
  const readers = binding("RoleBinding", "Role/reader", "shop", [jane, runner]);
  const subjects = subjectsWithRoles([readers, reader]);
  expect(subjects).toStrictEqual([
    { ...jane, relatedObjects: [readers, reader] },
    { ...runner, relatedObjects: [readers, reader] },
  ]);
  const related = subjects[0]?.["relatedObjects"] as readonly unknown[];
  expect(related[0]).toBe(readers);
  expect(related[1]).toBe(reader);
});

test("numbers that no double holds are numbers like others", () => {
  const rules = (value: bigint): object => ({ rules: [{ apiGroups: [value] }] });
  const roles = [1n, 1n, 2n].map((value) => role("ClusterRole", "reader", undefined, rules(2n ** 60n + value)));
  const readers = binding("RoleBinding", "ClusterRole/reader", "shop", [jane, { ...runner, namespace: 2n ** 60n }]);
  expect(subjectsWithRoles([...roles, readers])).toHaveLength(4);
});

test("keeps subjects of several bindings apart", () => {
  const reader = role("ClusterRole", "reader");
  const everywhere = binding("ClusterRoleBinding", "ClusterRole/reader");
  const here = binding("RoleBinding", "ClusterRole/reader", "shop");
  expect(subjectsWithRoles([reader, everywhere, here])).toStrictEqual([
    { ...jane, relatedObjects: [everywhere, reader] },
    { ...jane, relatedObjects: [here, reader] },
  ]);
});

test("takes a Role from the binding's namespace only", () => {
  const here = role("Role", "reader", "shop");
  const readers = binding("RoleBinding", "Role/reader", "shop");
  expect(subjectsWithRoles([role("Role", "reader", "bank"), here, readers])).toStrictEqual([{ ...jane, relatedObjects: [readers, here] }]);
  expect(subjectsWithRoles([role("Role", "reader", "bank"), readers])).toStrictEqual([]);
});

test.each([
  ["both without", undefined, undefined, true],
  ["a role without", "shop", undefined, true],
  ["a binding without", undefined, "shop", true],
  ["a binding without and the role in default", undefined, "default", true],
  ["a binding in default and the role without", "default", undefined, true],
  ["two different ones", "shop", "bank", false],
])("joins manifests of one application that leave out the namespace: %s", (_, ofBinding, ofRole, joined) => {
  const objects = [role("Role", "reader", ofRole), binding("RoleBinding", "Role/reader", ofBinding)];
  expect(subjectsWithRoles(objects)).toHaveLength(joined ? 1 : 0);
});

test("does not guess between several namespaces", () => {
  const objects = [role("Role", "reader", "shop"), role("Role", "reader", "bank"), binding("RoleBinding", "Role/reader")];
  expect(subjectsWithRoles(objects)).toStrictEqual([]);
});

test("a kind is not taken for another", () => {
  expect(subjectsWithRoles([role("ClusterRole", "reader"), binding("RoleBinding", "Role/reader", "shop")])).toStrictEqual([]);
  expect(subjectsWithRoles([role("Role", "reader", "shop"), binding("RoleBinding", "ClusterRole/reader", "shop")])).toStrictEqual([]);
  expect(subjectsWithRoles([role("Role", "reader"), binding("ClusterRoleBinding", "Role/reader")])).toStrictEqual([]);
});

test("names the bindings whose role is missing", () => {
  const lost = binding("RoleBinding", "Role/gone", "shop");
  const found = binding("RoleBinding", "Role/reader", "shop");
  expect(
    bindingsWithoutRole([role("Role", "reader", "shop"), lost, found, binding("ClusterRoleBinding", "ClusterRole/cluster-admin")]),
  ).toStrictEqual([lost]);
});

test("knows cluster-admin, which no manifest holds", () => {
  const [subject] = subjectsWithRoles([binding("ClusterRoleBinding", "ClusterRole/cluster-admin")]);
  expect(subject).toMatchObject({
    name: "jane",
    relatedObjects: [
      { kind: "ClusterRoleBinding" },
      { metadata: { name: "cluster-admin" }, rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }, {}] },
    ],
  });
});

test("takes a cluster-admin that is among the objects as it is", () => {
  const own = role("ClusterRole", "cluster-admin");
  const admins = binding("ClusterRoleBinding", "ClusterRole/cluster-admin");
  expect(subjectsWithRoles([admins, own])).toStrictEqual([{ ...jane, relatedObjects: [admins, own] }]);
});

function labelled(name: string, labels: object, more?: object): KubernetesObject {
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name, labels }, ...(more ?? { rules: RULES }) };
}

const collects = (label: string): object => ({
  rules: [],
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: "true" } }] },
});

test("an aggregated role stands for those it collects, also through another", () => {
  const operators = binding("ClusterRoleBinding", "ClusterRole/operators");
  const exec = labelled("exec", { "to-debug": "true" });
  const logs = labelled("logs", { "to-operate": "true" });
  const objects = [
    role("ClusterRole", "operators", undefined, collects("to-operate")),
    labelled("debug", { "to-operate": "true" }, collects("to-debug")),
    exec,
    logs,
    labelled("other", { "to-operate": "false" }),
    operators,
  ];
  expect(subjectsWithRoles(objects).map(({ relatedObjects }) => relatedObjects)).toStrictEqual([
    [operators, exec],
    [operators, logs],
  ]);
});

test("roles that collect each other come to an end", () => {
  const objects = [
    labelled("a", { "to-b": "true" }, collects("to-a")),
    labelled("b", { "to-a": "true" }, collects("to-b")),
    binding("ClusterRoleBinding", "ClusterRole/a"),
  ];
  expect(subjectsWithRoles(objects)).toHaveLength(1);
});

test("an aggregated role that a cluster filled in stands for itself", () => {
  const filled = role("ClusterRole", "operators", undefined, { ...collects("to-operate"), rules: RULES });
  const operators = binding("ClusterRoleBinding", "ClusterRole/operators");
  expect(subjectsWithRoles([filled, labelled("logs", { "to-operate": "true" }), operators])).toStrictEqual([
    { ...jane, relatedObjects: [operators, filled] },
  ]);
});

test("copies of a role count once, variants all", () => {
  const first = role("Role", "reader", "shop");
  const variant = role("Role", "reader", "shop", { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] });
  const readers = binding("RoleBinding", "Role/reader", "shop");
  expect(
    subjectsWithRoles([first, role("Role", "reader", "shop"), variant, readers]).map(({ relatedObjects }) => relatedObjects),
  ).toStrictEqual([
    [readers, first],
    [readers, variant],
  ]);
});

test("a subject that is listed twice is one; what is no subject is none", () => {
  const reader = role("Role", "reader", "shop");
  const readers = binding("RoleBinding", "Role/reader", "shop", [jane, { ...jane }, null, "jane", { kind: "User" }]);
  expect(subjectsWithRoles([reader, readers])).toStrictEqual([{ ...jane, relatedObjects: [readers, reader] }]);
  expect(subjectsWithRoles([reader, binding("RoleBinding", "Role/reader", "shop", null)])).toStrictEqual([]);
});

test("takes time that grows with the objects, not with their square", () => {
  const objects = Array.from({ length: 17_500 }, (_, i) => [
    role("Role", `role-${i}`, `ns-${i % 1000}`),
    binding("RoleBinding", `Role/role-${i}`, `ns-${i % 1000}`, [jane, runner]),
  ]).flat();
  const start = process.threadCpuUsage();
  expect(subjectsWithRoles(objects)).toHaveLength(35_000);
  // A scan of all roles for each binding would take minutes.
  expect(process.threadCpuUsage(start).user).toBeLessThan(10_000_000);
});
