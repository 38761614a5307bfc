import { groupOf, valueAt, type Resource } from "@holdfast/core";
import { labelsOf, type Estate } from "../estate.ts";
import { Fields } from "../fields.ts";
import { unreadReason } from "../gaps.ts";
import { readLabelSelector, selectsLabels } from "../label-selector.ts";
import type { RoleBoundLocally } from "./premise.ts";

function isRbac({ apiVersion }: Resource): boolean {
  return groupOf(apiVersion) === "rbac.authorization.k8s.io";
}

/** Whether a ClusterRole takes the rules of another into itself. */
function aggregates(whole: Resource, part: Resource): boolean {
  const selectors = valueAt(whole.object, ["aggregationRule", "clusterRoleSelectors"]);
  if (!Array.isArray(selectors)) return false;
  return selectors.some((one: unknown) => {
    let wrong = false;
    const fields = Fields.of(one, [], () => (wrong = true));
    const selector = fields === undefined ? null : readLabelSelector(fields);
    // A selector that can't be understood may select it.
    return selector === null || wrong || selectsLabels(selector, labelsOf(part.object));
  });
}

/** The names of a ClusterRole and of all that its rules become part of. */
function carriersOf(role: string, clusterRoles: readonly Resource[]): ReadonlySet<string> {
  const names = new Set([role]);
  const parts = clusterRoles.filter(({ name }) => name === role);
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    for (const whole of clusterRoles) {
      if (names.has(whole.name) || !aggregates(whole, part)) continue;
      names.add(whole.name);
      parts.push(whole);
    }
  }
  return names;
}

/** Why a premise on a role does not hold; null where it does. A role counts as bound by what binds a role that it is aggregated into. */
export function checkRoleBoundLocally({ role }: RoleBoundLocally, { resources, gaps }: Estate): string | null {
  const rbac = resources.filter(isRbac);
  const carriers = carriersOf(
    role,
    rbac.filter(({ kind }) => kind === "ClusterRole"),
  );
  const refersTo = ({ object }: Resource): string | null => {
    const name = valueAt(object, ["roleRef", "name"]);
    return typeof name === "string" && carriers.has(name) ? name : null;
  };
  for (const binding of rbac) {
    if (binding.kind !== "ClusterRoleBinding") continue;
    const bound = refersTo(binding);
    if (bound !== null)
      return `ClusterRoleBinding ${binding.name} binds ${bound === role ? "it" : `${bound}, which it is aggregated into`}`;
  }
  const locally = rbac.some((binding) => binding.kind === "RoleBinding" && refersTo(binding) !== null);
  if (!locally) return "it can't be checked: no binding of it was scanned";
  // That no ClusterRoleBinding binds it is known only where all were read.
  const unread = unreadReason(gaps, ["ClusterRoleBinding", "ClusterRole"]);
  return unread === null ? null : `it can't be checked: ${unread}`;
}
