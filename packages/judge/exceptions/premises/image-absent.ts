import type { Resource } from "@holdfast/core";
import { containersOf, type Estate } from "../estate.ts";
import { unreadReason, type Gaps } from "../gaps.ts";
import { selectorText } from "../label-selector.ts";
import type { ImageAbsent } from "./premise.ts";

function named({ kind, namespace, name }: Resource): string {
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
}

/** Kinds that run containers, beside the pods that nothing owns. */
const WORKLOADS: ReadonlySet<string> = new Set([
  "CronJob",
  "DaemonSet",
  "Deployment",
  "Job",
  "Pod",
  "ReplicaSet",
  "ReplicationController",
  "StatefulSet",
]);

/** Why it can't be told what all workloads of the namespaces are; null where they were read. */
function unreadWorkloads(
  { namespaces, namespaceSelector }: Pick<ImageAbsent, "namespaces" | "namespaceSelector">,
  gaps: Gaps,
): string | null {
  const { cluster } = gaps;
  const asked = cluster === null ? [] : cluster.kinds.filter(({ kind, state }) => WORKLOADS.has(kind) && state !== "not-served");
  const unread = unreadReason(gaps, ["Pod", ...asked.map(({ kind }) => kind)]);
  if (unread !== null || cluster === null) return unread;
  if (cluster.selector !== undefined) return `only workloads with ${cluster.selector} were asked for`;
  const { included, excluded } = cluster.namespaces;
  if (namespaceSelector !== null && included.length + excluded.length > 0) return "not all namespaces were asked for";
  const missed = namespaces.find((one) => excluded.includes(one) || (included.length > 0 && !included.includes(one)));
  return missed === undefined ? null : `namespace ${missed} was not asked for`;
}

/** Why a premise on an image does not hold; null where it does. What may be in one of the namespaces and can't be told counts as in it. */
export function checkImageAbsent({ image, namespaces, namespaceSelector }: ImageAbsent, estate: Estate): string | null {
  let seen = 0;
  for (const resource of estate.resources) {
    const containers = containersOf(resource.object);
    if (containers.length === 0) continue;
    const { namespace } = resource;
    const listed = namespaces.includes(namespace);
    const selected = namespaceSelector === null ? "not-selected" : estate.selectsNamespace(namespaceSelector, namespace);
    if (listed || selected === "selected") seen++;
    else if (namespace !== "" && selected === "not-selected") continue;
    const used = containers.find((container) => image.matches(container.image));
    if (used === undefined) continue;
    if (listed || selected === "selected") return `${named(resource)} has the image ${used.image}`;
    if (namespace === "") return `it can't be checked: ${named(resource)} has the image ${used.image}, and names no namespace`;
    return `it can't be checked: ${named(resource)} has the image ${used.image}, and the labels of namespace ${namespace} are not known`;
  }
  if (seen > 0) {
    const unread = unreadWorkloads({ namespaces, namespaceSelector }, estate.gaps);
    return unread === null ? null : `it can't be checked: ${unread}`;
  }
  const where = [...namespaces, ...(namespaceSelector === null ? [] : [`namespaces with ${selectorText(namespaceSelector)}`])].join(", ");
  return `it can't be checked: no workload of ${where} was scanned`;
}
