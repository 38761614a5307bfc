import type { ComposedDocument } from "./composed-document.ts";
import { knownKey, rememberKey } from "./known-keys.ts";
import { NODE, NodeTable } from "./node-table.ts";
import {
  APOSTROPHE,
  COLON,
  DASH,
  DEPTH,
  FULL_STOP,
  FlowReader,
  HASH,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  PIPE,
  QUOTE,
  SPACE,
  UNUSUAL,
} from "./plain-flow.ts";
import { plainScalar } from "./plain-scalar.ts";

/**
 * The plain YAML that most manifests are written in, read in one pass: block mappings and sequences, scalars and flow collections that end on their line, literal
 * block scalars, comments. Whatever else a document holds, and every fault in it, makes this reader step aside for the parser, which knows all of YAML and names
 * what is wrong. A document that this one reads, the parser reads in the same way, to the offset: a property test holds that.
 */

/** Characters that YAML forbids, and those that take care: tabs, other line breaks than a line feed, halves of surrogate pairs. */
const UNUSUAL_CHARACTER = /[^\n\u0020-\u007E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** A key on one line is at most 1,024 characters long (YAML 1.2.2, section 7.4.2). */
const LONGEST_KEY = 1000;

class BlockReader extends FlowReader {
  /** The column of the line at whose first character the reader stands between nodes; -1 at the end of the document. */
  column = 0;

  /**
   * Steps over empty lines and comments to the first character of the next line that says something. Returns its column; -1 at the end of the document. Called at
   * the start of a line only. Only the first may be a marker of documents.
   */
  nextLine(first = false): number {
    for (;;) {
      const start = this.at;
      let here = start;
      while (this.peek(here) === SPACE) here += 1;
      const character = this.peek(here);
      if (here >= this.end) {
        this.at = this.end;
        return -1;
      }
      if (character !== LINE_FEED && character !== HASH) {
        this.at = here;
        if (here === start && !first && this.isMarker()) throw UNUSUAL;
        return here - start;
      }
      this.at = this.afterLine(here);
    }
  }

  /** Whether `---` or `...` stands here. */
  isMarker(): boolean {
    const character = this.peek(this.at);
    return (
      (character === DASH && this.text.startsWith("---", this.at)) || (character === FULL_STOP && this.text.startsWith("...", this.at))
    );
  }

  /** The start of the line after the one of an offset. */
  afterLine(at: number): number {
    const feed = this.text.indexOf("\n", at);
    return feed === -1 || feed >= this.end ? this.end : feed + 1;
  }

  /** Behind a value only a comment may stand on its line. Moves to the next line. */
  finishLine(): void {
    let here = this.at;
    while (this.peek(here) === SPACE) here += 1;
    const character = this.peek(here);
    if (here >= this.end) this.at = here;
    else if (character === LINE_FEED) this.at = here + 1;
    else if (character === HASH && here > this.at) this.at = this.afterLine(here);
    else throw UNUSUAL;
  }

  document(): unknown {
    let column = this.nextLine(true);
    if (this.isMarker()) {
      if (this.peek(this.at) !== DASH || column !== 0 || !this.isBreak(this.at + 3)) throw UNUSUAL;
      this.at += 3;
      this.finishLine();
      column = this.nextLine();
    }
    if (column === -1) throw UNUSUAL;
    const value = this.blockNode(column, -1);
    if (this.at < this.end) throw UNUSUAL;
    return value;
  }

  /** Reads the node that begins at the first character of a line, or behind a `- `, at a column. Ends at the first character of the next line that is not its own. */
  blockNode(column: number, parent: number): unknown {
    const character = this.peek(this.at);
    if (character === DASH && this.isBreak(this.at + 1)) return this.sequence(column);
    const colon = this.keyEnd();
    if (colon !== -1) return this.mapping(column, colon);
    return this.valueOnLine(parent);
  }

  /** Where the key that begins here ends, -1 where there is none on this line. */
  keyEnd(): number {
    const first = this.peek(this.at);
    if (first === QUOTE || first === APOSTROPHE) {
      const close = this.closingQuote(this.at);
      return this.peek(close + 1) === COLON && this.isBreak(close + 2) ? close + 1 : -1;
    }
    // A flow collection may be a key as well; then its line does not end behind it.
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return -1;
    for (let here = this.at; here < this.end; here += 1) {
      const character = this.text.charCodeAt(here);
      if (character === LINE_FEED) return -1;
      if (character === COLON && this.isBreak(here + 1)) return here;
      if (character === HASH && this.text.charCodeAt(here - 1) === SPACE) return -1;
    }
    return -1;
  }

  mapping(column: number, firstColon: number): unknown {
    if (++this.depth > DEPTH) throw UNUSUAL;
    const row = this.open(NODE.blockMapping, this.at);
    const object: Record<string, unknown> = {};
    let colon = firstColon;
    for (;;) {
      const key = this.key(colon);
      // Twice the same key, or a name that every object has: the parser tells.
      if (object[key] !== undefined) throw UNUSUAL;
      this.at = colon + 1;
      object[key] = this.value(column, column, colon);
      const next = this.column;
      if (next < column) break;
      if (next > column || (this.peek(this.at) === DASH && this.isBreak(this.at + 1))) throw UNUSUAL;
      colon = this.keyEnd();
      if (colon === -1) throw UNUSUAL;
    }
    this.depth -= 1;
    this.close(row, this.lastEnd);
    return object;
  }

  /** Moves to the next line that says something, and notes its column. */
  advance(): void {
    this.column = this.nextLine();
  }

  key(colon: number): string {
    const first = this.peek(this.at);
    if (colon - this.at > LONGEST_KEY) throw UNUSUAL;
    if (first === QUOTE || first === APOSTROPHE) return this.quoted(first);
    const start = this.at;
    this.refuseIndicator(start);
    let end = colon;
    while (this.text.charCodeAt(end - 1) === SPACE) end -= 1;
    this.close(this.open(NODE.plain, start), end);
    const known = knownKey(this.text, start, end);
    if (known !== undefined) return known;
    const value = plainScalar(this.text.slice(start, end));
    if (typeof value === "string") {
      if (value === "<<" || value === "__proto__") throw UNUSUAL;
      rememberKey(value);
      return value;
    }
    // A number keeps no spelling as a key; what isn't finite is a fault.
    if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return String(value);
    throw UNUSUAL;
  }

  /** Reads the value behind an indicator (`:` or `-`) that stands at an offset, within a collection at a column. A sequence on the next line may also stand at the column `sequenceAt`. */
  value(column: number, sequenceAt: number, indicator: number): unknown {
    let here = this.at;
    while (this.peek(here) === SPACE) here += 1;
    const character = this.peek(here);
    const nothing = here >= this.end || character === LINE_FEED || (character === HASH && here > this.at);
    if (!nothing) {
      this.at = here;
      return this.valueOnLine(column);
    }
    this.at = this.afterLine(here);
    this.advance();
    if (this.column > column || (this.column === sequenceAt && this.peek(this.at) === DASH && this.isBreak(this.at + 1)))
      return this.blockNode(this.column, column);
    this.close(this.open(NODE.empty, indicator + 1), indicator + 1);
    return null;
  }

  /** Reads a scalar or a flow collection that ends on this line, within a collection at a column; then moves to the next line. */
  valueOnLine(column: number): unknown {
    const value = this.written(column);
    this.advance();
    // A line that is indented further would go on with the value.
    if (this.column > column) throw UNUSUAL;
    return value;
  }

  written(column: number): unknown {
    const first = this.peek(this.at);
    switch (first) {
      case QUOTE:
      case APOSTROPHE: {
        const value = this.quoted(first);
        this.finishLine();
        return value;
      }
      case OPEN_BRACE:
      case OPEN_BRACKET: {
        const value = this.flow();
        this.finishLine();
        return value;
      }
      case PIPE:
        return this.literal(column);
      default:
        return this.plain();
    }
  }

  plain(): unknown {
    const start = this.at;
    this.refuseIndicator(start);
    let here = start;
    for (; here < this.end; here += 1) {
      const character = this.text.charCodeAt(here);
      if (character === LINE_FEED) break;
      if (character === COLON && this.isBreak(here + 1)) throw UNUSUAL;
      if (character === HASH && this.text.charCodeAt(here - 1) === SPACE) break;
    }
    let end = here;
    while (this.text.charCodeAt(end - 1) === SPACE) end -= 1;
    this.close(this.open(NODE.plain, start), end);
    this.at = this.afterLine(here);
    return this.finite(plainScalar(this.text.slice(start, end)));
  }

  /** A literal block scalar without indentation of its own, `|` or `|-`, within a collection at a column. */
  literal(column: number): string {
    const start = this.at;
    this.at += 1;
    const strip = this.peek(this.at) === DASH;
    if (strip) this.at += 1;
    this.finishLine();
    const first = this.at;
    let indent = 0;
    while (this.peek(first + indent) === SPACE) indent += 1;
    if (column < 0 || indent <= column || first + indent >= this.end || this.peek(first + indent) === LINE_FEED) throw UNUSUAL;
    const lines: string[] = [];
    let filled = 0;
    let here = first;
    while (here < this.end) {
      const next = this.afterLine(here);
      if (this.peek(here) === LINE_FEED) lines.push("");
      else {
        let spaces = 0;
        while (spaces < indent && this.peek(here + spaces) === SPACE) spaces += 1;
        const character = this.peek(here + spaces);
        // A line of nothing but spaces counts in ways of its own.
        if (spaces < indent ? character === LINE_FEED || here + spaces >= this.end : this.isBlank(here + spaces)) throw UNUSUAL;
        if (spaces < indent) break;
        const last = this.text.charCodeAt(next - 1) === LINE_FEED ? next - 1 : next;
        lines.push(this.text.slice(here + indent, last));
        filled = lines.length;
      }
      here = next;
    }
    this.at = here;
    this.close(this.open(NODE.literal, start), here);
    lines.length = filled;
    return strip ? lines.join("\n") : `${lines.join("\n")}\n`;
  }

  isBlank(at: number): boolean {
    let here = at;
    while (this.peek(here) === SPACE) here += 1;
    return here >= this.end || this.peek(here) === LINE_FEED;
  }

  sequence(column: number): unknown {
    if (++this.depth > DEPTH) throw UNUSUAL;
    const row = this.open(NODE.blockSequence, this.at);
    const items: unknown[] = [];
    for (;;) {
      const dash = this.at;
      let here = dash + 1;
      while (this.peek(here) === SPACE) here += 1;
      const character = this.peek(here);
      if (here < this.end && character !== LINE_FEED && character !== HASH) {
        this.at = here;
        items.push(this.blockNode(column + here - dash, column));
      } else {
        this.at = dash + 1;
        items.push(this.value(column, column + 1, dash));
      }
      const next = this.column;
      if (next < column) break;
      if (next > column) throw UNUSUAL;
      if (this.peek(this.at) !== DASH || !this.isBreak(this.at + 1)) break;
    }
    this.depth -= 1;
    this.close(row, this.lastEnd);
    return items;
  }
}

/** Reads the document of a part of a text; null where it is not plain YAML, whether it has a fault or only more than this reader knows. */
export function composePlain(text: string, start: number, end: number): ComposedDocument | null {
  if (UNUSUAL_CHARACTER.test(start === 0 && end === text.length ? text : text.slice(start, end))) return null;
  const reader = new BlockReader(text, start, end);
  try {
    const value = reader.document();
    return { value, nodes: new NodeTable(text, reader.nodeRows(), new Map()), duplicates: [] };
  } catch (error) {
    if (error === UNUSUAL) return null;
    throw error;
  }
}
