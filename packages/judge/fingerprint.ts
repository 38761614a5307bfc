import { hash } from "node:crypto";
import {
  formatObjectPath,
  groupOf,
  parseObjectPath,
  type Evaluation,
  type FindingDraft,
  type KubernetesObject,
  type Resource,
} from "@holdfast/core";

// The fields that tell items of a Kubernetes list apart, most telling first: names, then the merge keys of the API's lists.
const ITEM_KEYS = ["name", "mountPath", "devicePath", "containerPort", "port", "key", "ip", "topologyKey", "uid"] as const;

/** The text of a value in which a new image tag or digest changes nothing, and neither does the order of keys. */
function stableText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableText).join(",")}]`;
  if (typeof value === "bigint") return String(value);
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
  return `~${hash("sha256", stableText(item)).slice(0, 12)}`;
}

/** The labels of a list's items, in order; items with the same label are numbered, so that two findings never become one. */
function itemLabels(items: readonly unknown[]): readonly string[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const label = itemLabel(item);
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label}#${count}`;
  });
}

/** Makes fingerprints of the findings of one scan; what it learns of a list it remembers, since findings share lists. */
export class Fingerprints {
  readonly #resources: readonly Resource[];
  readonly #labels = new Map<readonly unknown[], readonly string[]>();
  /** How keys are written, which are few. */
  readonly #keys = new Map<string | number, string>();
  readonly #identities = new Map<Resource, string>();
  /** Paths as they were rewritten, by the object: many controls name the same ones. */
  readonly #normal = new Map<KubernetesObject, Map<string, string>>();

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
  }

  /**
   * The fingerprint of a finding: 32 hex digits of a SHA-256 over the control, the identity of the resource (group, kind, namespace, name; not the version, not
   * the file) and of what takes part, and the normalised paths. Two findings that agree in all of it get the same one: the caller tells them apart.
   */
  of(finding: FindingDraft): string {
    const paths: string[] = [];
    const own = this.#resources[finding.resource]?.object ?? {};
    for (const { path, resource } of finding.paths) {
      const owner = resource === undefined ? undefined : this.#resources[resource];
      paths.push(`${owner === undefined ? "" : this.#identity(owner)}:${this.normalise(path, owner?.object ?? own)}`);
    }
    for (const { path } of finding.fixes) if (path !== undefined) paths.push(`:${this.normalise(path, own)}`);
    paths.sort();
    const text = JSON.stringify([
      "holdfast/1",
      finding.control,
      this.#identity(this.#resources[finding.resource]),
      finding.related.map((place) => this.#identity(this.#resources[place])),
      paths.filter((path, at) => path !== paths[at - 1]),
    ]);
    return hash("sha256", text).slice(0, 32);
  }

  /** Rewrites a path so that it survives a reordered list: `spec.containers[0].image` becomes `spec.containers[name=web].image`. */
  normalise(text: string, root: KubernetesObject): string {
    let ofRoot = this.#normal.get(root);
    if (ofRoot === undefined) {
      ofRoot = new Map();
      this.#normal.set(root, ofRoot);
    }
    const known = ofRoot.get(text);
    if (known !== undefined) return known;
    const made = this.#rewritten(text, root);
    ofRoot.set(text, made);
    return made;
  }

  #rewritten(text: string, root: KubernetesObject): string {
    const path = parseObjectPath(text, root);
    if (path === null) return text;
    let normal = "";
    let here: unknown = root;
    for (const step of path) {
      if (typeof step === "number" && Array.isArray(here)) normal += `[${this.#labelsOf(here)[step] ?? "+"}]`;
      else normal += `${normal === "" ? "" : "."}${this.#keyText(step)}`;
      here =
        typeof here === "object" && here !== null && Object.hasOwn(here, step)
          ? (here as Record<string | number, unknown>)[step]
          : undefined;
    }
    return normal;
  }

  #keyText(key: string | number): string {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const text = formatObjectPath([key]);
    this.#keys.set(key, text);
    return text;
  }

  #identity(resource: Resource | undefined): string {
    if (resource === undefined) return "";
    const known = this.#identities.get(resource);
    if (known !== undefined) return known;
    const text = `${groupOf(resource.apiVersion)}/${resource.kind}/${resource.namespace}/${resource.steadyName ?? resource.name}`;
    this.#identities.set(resource, text);
    return text;
  }

  #labelsOf(items: readonly unknown[]): readonly string[] {
    const known = this.#labels.get(items);
    if (known !== undefined) return known;
    const labels = itemLabels(items);
    this.#labels.set(items, labels);
    return labels;
  }
}

/** The fingerprint of each finding of an evaluation, in their order. Findings that would share one are numbered. */
export function numberedFingerprints({ findings, resources }: Pick<Evaluation, "findings" | "resources">): readonly string[] {
  const seen = new Map<string, number>();
  const fingerprints = new Fingerprints(resources);
  return findings.map((draft) => {
    const print = fingerprints.of(draft);
    const count = (seen.get(print) ?? 0) + 1;
    seen.set(print, count);
    return count === 1 ? print : `${print}-${count}`;
  });
}
