import type { ObjectPath } from "@holdfast/core";
import type { Origin } from "../loaders/define.ts";
import { findNode } from "../../yaml/find-node.ts";
import { NODE, type NodeTable } from "../../yaml/node-table.ts";
import type { SourceText } from "../../yaml/source-text.ts";

/** Where something of YAML stands. */
export interface YamlPlace {
  readonly text: SourceText;
  readonly nodes: NodeTable;
  readonly node: number;
}

/** What is found at a path from a node: the value, or the key of a block that has many lines. The path must be there. */
export function placeAt({ text, nodes, node }: YamlPlace, steps: ObjectPath, exact: boolean, reason?: string): Origin {
  const found = findNode(nodes, node, steps);
  const kind = nodes.kind(found.node);
  const byKey = found.key !== undefined && (kind === NODE.empty || kind === NODE.blockMapping || kind === NODE.blockSequence);
  const shown = byKey && found.key !== undefined ? found.key : found.node;
  return { text, start: nodes.start(shown), end: nodes.end(shown), exact, ...(reason === undefined ? {} : { reason }) };
}

/** The key of what stands at a path: for what encloses a field that is not there. */
export function keyAt({ text, nodes, node }: YamlPlace, steps: ObjectPath, reason?: string): Origin {
  const found = findNode(nodes, node, steps);
  const shown = found.key ?? found.node;
  return {
    text,
    start: nodes.start(shown),
    end: found.key === undefined ? nodes.start(shown) : nodes.end(shown),
    exact: false,
    ...(reason === undefined ? {} : { reason }),
  };
}
