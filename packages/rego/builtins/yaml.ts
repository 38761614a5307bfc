// https://www.openpolicyagent.org/docs/policy-reference#encoding. YAML as Kubernetes reads it through sigs.k8s.io/yaml: the words of YAML 1.1
// (`yes`, `on`), octal `0755`, merge keys, no dates, no base 60; every key is a string, as in JSON.
import {
  CHOMPING_MODE,
  constructFromEvents,
  defineScalarTag,
  EVENT_ID,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
  parseEvents,
  SCALAR_STYLE,
  Schema,
  seqTag,
  strTag,
  type Event,
} from "js-yaml";
import type { PlainNumber } from "../runtime/decimal.ts";
import type { RegoNumber, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { any, boolean, string } from "./type-description.ts";
import { nothings, readFloat, readInteger, truths, untruths } from "./yaml-scalars.ts";
import { marshalYaml } from "./yaml-text.ts";

const numberStarts = Array.from("+-.0123456789");

const kubernetesSchema: Schema = new Schema([
  strTag,
  seqTag,
  mapTag,
  mergeTag,
  defineScalarTag<null>("tag:yaml.org,2002:null", {
    implicit: true,
    implicitFirstChars: ["", "~", "n", "N"],
    resolve: (source) => (nothings.has(source) ? null : NOT_RESOLVED),
    identify: () => false,
  }),
  defineScalarTag<boolean>("tag:yaml.org,2002:bool", {
    implicit: true,
    implicitFirstChars: Array.from("tTfF"),
    resolve: (source) => (truths.has(source) ? true : untruths.has(source) ? false : NOT_RESOLVED),
    identify: () => false,
  }),
  defineScalarTag<PlainNumber>("tag:yaml.org,2002:int", {
    implicit: true,
    implicitFirstChars: numberStarts,
    resolve: readInteger,
    identify: () => false,
  }),
  defineScalarTag<RegoNumber>("tag:yaml.org,2002:float", {
    implicit: true,
    implicitFirstChars: numberStarts,
    resolve: readFloat,
    identify: () => false,
  }),
]);

/** A few lines of aliases of aliases would stand for more values than fit the memory. */
const mostAliases = 1000;

/** Only a text with something like this can be what `isOdd` looks for. */
const mayBeOdd = /&|(?:^|[\s{,[\-?])\s*:(?:\s|$)/;
const plainName = /^[0-9A-Za-z_-]+$/;

/** What YAML 1.2 allows and YAML 1.1 does not: names of anchors with other characters than letters, digits, `_` and `-`, and nothing at all before the colon of an entry. */
function isOdd(source: string, events: readonly Event[]): boolean {
  // Whether the next node is a key, for each collection around it; a document and a list have none.
  const around: (boolean | null)[] = [];
  for (const event of events) {
    const isKey = around.at(-1) === true;
    if (typeof around.at(-1) === "boolean" && event.type !== EVENT_ID.POP) around[around.length - 1] = !isKey;
    if (event.type === EVENT_ID.POP) around.pop();
    else if (event.type === EVENT_ID.MAPPING) around.push(true);
    else if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.DOCUMENT) around.push(null);
    if (!("anchorStart" in event)) continue;
    if (event.anchorStart >= 0 && !plainName.test(source.slice(event.anchorStart, event.anchorEnd))) return true;
    if (isKey && event.type === EVENT_ID.SCALAR && isNothing(event)) return true;
  }
  return false;
}

function isNothing({ valueStart, valueEnd, anchorStart, tagStart, style }: Event & { readonly type: typeof EVENT_ID.SCALAR }): boolean {
  return valueStart === valueEnd && anchorStart < 0 && tagStart < 0 && style === SCALAR_STYLE.PLAIN;
}

/** A block that the text ends in ends as its last line does: without a line break where that has none. */
function cutAtEnd(source: string, events: readonly Event[]): void {
  if (/(?:^|[\r\n])[ \t]*$/.test(source)) return;
  const last = events.findLast(({ type }) => type !== EVENT_ID.POP);
  const isBlock = last?.type === EVENT_ID.SCALAR && (last.style === SCALAR_STYLE.LITERAL_BLOCK || last.style === SCALAR_STYLE.FOLDED_BLOCK);
  if (isBlock) last.chomping = CHOMPING_MODE.STRIP;
}

/** The first document of a YAML text, null for an empty text, or undefined if it is no YAML. */
export function unmarshalYaml(text: string): RegoValue | undefined {
  try {
    if (/^[ \r\n]*\t/.test(text)) return undefined;
    // U+0085 is a line break, as in YAML 1.1.
    const source = text.replaceAll("\u0085", "\n");
    const events = parseEvents(source, {});
    if (mayBeOdd.test(source) && isOdd(source, events)) return undefined;
    cutAtEnd(source, events);
    const [document] = constructFromEvents(events, { source, schema: kubernetesSchema, maxAliases: mostAliases });
    if (document === undefined) return null;
    // Only what has a name can stand within itself.
    const finite = !text.includes("&") || !containsItself(document, new Set(), new Set());
    return finite ? (document as RegoValue) : undefined;
  } catch {
    return undefined;
  }
}

/** How much text the documents that an evaluation remembers may have been read from, in UTF-16 units. */
const mostRemembered = 1_000_000;

interface Remembered {
  readonly documents: Map<string, RegoValue | undefined>;
  size: number;
}

const remembered: WeakMap<object, Remembered> = new WeakMap();

/**
 * The same, read once in an evaluation, which is known by its memory: rules ask for one setting of a configuration file after the other, and the nodes of a cluster have
 * mostly the same files.
 */
function readOnce(memory: object, text: string): RegoValue | undefined {
  let known = remembered.get(memory);
  if (known === undefined || known.size > mostRemembered) {
    known = { documents: new Map(), size: 0 };
    remembered.set(memory, known);
  }
  const found = known.documents.get(text);
  if (found !== undefined || known.documents.has(text)) return found;
  const document = unmarshalYaml(text);
  known.documents.set(text, document);
  known.size += text.length;
  return document;
}

/** Whether an alias stands within what it names. `around` are the collections around this value, `done` those that are known to be finite. */
function containsItself(value: unknown, around: Set<unknown>, done: Set<unknown>): boolean {
  if (typeof value !== "object" || value === null || done.has(value)) return false;
  if (around.has(value)) return true;
  around.add(value);
  if (Object.values(value).some((item) => containsItself(item, around, done))) return true;
  around.delete(value);
  done.add(value);
  return false;
}

export const yaml: readonly Builtin[] = [
  define({
    name: "yaml.marshal",
    args: [any],
    result: string,
    evaluate: (context, value) => marshalYaml(value) ?? context.fail("eval_builtin_error", "control characters are not allowed"),
  }),
  define({
    name: "yaml.unmarshal",
    args: [string],
    result: any,
    evaluate(context, text) {
      const value = readOnce(context.memory, text);
      return value === undefined ? context.fail("eval_builtin_error", "no valid YAML") : value;
    },
  }),
  define({
    name: "yaml.is_valid",
    args: [any],
    result: boolean,
    evaluate: (_, text) => typeof text === "string" && unmarshalYaml(text) !== undefined,
  }),
];
