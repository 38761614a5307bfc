// https://www.openpolicyagent.org/docs/policy-reference#encoding. YAML as Kubernetes reads it through sigs.k8s.io/yaml: the words of YAML 1.1
// (`yes`, `on`), octal `0755`, merge keys, no dates, no base 60; every key is a string, as in JSON.
import { defineScalarTag, dump, DUMP_SCHEMA, loadAll, mapTag, mergeTag, NOT_RESOLVED, Schema, seqTag, strTag } from "js-yaml";

import { Decimal, type PlainNumber } from "../runtime/decimal.ts";
import { toJson } from "../runtime/json.ts";
import { canonicalInteger, numberText, parseNumber } from "../runtime/numbers.ts";
import { isNumber, type RegoNumber, type RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { generalText } from "./float-text.ts";
import { compareNaturally } from "./natural-order.ts";
import { any, boolean, string } from "./type-description.ts";

const truths = new Set(["true", "True", "TRUE"]);
const untruths = new Set(["false", "False", "FALSE"]);
const nothings = new Set(["", "~", "null", "Null", "NULL"]);

const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function readInteger(source: string): PlainNumber | typeof NOT_RESOLVED {
  const match = integer.exec(source.startsWith("_") ? source : source.replaceAll("_", ""));
  if (match === null) return NOT_RESOLVED;
  const digits = match[2] as string;
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = match[1] === "-" ? -size : size;
  // What 64 bits do not hold is no integer, but a float64 if it is decimal.
  return isLong(value) ? canonicalInteger(value) : NOT_RESOLVED;
}

function isLong(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value || BigInt.asUintN(64, value) === value;
}

/** Go's float64s as its JSON has them, which are written as JavaScript writes its numbers. */
function readFloat(source: string): RegoNumber | typeof NOT_RESOLVED {
  const plain = source.startsWith("_") ? source : source.replaceAll("_", "");
  if (!float.test(plain)) return NOT_RESOLVED;
  const value = Number(plain);
  return (Object.is(value, -0) ? new Decimal("-0") : parseNumber(String(value))) ?? NOT_RESOLVED;
}

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

/** The first document of a YAML text, null for an empty text, or undefined if it is no YAML. */
export function unmarshalYaml(text: string): RegoValue | undefined {
  try {
    const [document] = loadAll(text, { schema: kubernetesSchema, maxAliases: mostAliases });
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

/** Texts that a reader of YAML 1.1 or 1.2 could take for an integer. */
const looksLikeInteger = /^[-+]?[0-9][0-9a-fA-FoxX_:]*$/;

/** The writer's own rules, by which anything is quoted that some YAML could read as other than a string; with numbers of any kind. */
const writtenSchema: Schema = DUMP_SCHEMA.withTags(
  defineScalarTag<number>("tag:yaml.org,2002:int", {
    implicit: true,
    resolve: (source) => (looksLikeInteger.test(source) || float.test(source) ? 0 : NOT_RESOLVED),
    identify: (value) => isNumber(value as RegoValue),
    represent: (value: RegoNumber) => writtenNumber(value),
  }),
  defineScalarTag<number>("tag:yaml.org,2002:float", { implicit: true, resolve: () => NOT_RESOLVED, identify: () => false }),
);

/** As Go writes what it has read the number as: an integer of 64 bits, a float64, or the text of what is greater than any. */
function writtenNumber(value: RegoNumber): string {
  const isFloat = typeof value === "bigint" ? !isLong(value) : value instanceof Decimal || !Number.isInteger(value);
  const text = numberText(value);
  const double = Number(value);
  if (!isFloat || !Number.isFinite(double)) return text;
  return text === "-0" ? "0" : generalText(double, -1);
}

/** Block style, sorted keys, lists further in than their key, long lines left alone. */
export function marshalYaml(value: RegoValue): string {
  return dump(toJson(value), {
    schema: writtenSchema,
    sortKeys: compareNaturally,
    lineWidth: -1,
    noRefs: true,
    quoteStyle: "double",
  });
}

export const yaml: readonly Builtin[] = [
  define({ name: "yaml.marshal", args: [any], result: string, evaluate: (_, value) => marshalYaml(value) }),
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
