import { hash } from "node:crypto";
import {
  formatObjectPath,
  groupOf,
  parseObjectPath,
  placesByResource,
  type Evaluation,
  type FindingDraft,
  type KubernetesObject,
  type Resource,
} from "@holdfast/core";

// The fields that tell items of a Kubernetes list apart, most telling first: names, then the merge keys of the API's lists.
const ITEM_KEYS = ["name", "mountPath", "devicePath", "containerPort", "port", "key", "ip", "topologyKey", "uid"] as const;

const NOTHING: KubernetesObject = {};

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

/**
 * Makes fingerprints of the findings of one scan; what it learns of an object and its lists it remembers, since findings share them: of the finding's own object until one about
 * another comes, of objects that take part for good.
 */
export class Fingerprints {
  readonly #resources: readonly Resource[];
  readonly #labels = new Map<readonly unknown[], readonly string[]>();
  /** How keys are written, which are few. */
  readonly #keys = new Map<string | number, string>();
  readonly #identities = new Map<Resource, string>();
  /** The object at hand, and its paths as they were rewritten, behind a colon: many controls name the same ones. */
  #root: KubernetesObject | undefined;
  readonly #ofRoot = new Map<string, string>();
  /** The same of objects that take part in findings about others. */
  readonly #ofOthers = new Map<KubernetesObject, Map<string, string>>();

  constructor(resources: readonly Resource[]) {
    this.#resources = resources;
  }

  /**
   * The fingerprint of a finding: 32 hex digits of a SHA-256 over the control, the identity of the resource (group, kind, namespace, name; not the version, not
   * the file) and of what takes part, and the normalised paths. Two findings that agree in all of it get the same one: the caller tells them apart. Quickest for findings about one
   * object after the other.
   */
  of(finding: FindingDraft): string {
    const resource = this.#resources[finding.resource];
    const root = resource?.object ?? NOTHING;
    if (root !== this.#root) {
      this.#root = root;
      this.#ofRoot.clear();
      this.#labels.clear();
    }
    const text = JSON.stringify([
      "holdfast/1",
      finding.control,
      this.#identity(resource),
      finding.related.map((place) => this.#identity(this.#resources[place])),
      this.#pathsOf(finding, root),
    ]);
    return hash("sha256", text).slice(0, 32);
  }

  /** The paths of a finding with those who own them, sorted, each once. */
  #pathsOf({ paths, fixes }: FindingDraft, root: KubernetesObject): readonly string[] {
    const found: string[] = [];
    for (let at = 0; at < paths.length; at += 1) {
      const path = paths[at];
      if (path === undefined) continue;
      const owner = path.resource === undefined ? undefined : this.#resources[path.resource];
      found.push(
        owner === undefined ? this.#behindColon(path.path, root) : this.#identity(owner) + this.#behindColon(path.path, owner.object),
      );
    }
    for (let at = 0; at < fixes.length; at += 1) {
      const path = fixes[at]?.path;
      if (path === undefined) continue;
      const text = this.#behindColon(path, root);
      // Most fixes change the very field that the finding names.
      if (text !== found[at]) found.push(text);
    }
    const [first = "", second = ""] = found;
    // Nearly always there are no more than two.
    if (found.length > 2) return [...new Set(found)].sort();
    if (found.length < 2 || first < second) return found;
    return first === second ? [first] : [second, first];
  }

  /** Rewrites a path so that it survives a reordered list: `spec.containers[0].image` becomes `spec.containers[name=web].image`. */
  normalise(text: string, root: KubernetesObject): string {
    return this.#behindColon(text, root).slice(1);
  }

  #behindColon(text: string, root: KubernetesObject): string {
    const ofRoot = root === this.#root ? this.#ofRoot : this.#pathsOfOther(root);
    const known = ofRoot.get(text);
    if (known !== undefined) return known;
    const made = `:${this.#rewritten(text, root)}`;
    ofRoot.set(text, made);
    return made;
  }

  #pathsOfOther(root: KubernetesObject): Map<string, string> {
    const known = this.#ofOthers.get(root);
    if (known !== undefined) return known;
    const made = new Map<string, string>();
    this.#ofOthers.set(root, made);
    return made;
  }

  #rewritten(text: string, root: KubernetesObject): string {
    const path = parseObjectPath(text, root);
    if (path === null) return text;
    let normal = "";
    let here: unknown = root;
    for (let at = 0; at < path.length; at += 1) {
      const step = path[at] ?? "";
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
  const fingerprints = new Fingerprints(resources);
  const prints: string[] = Array.from({ length: findings.length }, () => "");
  const order = placesByResource(findings, resources.length);
  for (let at = 0; at < order.length; at += 1) {
    const place = order[at] ?? 0;
    const draft = findings[place];
    if (draft !== undefined) prints[place] = fingerprints.of(draft);
  }
  const seen = new Map<string, number>();
  for (let place = 0; place < prints.length; place += 1) {
    const print = prints[place] ?? "";
    const count = (seen.get(print) ?? 0) + 1;
    seen.set(print, count);
    if (count > 1) prints[place] = `${print}-${count}`;
  }
  return prints;
}
