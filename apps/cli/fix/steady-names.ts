import { groupOf, type Resource } from "@holdfast/core";

/**
 * The objects of a later scan under the names that they had in the first: a template may make up a name anew each time it is rendered, and what is found on such an object is the same all the
 * same. Where in a file as many objects of a kind are missing as have come up, they are taken for each other, in their order.
 */
export function withSteadyNames(first: readonly Resource[], later: readonly Resource[]): readonly Resource[] {
  const before = Map.groupBy(first, groupName);
  const names = new Map<Resource, string>();
  for (const [group, resources] of Map.groupBy(later, groupName)) {
    const were = before.get(group) ?? [];
    const missing = without(were, resources);
    const fresh = without(resources, were);
    if (missing.length !== fresh.length) continue;
    for (const [at, resource] of fresh.entries()) names.set(resource, missing[at]?.name ?? resource.name);
  }
  if (names.size === 0) return later;
  return later.map((resource) => {
    const name = names.get(resource);
    return name === undefined ? resource : { ...resource, name };
  });
}

function groupName({ apiVersion, kind, namespace, file }: Resource): string {
  return JSON.stringify([groupOf(apiVersion), kind, namespace, file]);
}

/** Those of a list whose names others don't have. What stands in no file is known by its name alone. */
function without(resources: readonly Resource[], others: readonly Resource[]): readonly Resource[] {
  const known = new Set(others.map(({ name }) => name));
  return resources.filter(({ name, file }) => file !== null && !known.has(name));
}
