import { createHash } from "node:crypto";
import { formatObjectPath, groupOf, parseObjectPath, type FindingDraft, type KubernetesObject, type Resource } from "@holdfast/core";

// The fields that tell items of a Kubernetes list apart, most telling first: names, then the merge keys of the API's lists.
const ITEM_KEYS = ["name", "mountPath", "devicePath", "containerPort", "port", "key", "ip", "topologyKey", "uid"] as const;

/** The text of a value in which a new image tag or digest changes nothing, and neither does the order of keys. */
function stableText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, item]) =>
        `${JSON.stringify(key)}:${key === "image" && typeof item === "string" ? JSON.stringify(withoutTag(item)) : stableText(item)}`,
    );
  return `{${entries.join(",")}}`;
}

/** An image reference without its tag and digest. A colon before a slash belongs to a registry's port. */
function withoutTag(image: string): string {
  return image.replace(/@[^/]*$/u, "").replace(/:[^:/]*$/u, "");
}

/** What tells a list item from its neighbours whatever its place: its name or merge key, else its content. */
function itemLabel(item: unknown): string {
  if (typeof item !== "object" || item === null) return `=${String(item)}`;
  const object = item as KubernetesObject;
  for (const key of ITEM_KEYS) {
    const value = object[key];
    if (typeof value !== "string" && typeof value !== "number") continue;
    // One port may be open under two protocols.
    const protocol = key === "containerPort" || key === "port" ? object["protocol"] : undefined;
    return `${key}=${value}${typeof protocol === "string" ? `/${protocol}` : ""}`;
  }
  return `~${createHash("sha256").update(stableText(item)).digest("hex").slice(0, 12)}`;
}

/** The label of the item at `index`; items with the same label are numbered, so that two findings never become one. */
function labelAt(items: readonly unknown[], index: number): string {
  const label = itemLabel(items[index]);
  let before = 0;
  for (let i = 0; i < index; i++) if (itemLabel(items[i]) === label) before++;
  return before === 0 ? label : `${label}#${before + 1}`;
}

/** Rewrites a path so that it survives a reordered list: `spec.containers[0].image` becomes `spec.containers[name=web].image`. */
export function normalisePath(text: string, root: KubernetesObject): string {
  const path = parseObjectPath(text, root);
  if (path === null) return text;
  let normal = "";
  let here: unknown = root;
  for (const step of path) {
    if (typeof step === "number" && Array.isArray(here)) normal += `[${step < here.length ? labelAt(here, step) : "+"}]`;
    else normal += `${normal === "" ? "" : "."}${formatObjectPath([step])}`;
    here =
      typeof here === "object" && here !== null && Object.hasOwn(here, step) ? (here as Record<string | number, unknown>)[step] : undefined;
  }
  return normal;
}

function identityText(resource: Resource | undefined): string {
  return resource === undefined ? "" : `${groupOf(resource.apiVersion)}/${resource.kind}/${resource.namespace}/${resource.name}`;
}

/**
 * The fingerprint of a finding: 32 hex digits of a SHA-256 over the control, the identity of the resource (group, kind, namespace, name; not the version, not the
 * file) and of what takes part, and the normalised paths. Two findings that agree in all of it get the same one: the caller tells them apart.
 */
export function fingerprint(finding: FindingDraft, resources: readonly Resource[]): string {
  const paths = new Set<string>();
  for (const { path, resource } of finding.paths) {
    const owner = resources[resource ?? finding.resource];
    paths.add(`${resource === undefined ? "" : identityText(owner)}:${normalisePath(path, owner?.object ?? {})}`);
  }
  for (const { path } of finding.fixes) {
    if (path !== undefined) paths.add(`:${normalisePath(path, resources[finding.resource]?.object ?? {})}`);
  }
  const text = JSON.stringify([
    "holdfast/1",
    finding.control,
    identityText(resources[finding.resource]),
    finding.related.map((place) => identityText(resources[place])),
    [...paths].toSorted(),
  ]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
