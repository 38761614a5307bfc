import { NODE } from "../yaml/node-table.ts";
import type { NodeTable } from "../yaml/node-table.ts";

/** How a file is written, as far as new lines should be like the old. */
export interface TextStyle {
  readonly lineBreak: "\n" | "\r\n";
  /** How many columns a nested mapping is indented. */
  readonly unit: number;
  /** How many columns a list is indented under its key; often 0. */
  readonly listOffset: number;
}

const DEFAULT_UNIT = 2;

/** Styles that were found: a document with one finding mostly has several. */
const known = new WeakMap<NodeTable, TextStyle>();

/** The style of a document, from the document itself. */
export function textStyle(nodes: NodeTable): TextStyle {
  const found = known.get(nodes) ?? styleOf(nodes);
  known.set(nodes, found);
  return found;
}

function styleOf(nodes: NodeTable): TextStyle {
  const { text } = nodes;
  const firstBreak = text.indexOf("\n");
  let unit: number | undefined;
  let listOffset: number | undefined;
  for (let node = 0; node < nodes.size && (unit === undefined || listOffset === undefined); node += 1) {
    if (nodes.kind(node) !== NODE.blockMapping) continue;
    const column = columnOf(text, nodes.start(node));
    const end = nodes.after(node);
    let value: number;
    for (let key = node + 1; key < end; key = nodes.after(value)) {
      value = nodes.after(key);
      const kind = nodes.kind(value);
      if (kind === NODE.blockMapping) unit ??= columnOf(text, nodes.start(value)) - column;
      if (kind === NODE.blockSequence) listOffset ??= columnOf(text, nodes.start(value)) - column;
    }
  }
  return {
    lineBreak: firstBreak > 0 && text[firstBreak - 1] === "\r" ? "\r\n" : "\n",
    unit: Math.max(1, unit ?? DEFAULT_UNIT),
    listOffset: listOffset ?? unit ?? DEFAULT_UNIT,
  };
}

/** How many characters stand before an offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Where the line of an offset starts; a byte order mark is not part of it. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== "\n" && text[start - 1] !== "\r" && text[start - 1] !== "\uFEFF") start -= 1;
  return start;
}

/** Whether a flow collection is written as JSON is, with keys in double quotes. */
export function jsonLike(nodes: NodeTable, node: number): boolean {
  if (nodes.isFlow(0)) return true;
  const first = nodes.isMapping(node) ? nodes.childAt(node, 0) : undefined;
  return first !== undefined && nodes.kind(first) === NODE.doubleQuoted;
}
