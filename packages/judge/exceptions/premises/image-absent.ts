import type { Resource } from "@holdfast/core";
import { containersOf, type Estate } from "../estate.ts";
import { selectorText } from "../label-selector.ts";
import type { ImageAbsent } from "./premise.ts";

function named({ kind, namespace, name }: Resource): string {
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
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
  if (seen > 0) return null;
  const where = [...namespaces, ...(namespaceSelector === null ? [] : [`namespaces with ${selectorText(namespaceSelector)}`])].join(", ");
  return `it can't be checked: no workload of ${where} was scanned`;
}
