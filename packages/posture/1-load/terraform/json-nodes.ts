import { findNode } from "../../yaml/find-node.ts";
import type { NodeTable } from "../../yaml/node-table.ts";
import type { HclEntry, HclExpression, HclMap, HclNode } from "./hcl-node.ts";
import { parseHcl } from "./parse-hcl.ts";

/** Terraform's JSON (https://developer.hashicorp.com/terraform/language/syntax/json) as the blocks that it stands for. */
export function jsonBody(nodes: NodeTable, value: unknown): HclMap {
  const root = nodeOf(nodes, 0, value);
  if (root.kind !== "map") return { kind: "map", entries: [], start: root.start, end: root.end };
  return { ...root, entries: root.entries.flatMap(labelled) };
}

/** `resource`, `variable` and `locals` with their labels, which are keys here. */
function labelled(entry: HclEntry): readonly HclEntry[] {
  const bodies = entry.value.kind === "list" ? entry.value.items : [entry.value];
  return bodies.flatMap((body): readonly HclEntry[] => {
    if (body.kind !== "map") return [];
    if (entry.key === "locals") return [{ ...entry, labels: [], value: body }];
    if (entry.key === "variable") return body.entries.map((one) => ({ ...one, key: "variable", labels: [one.key] }));
    if (entry.key !== "resource") return [];
    return body.entries.flatMap((type) =>
      type.value.kind === "map" ? type.value.entries.map((one) => ({ ...one, key: "resource", labels: [type.key, one.key] })) : [],
    );
  });
}

function nodeOf(nodes: NodeTable, node: number, value: unknown): HclNode {
  const place = { start: nodes.start(node), end: nodes.end(node) };
  if (Array.isArray(value)) {
    const items = nodes.items(node);
    return { kind: "list", items: value.map((item, index) => nodeOf(nodes, items[index] ?? node, item)), ...place };
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]): HclEntry => {
      const found = findNode(nodes, node, [key]);
      const name = found.key ?? found.node;
      return { key, json: true, start: nodes.start(name), end: nodes.end(name), value: nodeOf(nodes, found.node, item) };
    });
    return { kind: "map", entries, ...place };
  }
  if (typeof value === "string" && /[$%]\{/u.test(value)) return { ...template(value), ...place };
  return { kind: "scalar", value: typeof value === "bigint" ? Number(value) : (value as string | number | boolean | null), ...place };
}

/** A text with expressions in it, which one alone is not a text of. */
function template(text: string): HclExpression | Extract<HclNode, { readonly kind: "scalar" }> {
  const whole = /^\$\{(?<source>[^{}]*)\}$/u.exec(text)?.groups?.["source"];
  if (whole !== undefined) return { kind: "expression", parts: [{ source: whole.trim() }], isText: false, start: 0, end: 0 };
  const [entry] = parseHcl(`a = ${JSON.stringify(text)}`).entries;
  return entry?.value.kind === "expression" || entry?.value.kind === "scalar"
    ? entry.value
    : { kind: "scalar", value: text, start: 0, end: 0 };
}
