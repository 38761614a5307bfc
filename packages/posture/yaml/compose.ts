import { COLLECTION_STYLE, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from "js-yaml";
import type { AliasEvent, DocumentEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from "js-yaml";
import type { ComposedDocument, DuplicateKey } from "./composed-document.ts";
import { NODE, NodeTable, ROW } from "./node-table.ts";
import type { NodeKind, NodeProperties } from "./node-table.ts";
import { composePlain } from "./plain-block.ts";
import { numberOf, plainScalar } from "./plain-scalar.ts";
import { endOfCollection, startOfBlockScalar, startOfEmpty } from "./token-scanner.ts";
import { YamlFault } from "./yaml-fault.ts";

/** How many nodes the aliases of one file may stand for, so that a few lines can't become billions of values. */
const ALIASED_NODES = 250_000;

/** How deep collections may nest, in the text and through aliases. Schemas in real CustomResourceDefinitions reach some forty. */
const DEPTH = 400;

/** What is left of a file's allowance for aliases. */
export interface AliasBudget {
  left: number;
}

export function aliasBudget(): AliasBudget {
  return { left: ALIASED_NODES };
}

/**
 * Reads the YAML documents of a part of a text as Kubernetes reads them. Throws a {@link YamlFault} with an offset into `text` where it can't.
 */
export function compose(text: string, start: number, end: number, budget: AliasBudget): readonly ComposedDocument[] {
  const plain = composePlain(text, start, end);
  return plain === null ? composeAny(text, start, end, budget) : [plain];
}

/** The same by way of the parser's events, for all of YAML. */
export function composeAny(text: string, start: number, end: number, budget: AliasBudget): readonly ComposedDocument[] {
  const part = start === 0 && end === text.length ? text : text.slice(start, end);
  const events = eventsOf(part, start);
  const documents: ComposedDocument[] = [];
  const reader = new Composer(part, text, start, events, budget);
  while (reader.more) documents.push(reader.document());
  return documents;
}

function eventsOf(part: string, base: number): Event[] {
  try {
    return parseEvents(part, { maxDepth: DEPTH });
  } catch (error) {
    if (error instanceof YAMLException) throw new YamlFault("syntax", reasonOf(error), base + (error.mark?.position ?? 0));
    throw error;
  }
}

/** The parser's reason; where it speaks of its own settings, in words of the document. */
function reasonOf({ reason }: YAMLException): string {
  if (reason.includes("maxDepth")) return `it is nested deeper than ${DEPTH} levels`;
  return reason === "deficient indentation" ? "the line stands too far to the left, or a bracket above it is not closed" : reason;
}

/** Something that an alias can name. */
interface Anchor {
  readonly value: unknown;
  /** How many nodes it stands for, aliases within it counted in full. */
  readonly weight: number;
  /** How deep collections nest in it, aliases within it followed. */
  readonly height: number;
}

type NodeEvent = MappingEvent | SequenceEvent | ScalarEvent;

class Composer {
  readonly #part: string;
  readonly #text: string;
  readonly #base: number;
  readonly #events: readonly Event[];
  readonly #budget: AliasBudget;
  #at = 0;
  /** The end of the last token. */
  #end = 0;
  #rows: number[] = [];
  #properties = new Map<number, NodeProperties>();
  #anchors = new Map<string, Anchor | "open">();
  #duplicates: DuplicateKey[] = [];
  #tagHandles: ReadonlyMap<string, string> = new Map();
  /** Nodes so far, aliases counted in full. */
  #weight = 0;
  /** How many collections are open. */
  #depth = 0;
  /** The depth that the collection which is being read reaches, aliases followed. */
  #deepest = 0;

  constructor(part: string, text: string, base: number, events: readonly Event[], budget: AliasBudget) {
    this.#part = part;
    this.#text = text;
    this.#base = base;
    this.#events = events;
    this.#budget = budget;
  }

  get more(): boolean {
    return this.#at < this.#events.length;
  }

  document(): ComposedDocument {
    this.#rows = [];
    this.#properties = new Map();
    this.#anchors = new Map();
    this.#duplicates = [];
    const opening = this.#next() as DocumentEvent;
    const handles = opening.directives.flatMap((directive) =>
      directive.kind === "tag" ? [[directive.handle, directive.prefix] as const] : [],
    );
    this.#tagHandles = new Map(handles);
    const value = this.#node("-");
    this.#at += 1;
    return { value, nodes: new NodeTable(this.#text, new Int32Array(this.#rows), this.#properties), duplicates: this.#duplicates };
  }

  #next(): Event {
    const event = this.#events[this.#at];
    if (event === undefined) throw new YamlFault("syntax", "the document ends within a collection", this.#base + this.#end);
    this.#at += 1;
    return event;
  }

  /** Reads a node. `indicator` is the character that an empty one stands behind. */
  #node(indicator: ":" | "-" | "?"): unknown {
    const event = this.#next();
    this.#weight += 1;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#scalar(event, indicator);
      case EVENT_ID.MAPPING:
        return this.#collection(event, event.style === COLLECTION_STYLE.FLOW ? NODE.flowMapping : NODE.blockMapping);
      case EVENT_ID.SEQUENCE:
        return this.#collection(event, event.style === COLLECTION_STYLE.FLOW ? NODE.flowSequence : NODE.blockSequence);
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      default:
        throw new YamlFault("syntax", "a value is missing", this.#base + this.#end);
    }
  }

  #open(kind: NodeKind, start: number): number {
    const row = this.#rows.length;
    this.#rows.push(kind, this.#base + start, 0, 0);
    return row;
  }

  #close(row: number, end: number): void {
    this.#rows[row + 2] = this.#base + end;
    this.#rows[row + 3] = this.#rows.length / ROW;
    this.#end = end;
  }

  /** Notes a node's anchor and tag. */
  #describe(row: number, event: NodeEvent): void {
    if (event.anchorStart === -1 && event.tagStart === -1) return;
    const starts = [
      event.anchorStart === -1 ? event.tagStart : event.anchorStart - 1,
      event.tagStart === -1 ? event.anchorStart - 1 : event.tagStart,
    ];
    this.#properties.set(row / ROW, {
      start: this.#base + Math.min(...starts),
      ...(event.anchorStart === -1 ? {} : { anchor: this.#part.slice(event.anchorStart, event.anchorEnd) }),
      ...(event.tagStart === -1 ? {} : { tag: this.#part.slice(event.tagStart, event.tagEnd) }),
    });
    this.#end = Math.max(this.#end, event.anchorEnd, event.tagEnd);
  }

  #scalar(event: ScalarEvent, indicator: ":" | "-" | "?"): unknown {
    const row = this.#rows.length;
    if (event.anchorStart !== -1 || event.tagStart !== -1) this.#describe(row, event);
    if (event.valueStart === -1) this.#emptyScalar(event, indicator);
    else this.#writtenScalar(event);
    const text = event.fast ? this.#part.slice(event.valueStart, event.valueEnd) : getScalarValue(this.#part, event);
    const value = event.tagStart === -1 ? untagged(event, text) : this.#tagged(event, text);
    if (typeof value === "number" && !Number.isFinite(value)) throw this.#fault(event, `${text} is no number that JSON can hold`);
    if (event.anchorStart !== -1) this.#anchors.set(this.#part.slice(event.anchorStart, event.anchorEnd), { value, weight: 1, height: 0 });
    return value;
  }

  #emptyScalar(event: ScalarEvent, indicator: ":" | "-" | "?"): void {
    const described = event.anchorStart !== -1 || event.tagStart !== -1;
    const start = described ? this.#end : startOfEmpty(this.#part, this.#end, indicator);
    this.#close(this.#open(NODE.empty, start), start);
  }

  #writtenScalar(event: ScalarEvent): void {
    switch (event.style) {
      case SCALAR_STYLE.PLAIN:
        return this.#close(this.#open(NODE.plain, event.valueStart), event.valueEnd);
      case SCALAR_STYLE.SINGLE_QUOTED:
        return this.#close(this.#open(NODE.singleQuoted, event.valueStart - 1), event.valueEnd + 1);
      case SCALAR_STYLE.DOUBLE_QUOTED:
        return this.#close(this.#open(NODE.doubleQuoted, event.valueStart - 1), event.valueEnd + 1);
      default: {
        const kind = event.style === SCALAR_STYLE.LITERAL_BLOCK ? NODE.literal : NODE.folded;
        return this.#close(this.#open(kind, startOfBlockScalar(this.#part, this.#end, event.valueStart)), event.valueEnd);
      }
    }
  }

  #collection(event: MappingEvent | SequenceEvent, kind: NodeKind): unknown {
    const row = this.#rows.length;
    this.#describe(row, event);
    this.#open(kind, event.start);
    const flow = kind === NODE.flowMapping || kind === NODE.flowSequence;
    // A pair within a flow sequence, `[a: 1]`, is a mapping without brackets.
    const bracketed = flow && (this.#part[event.start] === "{" || this.#part[event.start] === "[");
    this.#end = bracketed ? event.start + 1 : Math.max(this.#end, event.start);
    const anchor = event.anchorStart === -1 ? null : this.#part.slice(event.anchorStart, event.anchorEnd);
    if (anchor !== null) this.#anchors.set(anchor, "open");
    const before = this.#weight;
    const deepestBefore = this.#deepest;
    this.#deepest = ++this.#depth;
    const value = event.type === EVENT_ID.MAPPING ? this.#mapping() : this.#sequence();
    this.#at += 1;
    this.#depth -= 1;
    if (anchor !== null) this.#anchors.set(anchor, { value, weight: this.#weight - before + 1, height: this.#deepest - this.#depth });
    this.#deepest = Math.max(deepestBefore, this.#deepest);
    this.#close(row, bracketed ? endOfCollection(this.#part, this.#end) : this.#end);
    return value;
  }

  #sequence(): unknown[] {
    const items: unknown[] = [];
    while (this.#events[this.#at]?.type !== EVENT_ID.POP) items.push(this.#node("-"));
    return items;
  }

  #mapping(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    let merged: Set<string> | null = null;
    while (this.#events[this.#at]?.type !== EVENT_ID.POP) {
      const event = this.#events[this.#at];
      if (isMergeKey(this.#part, event)) {
        this.#node("?");
        const from = this.#node(":");
        merged = this.#merge(object, from, merged ?? new Set());
        continue;
      }
      const row = this.#rows.length;
      const key = this.#keyText(this.#node("?"), row);
      if (object[key] !== undefined && Object.hasOwn(object, key)) {
        if (merged?.has(key) === true) merged.delete(key);
        else this.#duplicates.push({ key, offset: this.#rows[row + 1] ?? 0 });
      }
      setProperty(object, key, this.#node(":"));
    }
    return object;
  }

  /**
   * Takes the keys of what `<<` names into an object. As in the reader that Kubernetes uses, what stands before it in the mapping is replaced,
   * what stands after it wins; of several, the first wins.
   */
  #merge(object: Record<string, unknown>, from: unknown, merged: Set<string>): Set<string> {
    const sources = Array.isArray(from) ? from.toReversed() : [from];
    for (const source of sources) {
      if (typeof source !== "object" || source === null || Array.isArray(source)) {
        throw new YamlFault("value", "a merge key (<<) needs a mapping or a list of mappings", this.#base + this.#end);
      }
      for (const [key, value] of Object.entries(source)) {
        setProperty(object, key, value);
        merged.add(key);
      }
    }
    return merged;
  }

  #keyText(key: unknown, row: number): string {
    switch (typeof key) {
      case "string":
        return key;
      case "number":
      case "bigint":
      case "boolean":
        return String(key);
      default:
        throw new YamlFault("value", key === null ? "a key is empty" : "a key is a list or a mapping", this.#rows[row + 1] ?? 0);
    }
  }

  #alias(event: AliasEvent): unknown {
    this.#close(this.#open(NODE.alias, event.anchorStart - 1), event.anchorEnd);
    const name = this.#part.slice(event.anchorStart, event.anchorEnd);
    const anchor = this.#anchors.get(name);
    const offset = this.#base + event.anchorStart - 1;
    if (anchor === undefined)
      throw new YamlFault(
        "value",
        "the alias names an anchor that does not stand before it; text that begins with * must be in quotes",
        offset,
      );
    if (anchor === "open") throw new YamlFault("value", "the alias stands within the value of its own anchor", offset);
    this.#weight += anchor.weight - 1;
    this.#budget.left -= anchor.weight;
    if (this.#budget.left < 0) throw new YamlFault("aliases", `the aliases stand for more than ${ALIASED_NODES} values`, offset);
    this.#deepest = Math.max(this.#deepest, this.#depth + anchor.height);
    if (this.#deepest > DEPTH) throw new YamlFault("aliases", `the aliases nest values more than ${DEPTH} deep`, offset);
    return anchor.value;
  }

  /** The value of a scalar with a tag. Tags of one's own (`!Ref`) are ignored, as Kubernetes ignores them. */
  #tagged(event: ScalarEvent, text: string): unknown {
    const tag = this.#tagName(this.#part.slice(event.tagStart, event.tagEnd));
    switch (tag) {
      case "int": {
        const value = numberOf(text);
        if (value === undefined || (typeof value === "number" && !Number.isInteger(value)))
          throw this.#fault(event, "what stands there is no integer");
        return value;
      }
      case "float":
        return numberOf(text) ?? this.#refuse(event, "what stands there is no number");
      case "bool": {
        const value = plainScalar(text);
        return typeof value === "boolean" ? value : this.#refuse(event, "what stands there is no boolean");
      }
      case "null":
        return plainScalar(text) === null ? null : this.#refuse(event, "what stands there is not null");
      case "binary":
        return /^[A-Za-z0-9+/\s]*={0,2}\s*$/u.test(text)
          ? Buffer.from(text, "base64").toString("utf8")
          : this.#refuse(event, "this is no base64");
      default:
        return text;
    }
  }

  /** The short name of a tag of YAML itself, else the tag as written. */
  #tagName(written: string): string {
    const verbatim = /^!<(.*)>$/u.exec(written)?.[1];
    const handle = /^!(?:[^!]*!)?/u.exec(written)?.[0] ?? "!";
    const prefix = this.#tagHandles.get(handle) ?? (handle === "!!" ? "tag:yaml.org,2002:" : handle);
    const full = verbatim ?? prefix + written.slice(handle.length);
    return full.startsWith("tag:yaml.org,2002:") ? full.slice("tag:yaml.org,2002:".length) : full;
  }

  #refuse(event: ScalarEvent, message: string): never {
    throw this.#fault(event, message);
  }

  #fault(event: ScalarEvent, message: string): YamlFault {
    return new YamlFault("value", message, this.#base + Math.max(event.valueStart, event.tagStart, 0));
  }
}

function untagged(event: ScalarEvent, text: string): unknown {
  return event.style === SCALAR_STYLE.PLAIN ? plainScalar(text) : text;
}

function isMergeKey(part: string, event: Event | undefined): boolean {
  if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN || event.valueEnd - event.valueStart !== 2) return false;
  return part.startsWith("<<", event.valueStart);
}

/** Sets a property of the object itself, whatever its name. */
function setProperty(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}
