import type { ComparedResource } from "@holdfast/core";
import { listOf, objectOf, pathsOf, severityIn, statusOf, textOf, type ForeignObject } from "./foreign-values.ts";
import type { KubescapeScan, KubescapeVerdict } from "./kubescape-view.ts";

const GROUP = "spdx.softwarecomposition.kubescape.io/";
const KINDS: ReadonlySet<string> = new Set(["WorkloadConfigurationScan", "WorkloadConfigurationScanSummary"]);

function isScan(object: ForeignObject): boolean {
  return textOf(object["apiVersion"]).startsWith(GROUP) && KINDS.has(textOf(object["kind"]));
}

/** Lists of the API server leave out apiVersion and kind of their items: those of the list count. */
function itemsOf(document: ForeignObject): readonly ForeignObject[] {
  const kind = textOf(document["kind"]);
  if (!kind.endsWith("List")) return [document];
  const own = kind.slice(0, -"List".length);
  return listOf(document["items"]).map((item) => {
    const object = objectOf(item);
    return object["kind"] === undefined && own !== "" ? { apiVersion: document["apiVersion"], kind: own, ...object } : object;
  });
}

/** All objects of the documents of a file, lists opened. */
function objectsOf(documents: readonly unknown[]): readonly ForeignObject[] {
  return documents.flatMap((document) => (Array.isArray(document) ? document : [document]).map(objectOf).flatMap(itemsOf));
}

/** Whether the documents of a file are scans from Kubescape's cluster API, or a list of them, even an empty one. */
export function areKubescapeObjects(documents: readonly unknown[]): boolean {
  return (
    objectsOf(documents).some(isScan) ||
    documents
      .map(objectOf)
      .some((one) => textOf(one["apiVersion"]).startsWith(GROUP) && KINDS.has(textOf(one["kind"]).replace(/List$/u, "")))
  );
}

/** The workload that a scan is about, from its labels. */
function workloadOf(object: ForeignObject): ComparedResource | null {
  const metadata = objectOf(object["metadata"]);
  const labels = objectOf(metadata["labels"]);
  const label = (name: string): string => textOf(labels[`kubescape.io/workload-${name}`]);
  const [group, version] = [label("api-group"), label("api-version")];
  const [kind, name] = [label("kind"), label("name")];
  if (kind === "" || name === "") return null;
  const namespace = label("namespace") || textOf(metadata["namespace"]);
  return { apiVersion: group === "" ? version : `${group}/${version}`, kind, namespace, name };
}

function controlsOf(object: ForeignObject): readonly ForeignObject[] {
  const controls = objectOf(object["spec"])["controls"];
  return (Array.isArray(controls) ? controls : Object.values(objectOf(controls))).map(objectOf);
}

function verdictOf(control: ForeignObject, resource: ComparedResource): KubescapeVerdict {
  const severity = objectOf(control["severity"]);
  return {
    control: textOf(control["controlID"]),
    name: textOf(control["name"]),
    resource,
    ...statusOf(control["status"]),
    severity: severityIn(severity["severity"], severity["scoreFactor"]),
    paths: pathsOf(control["rules"]),
  };
}

function titleOf(object: ForeignObject): string {
  const metadata = objectOf(object["metadata"]);
  const namespace = textOf(metadata["namespace"]);
  return `${textOf(object["kind"])} ${namespace === "" ? "" : `${namespace}/`}${textOf(metadata["name"])}`;
}

const GET_EACH =
  "Get each object by its name, which gives it whole: kubectl get workloadconfigurationscans.spdx.softwarecomposition.kubescape.io NAME -n NAMESPACE -o yaml.";

/**
 * Reads `WorkloadConfigurationScan` and `…Summary` objects (spdx.softwarecomposition.kubescape.io/v1beta1), or says in a sentence why they can't be used. The
 * API's LIST gives only their metadata, with an empty spec: such a skeleton says nothing of its workload, and is refused rather than read as "no finding".
 */
export function readKubescapeObjects(documents: readonly unknown[]): KubescapeScan | { readonly problem: string } {
  const objects = objectsOf(documents).filter(isScan);
  if (objects.length === 0)
    return {
      problem:
        "it is a list of Kubescape's scans that has none, which says nothing about any workload. Export the scans of the workloads you want to compare.",
    };
  const skeletons = objects.filter((object) => controlsOf(object).length === 0);
  const [skeleton] = skeletons;
  if (skeleton !== undefined) {
    return {
      problem: `${skeletons.length} of ${objects.length} objects hold only metadata and no verdict (${titleOf(skeleton)} is one), as a LIST of Kubescape's API gives them. That is not "no findings". ${GET_EACH}`,
    };
  }
  const strange = objects.find((object) => workloadOf(object) === null);
  if (strange !== undefined) {
    return {
      problem: `${titleOf(strange)} does not name its workload: it has no labels kubescape.io/workload-kind and kubescape.io/workload-name. ${GET_EACH}`,
    };
  }
  // The whole object and its summary are about the same workload: the one with rules says more, and comes later.
  const ordered = objects.toSorted((a, b) => Number(textOf(b["kind"]).endsWith("Summary")) - Number(textOf(a["kind"]).endsWith("Summary")));
  const verdicts = new Map<string, KubescapeVerdict>();
  const resources: ComparedResource[] = [];
  for (const object of ordered) {
    const workload = workloadOf(object);
    if (workload === null) continue;
    resources.push(workload);
    for (const control of controlsOf(object)) {
      const verdict = verdictOf(control, workload);
      verdicts.set(JSON.stringify([verdict.control, workload]), verdict);
    }
  }
  const times = objects
    .map((object) => textOf(objectOf(object["metadata"])["creationTimestamp"]))
    .filter((time) => time !== "")
    .toSorted();
  const [oldest] = times;
  return {
    form: "kubescape-objects",
    ...(oldest === undefined ? {} : { time: oldest }),
    notes: [
      `It is ${objects.length === 1 ? "an object" : `${objects.length} objects`} of Kubescape's cluster API, which have no fingerprints: findings are matched by control, object and path.`,
      "Only the workloads of these objects can be compared: a finding on another object is incomparable.",
    ],
    verdicts: [...verdicts.values()],
    resources,
    controls: new Map(),
    wholeCluster: false,
  };
}
