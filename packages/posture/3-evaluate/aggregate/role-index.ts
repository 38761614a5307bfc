import type { KubernetesObject } from "@holdfast/core";
import { stringify, type RegoValue } from "@holdfast/rego";
import { BUILT_IN_ROLES } from "./built-in-roles.ts";
import { objectField, objectsField, textField } from "./fields.ts";
import { selectsLabels } from "./label-selector.ts";

function nameOf(object: KubernetesObject): string {
  return textField(objectField(object, "metadata"), "name");
}

function namespaceOf(object: KubernetesObject): string {
  return textField(objectField(object, "metadata"), "namespace");
}

/** Finds the roles that bindings refer to, in time that does not grow with the number of objects. */
export class RoleIndex {
  readonly #clusterRoles = new Map<string, KubernetesObject[]>();
  // By name, then by namespace as the manifest has it, empty where it has none.
  readonly #roles = new Map<string, Map<string, KubernetesObject[]>>();
  // Roles that were aggregated once; a list can hold thousands of bindings to the same one.
  readonly #resolved = new Map<KubernetesObject, readonly KubernetesObject[]>();

  constructor(objects: readonly KubernetesObject[]) {
    for (const object of objects) {
      if (object["kind"] === "ClusterRole") append(this.#clusterRoles, nameOf(object), object);
      if (object["kind"] === "Role") {
        const name = nameOf(object);
        const byNamespace = this.#roles.get(name) ?? new Map<string, KubernetesObject[]>();
        this.#roles.set(name, byNamespace);
        append(byNamespace, namespaceOf(object), object);
      }
    }
  }

  /**
   * The roles that give a binding its rights: the one it refers to, or, where that one is aggregated and its rules were not filled in by a cluster, those that
   * are collected into it. Empty where the role is not among the objects and not built in.
   */
  rolesOf(binding: KubernetesObject): readonly KubernetesObject[] {
    const reference = objectField(binding, "roleRef");
    const name = textField(reference, "name");
    if (reference["kind"] === "ClusterRole") return this.#clusterRolesNamed(name);
    if (reference["kind"] === "Role" && binding["kind"] === "RoleBinding") return this.#rolesNamed(name, namespaceOf(binding));
    return [];
  }

  #clusterRolesNamed(name: string): readonly KubernetesObject[] {
    const named = this.#clusterRoles.get(name);
    if (named !== undefined) return distinct(named).flatMap((role) => this.#aggregated(role));
    const builtIn = BUILT_IN_ROLES.get(name);
    return builtIn === undefined ? [] : [builtIn];
  }

  /** A manifest without a namespace goes to the one it is applied to: `default`, or the other side's where there is no doubt. */
  #rolesNamed(name: string, namespace: string): readonly KubernetesObject[] {
    const byNamespace = this.#roles.get(name);
    if (byNamespace === undefined) return [];
    const own = byNamespace.get(namespace) ?? byNamespace.get(namespace === "" ? "default" : "");
    if (own !== undefined) return distinct(own);
    const [only, ...others] = byNamespace.values();
    return namespace === "" && only !== undefined && others.length === 0 ? distinct(only) : [];
  }

  #aggregated(role: KubernetesObject): readonly KubernetesObject[] {
    const known = this.#resolved.get(role);
    if (known !== undefined) return known;
    const sources = [...new Set(this.#sources(role, new Set([role])))];
    const resolved = sources.length === 0 ? [role] : sources;
    this.#resolved.set(role, resolved);
    return resolved;
  }

  #sources(role: KubernetesObject, seen: Set<KubernetesObject>): readonly KubernetesObject[] {
    const selectors = objectsField(objectField(role, "aggregationRule"), "clusterRoleSelectors");
    if (selectors.length === 0 || objectsField(role, "rules").length > 0) return [];
    const found: KubernetesObject[] = [];
    for (const candidate of [...this.#clusterRoles.values()].flat()) {
      const labels = objectField(objectField(candidate, "metadata"), "labels");
      if (seen.has(candidate) || !selectors.some((selector) => selectsLabels(selector, labels))) continue;
      seen.add(candidate);
      const deeper = this.#sources(candidate, seen);
      found.push(...(deeper.length === 0 ? [candidate] : deeper));
    }
    return found;
  }
}

function append(lists: Map<string, KubernetesObject[]>, key: string, object: KubernetesObject): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [object]);
  else list.push(object);
}

/** The same role stands in a folder twice where overlays repeat it: copies with the same rules count once, others all. */
function distinct(roles: readonly KubernetesObject[]): readonly KubernetesObject[] {
  if (roles.length === 1) return roles;
  const byRules = new Map<string, KubernetesObject>();
  for (const role of roles) {
    const rules = stringify([role["rules"] ?? null, role["aggregationRule"] ?? null] as RegoValue);
    if (!byRules.has(rules)) byRules.set(rules, role);
  }
  return [...byRules.values()];
}
