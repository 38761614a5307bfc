import { groupOf, valueAt, type KubernetesObject, type ObjectPath, type Resource } from "@holdfast/core";
import { NO_GAPS, type Gaps } from "./gaps.ts";
import { isEmptySelector, selectorKeys, selectsLabels, type Labels, type LabelSelector } from "./label-selector.ts";

/** A container of an object that runs pods. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** Where it stands in the object. */
  readonly path: ObjectPath;
}

/** Where the pods' spec stands in objects that run pods. */
const POD_SPECS: readonly ObjectPath[] = [["spec"], ["spec", "template", "spec"], ["spec", "jobTemplate", "spec", "template", "spec"]];
const CONTAINER_LISTS = ["containers", "initContainers", "ephemeralContainers"];

/** The label that every namespace has, with its name as the value: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
const NAME_LABEL = "kubernetes.io/metadata.name";

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function mapping(value: unknown): Labels {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Labels) : {};
}

/** The labels of an object. */
export function labelsOf(object: KubernetesObject): Labels {
  return mapping(valueAt(object, ["metadata", "labels"]));
}

/** The annotations of an object. */
export function annotationsOf(object: KubernetesObject): Labels {
  return mapping(valueAt(object, ["metadata", "annotations"]));
}

/** All containers of an object that runs pods; none of any other. */
export function containersOf(object: KubernetesObject): readonly Container[] {
  return POD_SPECS.flatMap((spec) =>
    CONTAINER_LISTS.flatMap((list) => {
      const items = valueAt(object, [...spec, list]);
      if (!Array.isArray(items)) return [];
      return items.map((item: unknown, index) => ({
        name: text(valueAt(item, ["name"])),
        image: text(valueAt(item, ["image"])),
        path: [...spec, list, index],
      }));
    }),
  );
}

export function isNamespace({ apiVersion, kind }: Resource): boolean {
  return kind === "Namespace" && groupOf(apiVersion) === "";
}

/** What exceptions need to know of the objects of a scan beside the one that they are asked about. */
export class Estate {
  readonly resources: readonly Resource[];
  /** The name of the cluster, where one is scanned. */
  readonly cluster: string | null;
  readonly gaps: Gaps;
  #namespaces: ReadonlyMap<string, Labels> | null = null;

  constructor(resources: readonly Resource[], cluster: string | null, gaps: Gaps = NO_GAPS) {
    this.resources = resources;
    this.cluster = cluster;
    this.gaps = gaps;
  }

  /** Labels by the names of the namespaces whose objects were scanned. */
  get namespaces(): ReadonlyMap<string, Labels> {
    this.#namespaces ??= new Map(
      this.resources.filter(isNamespace).map(({ name, object }) => [name, { ...labelsOf(object), [NAME_LABEL]: name }]),
    );
    return this.#namespaces;
  }

  /** Whether a selector selects a namespace; `unknown` where its labels decide that and nobody knows them. */
  selectsNamespace(selector: LabelSelector, namespace: string): "selected" | "not-selected" | "unknown" {
    const labels = this.namespaces.get(namespace);
    if (labels !== undefined) return selectsLabels(selector, labels) ? "selected" : "not-selected";
    if (isEmptySelector(selector)) return "selected";
    // Every namespace has its name as a label, whether its object was scanned or not.
    const byName = namespace !== "" && [...selectorKeys(selector)].every((key) => key === NAME_LABEL);
    if (!byName) return "unknown";
    return selectsLabels(selector, { [NAME_LABEL]: namespace }) ? "selected" : "not-selected";
  }

  /** The namespace by whose labels an object is selected: its own, or itself where it is one; empty where it has none or nobody knows it. */
  namespaceOf(resource: Resource): string {
    return isNamespace(resource) ? resource.name : resource.namespace;
  }
}
