import type { KubernetesObject } from "@holdfast/core";
import type { ServedKind } from "./cluster-access.ts";

/** The annotation in which `kubectl apply` keeps the object once more, values of a Secret included. */
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

function fields(value: unknown): KubernetesObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as KubernetesObject) : {};
}

/** Metadata without what no one who wrote the object would look for in it: who set which field, and the object's own copy. */
function slimMetadata(metadata: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...kept } = metadata;
  const annotations = fields(kept["annotations"]);
  if (!Object.hasOwn(annotations, LAST_APPLIED)) return kept;
  const { [LAST_APPLIED]: _applied, ...others } = annotations;
  const { annotations: _annotations, ...rest } = kept;
  return Object.keys(others).length === 0 ? rest : { ...rest, annotations: others };
}

/**
 * An item of a list as rules see it: with its kind and version, which items of a list leave out, and without what only the server needs. With `metadataOnly` nothing but its metadata is kept, even where
 * a server sent more.
 */
export function storedObject(kind: ServedKind, item: KubernetesObject, metadataOnly: boolean): KubernetesObject {
  const type = { apiVersion: kind.group === "" ? kind.version : `${kind.group}/${kind.version}`, kind: kind.kind };
  const metadata = slimMetadata(fields(item["metadata"]));
  if (metadataOnly) return { ...type, metadata };
  const { apiVersion: _version, kind: _kind, metadata: _metadata, ...content } = item;
  return { ...type, metadata, ...content };
}
