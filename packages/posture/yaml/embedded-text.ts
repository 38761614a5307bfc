import { NODE, type NodeTable } from "./node-table.ts";

/**
 * Where a text that is YAML or JSON itself stands in a scalar as it is read, so that its places are places of the file: the lines of a literal block, which are only indented, and a
 * collection in quotes that needs no escape. Null for all others.
 */
export function embeddedRange(nodes: NodeTable, node: number): { readonly start: number; readonly end: number } | null {
  const kind = nodes.kind(node);
  const [first, last] = [nodes.start(node), nodes.end(node)];
  if (kind === NODE.literal) {
    const start = nodes.text.indexOf("\n", first) + 1;
    return start === 0 ? null : { start, end: last };
  }
  if (kind !== NODE.singleQuoted && kind !== NODE.doubleQuoted) return null;
  const inner = nodes.text.slice(first + 1, last - 1);
  return /^[ ]*[[{]/u.test(inner) && inner === nodes.scalarText(node) ? { start: first + 1, end: last - 1 } : null;
}
