import { NODE } from "../yaml/node-table.ts";
import type { NodeTable } from "../yaml/node-table.ts";
import { endOfLine, skipTrivia, startOfEmpty } from "../yaml/token-scanner.ts";
import { CannotEdit } from "./change-plan.ts";
import type { ChangePlan, CollectionChange } from "./change-plan.ts";
import { flowCollectionEdits } from "./flow-edits.ts";
import { blockLines, entryLines, flowText, inlineText, isInline, itemLines } from "./render-value.ts";
import type { Quote } from "./render-value.ts";
import type { TextEdit } from "./text-edit.ts";
import { columnOf, jsonLike, lineStart, textStyle } from "./text-style.ts";
import type { TextStyle } from "./text-style.ts";

/** The place of a value within the collection that it is in. */
export interface Slot {
  readonly node: number;
  /** The collection; undefined for the object itself. */
  readonly parent: number | undefined;
  /** The offset behind the colon or the dash. */
  readonly behindIndicator: number;
}

/** Writes planned changes as edits of the text, which touch no line that needn't change. Throws {@link CannotEdit} for what it can't write safely. */
export function writeChanges(nodes: NodeTable, root: number, plan: ChangePlan): TextEdit[] {
  const writer = new Writer(nodes, plan);
  writer.write({ node: root, parent: undefined, behindIndicator: nodes.start(root) });
  return writer.edits;
}

class Writer {
  readonly edits: TextEdit[] = [];
  readonly #nodes: NodeTable;
  readonly #text: string;
  readonly #plan: ChangePlan;
  readonly #style: TextStyle;

  constructor(nodes: NodeTable, plan: ChangePlan) {
    this.#nodes = nodes;
    this.#text = nodes.text;
    this.#plan = plan;
    this.#style = textStyle(nodes);
  }

  /** Writes the changes of a collection and of what is in it. */
  write(slot: Slot): void {
    const { node } = slot;
    const change = this.#plan.get(node);
    if (change === undefined) return;
    if (change === null) {
      this.#writeWithin(node);
      return;
    }
    const values = this.#nodes.values(node);
    if (values.length === 0 || (change.removed.size === values.length && !this.#nodes.isFlow(node))) {
      // Nothing of it stays, so there is no line to put new ones behind.
      if (change.added.size > 0 || change.removed.size > 0) this.#replace(slot, addedValue(this.#nodes, node, change));
      return;
    }
    // Most changes only add something.
    if (change.removed.size === 0 && change.replaced.size === 0) this.#writeWithin(node);
    else for (let index = 0; index < values.length; index += 1) this.#writeChild(node, change, index, values[index] ?? node);
    // Behind what its entries got: their new lines come first.
    if (this.#nodes.isFlow(node)) this.edits.push(...flowCollectionEdits(this.#nodes, node, change, this.#style));
    else this.#block(node, change, values);
  }

  /** Writes what changes within the values of a collection that itself stays as it is. */
  #writeWithin(collection: number): void {
    const nodes = this.#nodes;
    const isMapping = nodes.isMapping(collection);
    const end = nodes.after(collection);
    let index = 0;
    for (let child = collection + 1; child < end; index += 1) {
      const value = isMapping ? nodes.after(child) : child;
      const change = this.#plan.get(value);
      if (change === null) this.#writeWithin(value);
      else if (change !== undefined)
        this.write({ node: value, parent: collection, behindIndicator: this.#behindIndicator(collection, index) });
      child = nodes.after(value);
    }
  }

  #writeChild(collection: number, change: CollectionChange, index: number, value: number): void {
    const replaced = change.replaced.has(index);
    if (change.removed.has(index) || (!replaced && !this.#plan.has(value))) return;
    const slot = { node: value, parent: collection, behindIndicator: this.#behindIndicator(collection, index) };
    if (replaced) this.#replace(slot, change.replaced.get(index));
    else this.write(slot);
  }

  #behindIndicator(collection: number, index: number): number {
    const nodes = this.#nodes;
    if (nodes.isMapping(collection)) {
      const key = nodes.childAt(collection, index);
      return key === undefined ? 0 : startOfEmpty(this.#text, nodes.end(key), ":");
    }
    if (nodes.isFlow(collection)) return nodes.start(nodes.childAt(collection, index) ?? collection);
    return this.#dash(collection, index) + 1;
  }

  /** Where the dash of an item stands. */
  #dash(sequence: number, index: number): number {
    const before = this.#nodes.childAt(sequence, index - 1);
    return before === undefined ? this.#nodes.start(sequence) : skipTrivia(this.#text, this.#nodes.end(before));
  }

  /** Where the text of an entry or item starts: its key, its dash. */
  #startOfChild(collection: number, index: number): number {
    const nodes = this.#nodes;
    if (nodes.isSequence(collection)) return this.#dash(collection, index);
    const key = nodes.childAt(collection, index) ?? collection;
    return nodes.properties(key)?.start ?? nodes.start(key);
  }

  /** Where a value's text ends, without the blank lines that a block scalar takes in. */
  #trimmedEnd(node: number): number {
    let end = this.#nodes.end(node);
    while (end > this.#nodes.start(node) && /\s/u.test(this.#text[end - 1] ?? "")) end -= 1;
    return end;
  }

  #block(node: number, change: CollectionChange, values: readonly number[]): void {
    const last = change.removed.size === 0 ? values.length - 1 : this.#remove(node, change.removed, values);
    if (change.added.size === 0) return;
    const indent = columnOf(this.#text, this.#nodes.start(node));
    const lines = [...change.added].flatMap(([key, value]) =>
      this.#nodes.isSequence(node) ? itemLines(value, indent, this.#style) : entryLines(String(key), value, indent, this.#style),
    );
    this.#insertBehind(values[last] ?? node, change.replaced.has(last), lines);
  }

  /** Removes entries of a collection of which some stay. Returns the place of the last that does. */
  #remove(node: number, removed: ReadonlySet<number>, values: readonly number[]): number {
    const kept = values.map((_, index) => index).filter((index) => !removed.has(index));
    const first = kept[0] ?? 0;
    if (first > 0) this.#removeLeading(node, first, values);
    for (const index of removed) if (index > first) this.#removeLines(this.#startOfChild(node, index), values[index] ?? node);
    return kept.at(-1) ?? 0;
  }

  /** Removes the first entries of a collection; the next moves up where they share a line with a dash. */
  #removeLeading(node: number, first: number, values: readonly number[]): void {
    const start = this.#startOfChild(node, 0);
    const alone = /^[ \t]*$/u.test(this.#text.slice(lineStart(this.#text, start), start));
    const next = this.#startOfChild(node, first);
    const comments = /(?:^|\s)#/u.test(this.#text.slice(this.#trimmedEnd(values[first - 1] ?? node), next));
    if (!alone && !comments) {
      this.edits.push({ start, end: next, text: "" });
      return;
    }
    for (let index = 0; index < first; index += 1) {
      const from = this.#startOfChild(node, index);
      const value = values[index] ?? node;
      if (index === 0 && !alone) this.edits.push({ start: from, end: this.#trimmedEnd(value), text: "" });
      else this.#removeLines(from, value);
    }
  }

  /** Removes the lines of a value from an offset on, with what stands behind it. */
  #removeLines(from: number, value: number): void {
    const start = lineStart(this.#text, from);
    if (this.#keepsBlankLines(value)) {
      this.edits.push({ start, end: this.#nodes.end(value), text: "" });
      return;
    }
    const end = endOfLine(this.#text, this.#trimmedEnd(value));
    const breakLength = this.#text.startsWith("\r\n", end) ? 2 : 1;
    if (end < this.#text.length) this.edits.push({ start, end: end + breakLength, text: "" });
    // At the end of a file without a last line break, the one before goes; but that of a blank line may belong to a block scalar.
    else this.edits.push({ start: this.#followsBlankLine(start) ? start : this.#endOfLineBefore(start), end, text: "" });
  }

  #followsBlankLine(start: number): boolean {
    return /(?:\n|\r)[ \t]*(?:\r\n|\n|\r)$/u.test(this.#text.slice(Math.max(0, start - 200), start));
  }

  #endOfLineBefore(start: number): number {
    if (this.#text[start - 1] === "\n") return this.#text[start - 2] === "\r" ? start - 2 : start - 1;
    return this.#text[start - 1] === "\r" ? start - 1 : start;
  }

  /** Inserts lines behind the lines of a value. */
  #insertBehind(value: number, replaced: boolean, lines: readonly string[]): void {
    const { lineBreak } = this.#style;
    const end = this.#nodes.end(value);
    if (!replaced && this.#keepsBlankLines(value)) {
      const text = lines.map((line) => line + lineBreak).join("");
      const broken = /[\r\n]/u.test(this.#text[end - 1] ?? "");
      this.edits.push({ start: end, end, text: broken ? text : lineBreak + lines.join(lineBreak) });
      return;
    }
    const at = endOfLine(this.#text, this.#trimmedEnd(value));
    this.edits.push({ start: at, end: at, text: lines.map((line) => lineBreak + line).join("") });
  }

  /** Whether a value ends with a block scalar to which the blank lines behind it belong (`|+`). */
  #keepsBlankLines(value: number): boolean {
    const last = this.#nodes.after(value) - 1;
    const kind = this.#nodes.kind(last);
    if (kind !== NODE.literal && kind !== NODE.folded) return false;
    return /^[|>]\d?\+/u.test(this.#text.slice(this.#nodes.start(last), this.#nodes.start(last) + 3));
  }

  /** Puts a value in place of another. */
  #replace(slot: Slot, value: unknown): void {
    const nodes = this.#nodes;
    if (slot.parent === undefined) throw new CannotEdit("the object as a whole would be replaced");
    const flowParent = nodes.isFlow(slot.parent);
    const described = nodes.properties(slot.node);
    if (described !== undefined && nodes.kind(slot.node) === NODE.empty) throw new CannotEdit("the value has a YAML anchor or tag");
    const start = described?.start ?? nodes.start(slot.node);
    const end = this.#trimmedEnd(slot.node);
    const space = nodes.kind(slot.node) === NODE.empty ? " " : "";
    if (flowParent) {
      const context = jsonLike(nodes, slot.parent) ? "json" : "flow";
      this.edits.push({ start, end, text: space + flowText(value, context) });
      return;
    }
    const sameLine = !/[\r\n]/u.test(this.#text.slice(slot.behindIndicator, start));
    if (isInline(value)) this.#replaceInline(slot, sameLine, start, end, space + inlineText(value, "block", quoteOf(nodes, slot.node)));
    else this.#replaceByLines(slot, sameLine, start, end, value);
  }

  #replaceInline(slot: Slot, sameLine: boolean, start: number, end: number, text: string): void {
    if (sameLine) {
      this.edits.push({ start, end, text });
      return;
    }
    const at = slot.behindIndicator;
    this.edits.push({ start: at, end: at, text: ` ${text.trimStart()}` });
    this.edits.push({ start: this.#endOfLineBefore(lineStart(this.#text, start)), end: endOfLine(this.#text, end), text: "" });
  }

  #replaceByLines(slot: Slot, sameLine: boolean, start: number, end: number, value: unknown): void {
    const { lineBreak } = this.#style;
    const parent = slot.parent ?? 0;
    const column = columnOf(this.#text, this.#nodes.start(parent));
    if (this.#nodes.isSequence(parent)) {
      const lines = blockLines(value, column + 2, this.#style);
      const text = lines.join(lineBreak).trimStart();
      if (sameLine) this.edits.push({ start, end, text: this.#nodes.kind(slot.node) === NODE.empty ? ` ${text}` : text });
      else this.edits.push({ start: slot.behindIndicator, end: endOfLine(this.#text, end), text: ` ${text}` });
      return;
    }
    const lines = blockLines(value, column + (Array.isArray(value) ? this.#style.listOffset : this.#style.unit), this.#style);
    const text = lines.map((line) => lineBreak + line).join("");
    if (sameLine) {
      const at = endOfLine(this.#text, end);
      this.edits.push({ start: slot.behindIndicator, end, text: "" }, { start: at, end: at, text });
    } else {
      this.edits.push({ start: this.#endOfLineBefore(lineStart(this.#text, start)), end: endOfLine(this.#text, end), text });
    }
  }
}

/** What is to stand where all that was there is gone. */
function addedValue(nodes: NodeTable, node: number, change: CollectionChange): unknown {
  return nodes.isSequence(node) ? [...change.added.values()] : Object.fromEntries(change.added);
}

function quoteOf(nodes: NodeTable, node: number): Quote {
  if (nodes.kind(node) === NODE.singleQuoted) return "'";
  return nodes.kind(node) === NODE.doubleQuoted ? '"' : undefined;
}
