import type { ResourceSummary } from "@holdfast/core";

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The 32-bit FNV-1a hash of a text's UTF-8 bytes (RFC 9923). */
function fnv1a(text: string): number {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return hash >>> 0;
}

/** What Kubescape calls an object of a cluster: `group/version/namespace/kind/name`. The core group is an empty step. */
function objectId({ apiVersion, namespace, kind, name }: ResourceSummary): string {
  const slash = apiVersion.indexOf("/");
  const group = slash === -1 ? "" : apiVersion.slice(0, slash);
  return [group, apiVersion.slice(slash + 1), namespace, kind, name].join("/");
}

/** What Kubescape calls a resource. One of a file has the hash of the file's path in it, so that it gets another id when the file moves. */
export function resourceId(resource: ResourceSummary): string {
  const id = objectId(resource);
  return resource.file === undefined ? id : `path=${fnv1a(resource.file)}/api=${id}`;
}
