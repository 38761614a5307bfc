import type { NodeTable } from "../yaml/node-table.ts";
import { skipTrivia } from "../yaml/token-scanner.ts";
import type { CollectionChange } from "./change-plan.ts";
import { flowText, pairText } from "./render-value.ts";
import type { TextEdit } from "./text-edit.ts";
import { columnOf, jsonLike, lineStart } from "./text-style.ts";
import type { TextStyle } from "./text-style.ts";

/** The edits that remove entries of a flow collection which is not empty, and add others: `{a: 1}`, `[x]`, JSON. */
export function flowCollectionEdits(nodes: NodeTable, node: number, change: CollectionChange, style: TextStyle): TextEdit[] {
  const starts = startsOf(nodes, node);
  const ends = nodes.values(node).map((value) => nodes.end(value));
  const kept = starts.map((_, index) => index).filter((index) => !change.removed.has(index));
  const last = kept.at(-1);
  const added = addedTexts(nodes, node, change, starts, style);
  if (last === undefined) {
    const end = ends.at(-1) ?? 0;
    // A comma may stand behind the last entry, but not alone.
    const comma = skipTrivia(nodes.text, end);
    const alone = added.texts.length === 0 && nodes.text[comma] === ",";
    return [{ start: starts[0] ?? 0, end: alone ? comma + 1 : end, text: added.texts.join(added.separator) }];
  }
  const edits: TextEdit[] = [];
  for (const index of change.removed) {
    // Up to the next entry, or, behind the last that stays, from its end.
    if (index < last) edits.push({ start: starts[index] ?? 0, end: starts[index + 1] ?? 0, text: "" });
    else edits.push({ start: ends[index - 1] ?? 0, end: ends[index] ?? 0, text: "" });
  }
  const at = ends[last] ?? 0;
  if (added.texts.length > 0) edits.push({ start: at, end: at, text: added.texts.map((text) => added.separator + text).join("") });
  return edits;
}

function startsOf(nodes: NodeTable, node: number): number[] {
  const firsts = nodes.isMapping(node) ? nodes.entries(node).map((entry) => entry.key) : nodes.items(node);
  return firsts.map((first) => nodes.properties(first)?.start ?? nodes.start(first));
}

interface Added {
  readonly texts: readonly string[];
  readonly separator: string;
}

function addedTexts(nodes: NodeTable, node: number, change: CollectionChange, starts: readonly number[], style: TextStyle): Added {
  const { text } = nodes;
  const context = jsonLike(nodes, node) ? "json" : "flow";
  const first = starts[0] ?? 0;
  const lastStart = starts.at(-1) ?? first;
  const manyLines = /[\r\n]/u.test(text.slice(nodes.start(node), first));
  const tight = context === "json" && !/[:,]\s/u.test(text.slice(nodes.start(node), nodes.end(node)));
  const indent = leading(text, lastStart);
  const unit = indent.includes("\t") ? "\t" : Math.max(1, columnOf(text, lastStart) - leading(text, nodes.start(node)).length);
  const render = (value: unknown): string => {
    if (!manyLines || context === "flow") return flowText(value, context, tight);
    return JSON.stringify(value, null, unit).replaceAll("\n", style.lineBreak + indent);
  };
  const isMapping = nodes.isMapping(node);
  const texts = [...change.added].map(([key, value]) => {
    if (!isMapping) return render(value);
    return manyLines && context === "json"
      ? `${JSON.stringify(String(key))}: ${render(value)}`
      : pairText(String(key), value, context, tight);
  });
  if (manyLines) return { texts, separator: `,${style.lineBreak}${indent}` };
  return { texts, separator: tight ? "," : ", " };
}

/** The white space that a line begins with. */
function leading(text: string, offset: number): string {
  return /^[ \t]*/u.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? "";
}
