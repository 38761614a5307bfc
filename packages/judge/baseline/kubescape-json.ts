import { identityOf, type ComparedResource } from "@holdfast/core";
import { listOf, objectOf, pathsOf, severityIn, statusOf, textOf, type ForeignObject } from "./foreign-values.ts";
import type { KubescapeScan, KubescapeVerdict } from "./kubescape-view.ts";

/** The identity in an id of Kubescape: `group/version/namespace/kind/name`, after `path=…/api=` where it stands in a file. Null for other forms. */
function identityInId(id: string): ComparedResource | null {
  const [group, version, namespace, kind, name, ...rest] = id.replace(/^path=[^/]*\/api=/u, "").split("/");
  if (
    group === undefined ||
    version === undefined ||
    namespace === undefined ||
    kind === undefined ||
    name === undefined ||
    rest.length > 0
  )
    return null;
  return { apiVersion: group === "" ? version : `${group}/${version}`, kind, namespace, name };
}

function resourceOf(entry: ForeignObject): ComparedResource | null {
  const object = objectOf(entry["object"]);
  const source = objectOf(entry["source"]);
  const file = textOf(source["relativePath"]) || textOf(source["path"]);
  const known = Object.keys(object).length === 0 ? identityInId(textOf(entry["resourceID"])) : identityOf(object);
  if (known === null) return null;
  const { apiVersion, kind, namespace, name } = known;
  return { apiVersion, kind, namespace, name, ...(file === "" ? {} : { file }) };
}

function verdictOf(control: ForeignObject, resource: ComparedResource, summary: ForeignObject): KubescapeVerdict {
  const id = textOf(control["controlID"]);
  const whole = objectOf(objectOf(summary["controls"])[id]);
  return {
    control: id,
    name: textOf(control["name"]),
    resource,
    ...statusOf(control["status"]),
    severity: severityIn(control["severity"] ?? whole["severity"], whole["scoreFactor"]),
    paths: pathsOf(control["rules"]),
  };
}

function isWholeCluster(metadata: ForeignObject): boolean {
  const { targetType, scanningTarget, includeNamespaces, excludedNamespaces } = objectOf(metadata["scanMetadata"]) as Readonly<
    Record<string, unknown>
  >;
  const cluster = targetType === "Cluster" || targetType === "cluster" || (targetType === undefined && scanningTarget === 0);
  return (
    cluster &&
    textOf(includeNamespaces) === "" &&
    textOf(excludedNamespaces) === "" &&
    listOf(includeNamespaces).length + listOf(excludedNamespaces).length === 0
  );
}

/** Whether a document is Kubescape's JSON v2: it has a summary of controls and a list of results. */
export function isKubescapeJson(document: ForeignObject): boolean {
  return Object.hasOwn(document, "summaryDetails");
}

/** Reads a report in Kubescape's JSON v2, or says in a sentence why it can't be used. */
export function readKubescapeJson(document: ForeignObject): KubescapeScan | { readonly problem: string } {
  const summary = objectOf(document["summaryDetails"]);
  const results = listOf(document["results"]).map(objectOf);
  const byId = new Map<string, ComparedResource>();
  for (const one of listOf(document["resources"]).map(objectOf)) {
    const resource = resourceOf(one);
    if (resource !== null) byId.set(textOf(one["resourceID"]), resource);
  }
  const verdicts: KubescapeVerdict[] = [];
  let unknown = 0;
  for (const result of results) {
    const id = textOf(result["resourceID"]);
    const resource = byId.get(id) ?? identityInId(id);
    if (resource === null) unknown++;
    else {
      byId.set(id, resource);
      for (const control of listOf(result["controls"])) verdicts.push(verdictOf(objectOf(control), resource, summary));
    }
  }
  const controls = new Map(
    Object.entries(objectOf(summary["controls"])).map(([id, value]) => {
      const control = objectOf(value);
      return [id, statusOf(control["statusInfo"] ?? control["status"])] as const;
    }),
  );
  if (verdicts.length === 0) {
    return {
      problem:
        "it is a report of Kubescape without any result, so there is nothing to compare with. Write it with `kubescape scan --format json --format-version v2`, without leaving out results.",
    };
  }
  const time = textOf(document["generationTime"]);
  return {
    form: "kubescape-json",
    ...(time === "" || time.startsWith("0001-") ? {} : { time }),
    notes: [
      "It is a report of Kubescape, which has no fingerprints: findings are matched by control, object and path, by the words of both tools' rules.",
      "Files that it does not name may not have been scanned: a finding in one is incomparable.",
      ...(unknown === 0 ? [] : [`${unknown} of its objects can't be told: they were left out.`]),
    ],
    verdicts,
    resources: [...byId.values()],
    controls,
    wholeCluster: isWholeCluster(objectOf(document["metadata"])),
  };
}
