import type { KubernetesObject } from "@holdfast/core";
import { stringify, type RegoValue } from "@holdfast/rego";
import { objectsField, textField } from "./fields.ts";
import { RoleIndex } from "./role-index.ts";

function bindings(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter(({ kind }) => kind === "RoleBinding" || kind === "ClusterRoleBinding");
}

/**
 * Turns bindings and roles into subjects, the objects that rules about rights judge: one for each subject of a binding and each role it gets its rights from,
 * as the binding names it (kind, name, namespace, API group), with `relatedObjects` holding the binding and the role themselves. In the order of the bindings
 * and their subjects. A binding whose role is unknown yields none: nothing can be said about its subjects (`bindingsWithoutRole` lists it).
 */
export function subjectsWithRoles(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const roles = new RoleIndex(objects);
  const subjects: KubernetesObject[] = [];
  for (const binding of bindings(objects)) {
    const named = objectsField(binding, "subjects").filter(
      (subject) => textField(subject, "kind") !== "" && textField(subject, "name") !== "",
    );
    if (named.length === 0) continue;
    const given = roles.rolesOf(binding);
    for (const subject of distinct(named)) for (const role of given) subjects.push({ ...subject, relatedObjects: [binding, role] });
  }
  return subjects;
}

/** The bindings that refer to a role which is neither among the objects nor built into every cluster. */
export function bindingsWithoutRole(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const roles = new RoleIndex(objects);
  return bindings(objects).filter((binding) => roles.rolesOf(binding).length === 0);
}

/** A subject that a binding names twice has its rights once. */
function distinct(subjects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  if (subjects.length === 1) return subjects;
  const known = new Map<string, KubernetesObject>();
  for (const subject of subjects) {
    const identity = stringify([subject["kind"], subject["name"], subject["namespace"] ?? ""] as RegoValue);
    if (!known.has(identity)) known.set(identity, subject);
  }
  return [...known.values()];
}
