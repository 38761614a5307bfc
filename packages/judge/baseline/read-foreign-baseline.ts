import { objectOf } from "./foreign-values.ts";
import { isKubescapeJson, readKubescapeJson } from "./kubescape-json.ts";
import { areKubescapeObjects, readKubescapeObjects } from "./kubescape-objects.ts";
import { kubescapeView, type KubescapeScan } from "./kubescape-view.ts";
import type { ScanView } from "./scan-view.ts";

/** A baseline that was read, or one sentence on why it can't be. */
export type ForeignBaseline = { readonly view: ScanView } | { readonly problem: string };

function viewed(scan: KubescapeScan | { readonly problem: string }): ForeignBaseline {
  return "problem" in scan ? scan : { view: kubescapeView(scan) };
}

/**
 * Reads what another tool wrote: Kubescape's JSON v2, or objects of its cluster API; `documents` are those of one file. Null where it is neither.
 * Never throws, whatever the documents hold.
 */
export function readForeignBaseline(documents: readonly unknown[]): ForeignBaseline | null {
  const [first] = documents;
  const document = objectOf(first);
  if (documents.length === 1 && isKubescapeJson(document)) return viewed(readKubescapeJson(document));
  if (areKubescapeObjects(documents)) return viewed(readKubescapeObjects(documents));
  if (Object.hasOwn(document, "controlReports") || Object.hasOwn(objectOf(Array.isArray(first) ? first[0] : undefined), "controlReports")) {
    return { problem: "it is a report of Kubescape in its old form v1. Write it with `kubescape scan --format json --format-version v2`." };
  }
  return null;
}
