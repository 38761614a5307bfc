/** A Kubernetes object as it was read: nothing is sure but that it is an object. */
export interface KubernetesObject {
  readonly [key: string]: unknown;
}

/** What tells one object from another in a cluster. Absent parts are empty. */
export interface ResourceIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** An object with its identity, and the file it stands in where it stands in one. */
export interface Resource extends ResourceIdentity {
  readonly object: KubernetesObject;
  readonly file: string | null;
  /** 1-based line of the object's first key; null without a file. */
  readonly line: number | null;
  /** What its findings are known by instead of its name, where it gets another name each time it is rendered. */
  readonly steadyName?: string;
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean" ? String(value) : "";
}

/** Reads an object's identity. A name that is only generated (`generateName`) counts as its name. */
export function identityOf(object: KubernetesObject): ResourceIdentity {
  const metadata =
    typeof object["metadata"] === "object" && object["metadata"] !== null ? (object["metadata"] as KubernetesObject) : object;
  return {
    apiVersion: text(object["apiVersion"]),
    kind: text(object["kind"]),
    namespace: text(metadata["namespace"]),
    name: text(metadata["name"]) || text(metadata["generateName"]),
  };
}

/** The API group of an apiVersion: `apps` of `apps/v1`, empty for the core group's `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash === -1 ? "" : apiVersion.slice(0, slash);
}
