import { CHOMPING_MODE, EVENT_ID, getScalarValue, SCALAR_STYLE } from "js-yaml";
import type { ScalarStyle } from "js-yaml";

/** What a node is, and how it is written. */
export const NODE = {
  plain: 1,
  singleQuoted: 2,
  doubleQuoted: 3,
  literal: 4,
  folded: 5,
  /** A value that is not there: `key:` */
  empty: 6,
  alias: 7,
  blockMapping: 8,
  flowMapping: 9,
  blockSequence: 10,
  flowSequence: 11,
} as const;
export type NodeKind = (typeof NODE)[keyof typeof NODE];

/** How many numbers a node takes in the table: kind, start, end and the node after its last descendant. */
export const ROW = 4;

const LINE_BREAK = /[\r\n]/u;
const LINE_BREAK_OR_QUOTE = /[\r\n']/u;
const LINE_BREAK_OR_ESCAPE = /[\r\n\\]/u;
/** What a scalar without anchor, tag and block style has in the parser's form. */
const UNADORNED = {
  anchorStart: -1,
  anchorEnd: -1,
  tagStart: -1,
  tagEnd: -1,
  chomping: CHOMPING_MODE.CLIP,
  indent: -1,
  fast: false,
} as const;

/** What a node carries beside its value. */
export interface NodeProperties {
  /** Where the first of anchor and tag starts. */
  readonly start: number;
  readonly anchor?: string;
  readonly tag?: string;
}

/**
 * The nodes of one YAML document with their places, in the order of the text; a mapping is followed by its keys and values in turn. Packed in an
 * `Int32Array`, 16 bytes a node: positions of a whole estate stay in memory, where objects would take many times as much.
 * A node is named by its number, 0 being the document's root.
 */
export class NodeTable {
  /** The text of the file; offsets count from its start. */
  readonly text: string;
  readonly #rows: Int32Array;
  readonly #properties: ReadonlyMap<number, NodeProperties>;
  #shares: boolean | undefined;

  constructor(text: string, rows: Int32Array, properties: ReadonlyMap<number, NodeProperties>) {
    this.text = text;
    this.#rows = rows;
    this.#properties = properties;
  }

  kind(node: number): NodeKind {
    return this.#rows[node * ROW] as NodeKind;
  }

  /** Where its text starts, quotes, brackets and the `|` of a block scalar included; anchor and tag stand before it. */
  start(node: number): number {
    return this.#rows[node * ROW + 1] ?? 0;
  }

  /** Where its text ends. */
  end(node: number): number {
    return this.#rows[node * ROW + 2] ?? 0;
  }

  /** The node that follows its last descendant. */
  after(node: number): number {
    return this.#rows[node * ROW + 3] ?? 0;
  }

  get size(): number {
    return this.#rows.length / ROW;
  }

  /** Whether anything of the document stands for more than one place: whether there are aliases or merge keys. */
  get shares(): boolean {
    this.#shares ??= this.#findShared();
    return this.#shares;
  }

  #findShared(): boolean {
    for (let node = 0; node < this.size; node += 1) {
      const kind = this.kind(node);
      if (
        kind === NODE.alias ||
        (kind === NODE.plain && this.end(node) - this.start(node) === 2 && this.text.startsWith("<<", this.start(node)))
      )
        return true;
    }
    return false;
  }

  properties(node: number): NodeProperties | undefined {
    return this.#properties.get(node);
  }

  isMapping(node: number): boolean {
    const kind = this.kind(node);
    return kind === NODE.blockMapping || kind === NODE.flowMapping;
  }

  isSequence(node: number): boolean {
    const kind = this.kind(node);
    return kind === NODE.blockSequence || kind === NODE.flowSequence;
  }

  isFlow(node: number): boolean {
    const kind = this.kind(node);
    return kind === NODE.flowMapping || kind === NODE.flowSequence;
  }

  isCollection(node: number): boolean {
    return this.kind(node) >= NODE.blockMapping;
  }

  /** The keys and values of a mapping, in order. */
  entries(mapping: number): { readonly key: number; readonly value: number }[] {
    const found = [];
    const end = this.after(mapping);
    for (let key = mapping + 1; key < end; key = this.after(this.after(key))) found.push({ key, value: this.after(key) });
    return found;
  }

  /** The items of a sequence, in order. */
  items(sequence: number): number[] {
    const found = [];
    const end = this.after(sequence);
    for (let item = sequence + 1; item < end; item = this.after(item)) found.push(item);
    return found;
  }

  /** The values of a mapping or the items of a sequence, in order. */
  values(collection: number): number[] {
    if (!this.isMapping(collection)) return this.items(collection);
    const found = [];
    const end = this.after(collection);
    for (let key = collection + 1; key < end; key = this.after(this.after(key))) found.push(this.after(key));
    return found;
  }

  /** The key of an entry of a mapping, or an item of a sequence, by its place; undefined where there are not so many. */
  childAt(collection: number, place: number): number | undefined {
    if (place < 0) return undefined;
    const isMapping = this.isMapping(collection);
    const end = this.after(collection);
    let child = collection + 1;
    for (let at = 0; at < place && child < end; at += 1) child = this.after(isMapping ? this.after(child) : child);
    return child < end ? child : undefined;
  }

  /** The text that a scalar stands for, before it is read as a number or a word; null for block scalars, aliases and collections. */
  scalarText(node: number): string | null {
    const start = this.start(node);
    const end = this.end(node);
    switch (this.kind(node)) {
      case NODE.empty:
        return "";
      case NODE.plain:
        return this.#decode(SCALAR_STYLE.PLAIN, start, end, LINE_BREAK);
      case NODE.singleQuoted:
        return this.#decode(SCALAR_STYLE.SINGLE_QUOTED, start + 1, end - 1, LINE_BREAK_OR_QUOTE);
      case NODE.doubleQuoted:
        return this.#decode(SCALAR_STYLE.DOUBLE_QUOTED, start + 1, end - 1, LINE_BREAK_OR_ESCAPE);
      default:
        return null;
    }
  }

  /** Decodes a scalar; most stand for the very text that is there. */
  #decode(style: ScalarStyle, start: number, end: number, special: RegExp): string {
    const written = this.text.slice(start, end);
    return special.test(written)
      ? getScalarValue(this.text, { type: EVENT_ID.SCALAR, style, valueStart: start, valueEnd: end, ...UNADORNED })
      : written;
  }

  /** The node that an alias stands for; undefined where it has none. */
  anchored(alias: number): number | undefined {
    const name = this.text.slice(this.start(alias) + 1, this.end(alias));
    let found: number | undefined;
    // An anchor may be given anew: the last one before the alias counts.
    for (const [node, properties] of this.#properties) if (properties.anchor === name && node < alias) found = node;
    return found;
  }

  /** Whether an alias stands for this very node. */
  isAliased(node: number): boolean {
    const anchor = this.#properties.get(node)?.anchor;
    return anchor !== undefined && this.#hasAlias(new Set([anchor]), node, node);
  }

  /** Whether an alias outside of a node stands for it or for something in it. */
  isReferenced(node: number): boolean {
    const end = this.after(node);
    const names = new Set<string>();
    for (const [at, { anchor }] of this.#properties) if (at >= node && at < end && anchor !== undefined) names.add(anchor);
    return names.size > 0 && this.#hasAlias(names, node, end);
  }

  /** Whether there is an alias of one of these names outside of a range of nodes. */
  #hasAlias(names: ReadonlySet<string>, from: number, to: number): boolean {
    for (let at = 0; at < this.size; at += 1) {
      const outside = at < from || at >= to;
      if (outside && this.kind(at) === NODE.alias && names.has(this.text.slice(this.start(at) + 1, this.end(at)))) return true;
    }
    return false;
  }
}
