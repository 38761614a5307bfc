import type { ResourceSummary } from "@holdfast/core";

/** How a resource is called in texts: `Deployment shop/catalog`; without a namespace `ClusterRole admin`. */
export function resourceLabel(resource: ResourceSummary | undefined): string {
  if (resource === undefined) return "";
  const { kind, namespace, name } = resource;
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name === "" ? "(no name)" : name}`.trim();
}
