import { NODE, ROW, type NodeKind } from "./node-table.ts";
import { plainScalar } from "./plain-scalar.ts";

/** A document that needs the parser. One object for all: it carries nothing, and `composePlain` always catches it. */
export const UNUSUAL: Error = new Error("not plain YAML");

// Characters that structure YAML, by their codes.
export const SPACE = 0x20;
export const LINE_FEED = 0x0a;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const APOSTROPHE = 0x27;
const COMMA = 0x2c;
export const DASH = 0x2d;
export const FULL_STOP = 0x2e;
export const COLON = 0x3a;
const QUESTION = 0x3f;
export const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
export const PIPE = 0x7c;
export const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Deeper than any manifest, and no risk for the stack. */
export const DEPTH = 100;

/** What no plain scalar begins with (YAML 1.2.2, `c-indicator`); `-`, `?` and `:` may, where text follows at once. */
const INDICATORS = new Uint8Array(128);
for (const character of ",[]{}#&*!|>'\"%@`") INDICATORS[character.charCodeAt(0)] = 1;

/** What a plain scalar within a flow collection is made of here: fewer characters than YAML allows, and no space. */
const FLOW_CHARACTERS = new Uint8Array(128);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+*=$@~^<>;()")
  FLOW_CHARACTERS[character.charCodeAt(0)] = 1;

/** Escapes that YAML and JSON have in common. */
const JSON_ESCAPES = /^(?:[^\\]|\\["\\/bfnrt])*$/u;

/** How many numbers there is room for at once. */
const ROOM = 16_384;

/** Room for the nodes of many documents: to get an array for each takes as long as to note its nodes. A document that turns out not to be plain leaves its room to the next. */
let room: { readonly rows: Int32Array; readonly used: number } = { rows: new Int32Array(ROOM), used: 0 };

/** What the readers of lines and of flow collections share: a place in the text, and the nodes so far. */
export class FlowReader {
  readonly text: string;
  readonly end: number;
  /** Where the reader stands. */
  at: number;
  /** Where the nodes are noted, as a `NodeTable` has them: behind those of the documents before. */
  rows: Int32Array = room.rows;
  base: number = room.used;
  /** How many numbers the nodes so far take. */
  used = 0;
  /** The end of the last token. */
  lastEnd = 0;
  depth = 0;

  constructor(text: string, start: number, end: number) {
    this.text = text;
    this.at = start;
    this.end = end;
  }

  /** The next character; 0 at the end. */
  peek(at: number): number {
    return at < this.end ? this.text.charCodeAt(at) : 0;
  }

  /** Whether a space, a line break or the end stands at an offset: what must follow an indicator. */
  isBreak(at: number): boolean {
    const character = this.peek(at);
    return character === SPACE || character === LINE_FEED || at >= this.end;
  }

  /** Notes a node; its end and what follows it are filled in by `close`. */
  open(kind: NodeKind, start: number): number {
    const row = this.used;
    const at = this.base + row;
    if (at + ROW > this.rows.length) {
      this.moveNodes();
      return this.open(kind, start);
    }
    this.rows[at] = kind;
    this.rows[at + 1] = start;
    this.used = row + ROW;
    return row;
  }

  /** Moves the nodes of this document to where there is room for as many again. */
  moveNodes(): void {
    const rows = new Int32Array(Math.max(ROOM, this.used * 2));
    rows.set(this.rows.subarray(this.base, this.base + this.used));
    this.rows = rows;
    this.base = 0;
  }

  /** The nodes of the document, once it is read. The next one's are noted behind them. */
  nodeRows(): Int32Array {
    room = { rows: this.rows, used: this.base + this.used };
    return this.rows.subarray(this.base, room.used);
  }

  /** Says where a node ends, once all nodes in it are noted. */
  close(row: number, end: number): void {
    this.rows[this.base + row + 2] = end;
    this.rows[this.base + row + 3] = this.used / ROW;
    this.lastEnd = end;
  }

  /** A plain scalar begins with no indicator. */
  refuseIndicator(at: number): void {
    const first = this.peek(at);
    if (first < 128 && INDICATORS[first] === 1) throw UNUSUAL;
    if ((first === DASH || first === QUESTION || first === COLON) && this.isBreak(at + 1)) throw UNUSUAL;
  }

  finite(value: unknown): unknown {
    if (typeof value === "number" && !Number.isFinite(value)) throw UNUSUAL;
    return value;
  }

  /** The quote that closes the one at an offset, on the same line. */
  closingQuote(at: number): number {
    const quote = this.text.charCodeAt(at);
    for (let here = at + 1; here < this.end; here += 1) {
      const character = this.text.charCodeAt(here);
      if (character === LINE_FEED) break;
      if (character === 0x5c && quote === QUOTE) here += 1;
      else if (character === quote) {
        if (quote === QUOTE || this.peek(here + 1) !== APOSTROPHE) return here;
        here += 1;
      }
    }
    throw UNUSUAL;
  }

  /** A quoted scalar on one line. */
  quoted(quote: number): string {
    const start = this.at;
    const close = this.closingQuote(start);
    const inner = this.text.slice(start + 1, close);
    this.close(this.open(quote === QUOTE ? NODE.doubleQuoted : NODE.singleQuoted, start), close + 1);
    this.at = close + 1;
    if (quote === APOSTROPHE) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
    if (!inner.includes("\\")) return inner;
    if (!JSON_ESCAPES.test(inner)) throw UNUSUAL;
    return JSON.parse(`"${inner}"`) as string;
  }

  skipSpaces(): number {
    while (this.peek(this.at) === SPACE) this.at += 1;
    return this.peek(this.at);
  }

  /** A flow collection on one line, of plain words, quoted scalars and further collections. */
  flow(): unknown {
    if (++this.depth > DEPTH) throw UNUSUAL;
    const start = this.at;
    const braces = this.peek(start) === OPEN_BRACE;
    const row = this.open(braces ? NODE.flowMapping : NODE.flowSequence, start);
    this.at += 1;
    const value = braces ? this.flowMapping() : this.flowSequence();
    this.depth -= 1;
    this.at += 1;
    this.close(row, this.at);
    return value;
  }

  flowMapping(): unknown {
    const object: Record<string, unknown> = {};
    for (let next = this.skipSpaces(); next !== CLOSE_BRACE; next = this.afterItem(CLOSE_BRACE)) {
      const key = next === QUOTE || next === APOSTROPHE ? this.quoted(next) : this.flowWord();
      if (typeof key !== "string" || key === "__proto__" || object[key] !== undefined) throw UNUSUAL;
      if (this.peek(this.at) !== COLON || this.peek(this.at + 1) !== SPACE) throw UNUSUAL;
      this.at += 1;
      this.skipSpaces();
      object[key] = this.flowNode();
    }
    return object;
  }

  flowSequence(): unknown {
    const items: unknown[] = [];
    for (let next = this.skipSpaces(); next !== CLOSE_BRACKET; next = this.afterItem(CLOSE_BRACKET)) items.push(this.flowNode());
    return items;
  }

  /** Steps over the comma behind an item; one that nothing follows is left to the parser. */
  afterItem(close: number): number {
    const next = this.skipSpaces();
    if (next === close) return close;
    if (next !== COMMA) throw UNUSUAL;
    this.at += 1;
    const following = this.skipSpaces();
    if (following === close) throw UNUSUAL;
    return following;
  }

  flowNode(): unknown {
    const first = this.peek(this.at);
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return this.flow();
    if (first === QUOTE || first === APOSTROPHE) return this.quoted(first);
    return this.flowWord();
  }

  flowWord(): unknown {
    const start = this.at;
    let here = start;
    for (; here < this.end; here += 1) {
      const character = this.text.charCodeAt(here);
      // A colon within a word, as in an address, is part of it.
      if (character >= 128 || (FLOW_CHARACTERS[character] !== 1 && !(character === COLON && FLOW_CHARACTERS[this.peek(here + 1)] === 1)))
        break;
    }
    this.refuseIndicator(start);
    if (here === start || FLOW_CHARACTERS[this.peek(start)] !== 1 || this.text.startsWith("<<", start)) throw UNUSUAL;
    if (here === start + 1 && this.peek(start) === DASH) throw UNUSUAL;
    this.close(this.open(NODE.plain, start), here);
    this.at = here;
    const next = this.skipSpaces();
    // `a b` and `a # b`: words and comments that go on.
    if (next !== COMMA && next !== CLOSE_BRACE && next !== CLOSE_BRACKET && !(next === COLON && this.at === here)) throw UNUSUAL;
    return this.finite(plainScalar(this.text.slice(start, here)));
  }
}
