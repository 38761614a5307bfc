import { identityOf, makeProblem } from "@holdfast/core";
import type { KubernetesObject, Problem } from "@holdfast/core";
import { isKubernetes } from "./broken-object.ts";
import { LOAD_PROBLEMS } from "./load-problems.ts";
import type { ComposedDocument } from "../yaml/composed-document.ts";
import { findNode } from "../yaml/find-node.ts";
import type { NodeTable } from "../yaml/node-table.ts";
import type { SourceText } from "../yaml/source-text.ts";
import type { LoadedResource } from "./loaders/define.ts";

interface Found {
  readonly resources: LoadedResource[];
  readonly problems: Problem[];
}

/**
 * The Kubernetes objects of a document: one, or the items of a list. Null where the document holds none.
 */
export function resourcesOf(source: SourceText, document: ComposedDocument): Found | null {
  if (!isKubernetes(document.value)) return null;
  const found: Found = { resources: [], problems: [] };
  collect(source, document.nodes, 0, document.value, found);
  return found;
}

function isObject(value: unknown): value is KubernetesObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function collect(source: SourceText, nodes: NodeTable, node: number, object: KubernetesObject, found: Found): void {
  const kind = String(object["kind"]);
  const items = object["items"];
  if (kind.endsWith("List") && Array.isArray(items)) {
    const list = findNode(nodes, node, ["items"]).node;
    const itemNodes = nodes.isSequence(list) ? nodes.items(list) : [];
    items.forEach((item: unknown, index) => collectItem(source, nodes, itemNodes[index] ?? list, item, object, found));
    return;
  }
  const { line } = source.lines.placeOf(nodes.start(node));
  found.resources.push({ ...identityOf(object), object, file: source.file, line, source: { text: source, nodes, node } });
}

function collectItem(source: SourceText, nodes: NodeTable, node: number, item: unknown, list: KubernetesObject, found: Found): void {
  const typed = withTypeOfList(item, list);
  // An item that is an alias stands where its anchor does.
  const own = findNode(nodes, node, []).node;
  if (isKubernetes(typed)) return collect(source, nodes, own, typed, found);
  const place = source.lines.placeOf(nodes.start(node));
  const cause = "this item of the list has no apiVersion and kind";
  found.problems.push(makeProblem(LOAD_PROBLEMS, "list-item", { subject: source.file, cause, file: source.file, ...place }));
}

/** Items of a list of one kind (`PodList`) may leave out what the list's own kind says. */
function withTypeOfList(item: unknown, list: KubernetesObject): unknown {
  const kind = String(list["kind"]).slice(0, -"List".length);
  if (!isObject(item) || kind === "" || (Object.hasOwn(item, "apiVersion") && Object.hasOwn(item, "kind"))) return item;
  return { apiVersion: list["apiVersion"], kind, ...item };
}
