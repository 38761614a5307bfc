import { groupOf, type Resource } from "@holdfast/core";
import type { ObjectChoice } from "../1-load/cluster/cluster-request.ts";
import { selectsObject } from "../1-load/cluster/label-selector.ts";
import { isCalled } from "../1-load/cluster/wanted-kinds.ts";

/** The plural names by which kubectl calls kinds: as Kubernetes forms them, which no manifest says. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  if (/(?:s|x|ch)$/u.test(lower)) return lower.endsWith("endpoints") ? lower : `${lower}es`;
  return /[^aeiou]y$/u.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

/** The places of resources that are not among those to judge, though others may be judged by them. Objects without a namespace belong to every choice of namespaces. */
export function placesNotChosen(resources: readonly Resource[], choice: ObjectChoice): ReadonlySet<number> {
  const { includeNamespaces, excludeNamespaces, includeKinds, excludeKinds, selector } = choice;
  const isChosen = ({ apiVersion, kind, namespace, name, object }: Resource): boolean => {
    const group = groupOf(apiVersion);
    const called = (wanted: string): boolean => isCalled({ group, kind, resource: pluralOf(kind) }, wanted);
    // A Namespace is chosen by its own name.
    const space = kind === "Namespace" && group === "" ? name : namespace;
    if (space !== "" && (excludeNamespaces.includes(space) || (includeNamespaces.length > 0 && !includeNamespaces.includes(space))))
      return false;
    if (excludeKinds.some(called) || (includeKinds.length > 0 && !includeKinds.some(called))) return false;
    return selector === null || selectsObject(selector, object);
  };
  return new Set(resources.flatMap((resource, place) => (isChosen(resource) ? [] : [place])));
}
