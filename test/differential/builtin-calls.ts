// Random calls of builtins. Their operands come from the cases that packages/rego keeps for each builtin, changed at random, and from values by the declared types.
import { builtins } from "../../packages/rego/builtins/list.ts";
import type { Builtin } from "../../packages/rego/builtins/define.ts";
import { readCases } from "../../packages/rego/builtins/tester.ts";
import type { TypeDescription } from "../../packages/rego/builtins/type-description.ts";
import { numberText, parseNumber } from "../../packages/rego/runtime/numbers.ts";
import { ObjectBuilder } from "../../packages/rego/runtime/rego-object.ts";
import { RegoSet } from "../../packages/rego/runtime/rego-set.ts";
import { isArray, isNumber, isObject, isSet, type RegoValue } from "../../packages/rego/runtime/value.ts";
import { entriesInOrder } from "../../packages/rego/runtime/iteration.ts";
import type { Question } from "./question.ts";
import type { Random } from "./random.ts";

/** Builtins that give something else each time, reach the network, print, or that OPA does not have. */
const incomparable: ReadonlySet<string> = new Set([
  "rand.intn",
  "time.now_ns",
  "opa.runtime",
  "uuid.rfc4122",
  "http.send",
  "net.lookup_ip_addr",
  "print",
  "trace",
  "image.parse_normalized_name",
]);

/** The builtins that both engines can be asked about. */
export const comparable: readonly Builtin[] = builtins.filter(({ name }) => !incomparable.has(name) && !name.startsWith("internal."));

const numbers: readonly RegoValue[] = [
  "0",
  "1",
  "2",
  "3",
  "-1",
  "-7",
  "10",
  "100",
  "1.5",
  "-2.5",
  "0.1",
  "1.0",
  "1e3",
  "0.10",
  "1e-7",
  "3.3",
  "255",
]
  .concat([
    "9007199254740991",
    "9007199254740993",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1700000000123456789",
  ])
  .map((text) => parseNumber(text) ?? 0);

const texts: readonly string[] = [
  "",
  "a",
  "b",
  "A",
  "ab",
  "abc",
  "a.b",
  "a/b/c",
  " a ",
  "1",
  "-1",
  "1.5",
  "true",
  "null",
  "äöü",
  "ÀÉ",
  "ß",
  "ẞ",
  "İ",
  "ı",
  "ǅ",
  "ς",
  "Σ",
  "\u{1F600}",
  "e\u0301",
].concat([
  "\u0000",
  "\t\n",
  "\u00a0x\u2003",
  "\u2028",
  "\ufeff",
  "\ufffd",
  "\u212a",
  '"',
  "\\",
  "%d",
  "{{",
  "[a-z]+",
  "(a|b)*",
  "a,b,,c",
  "é",
  "日本語",
  "x".repeat(70),
]);

const scalars: readonly RegoValue[] = [null, true, false, ...numbers.slice(0, 12), ...texts.slice(0, 20)];

/** The operands that the cases of a builtin have at each position. */
const pools: ReadonlyMap<string, readonly (readonly RegoValue[])[]> = poolsOf();

function poolsOf(): ReadonlyMap<string, readonly (readonly RegoValue[])[]> {
  const found = new Map<string, RegoValue[][]>();
  for (const one of [...readCases(new URL("../../packages/rego/builtins/cases/", import.meta.url)).values()].flat()) {
    const positions = found.get(one.call) ?? [];
    found.set(one.call, positions);
    one.args.forEach((operand, i) => (positions[i] ??= []).push(operand));
  }
  return found;
}

/** Makes one call of a builtin, with operands that mostly suit it. */
export function randomCall(builtin: Builtin, random: Random): Question {
  let operands = builtin.args.map((type, i) => operandOf(builtin, type, i, random));
  while (isEndless(builtin.name, operands)) operands = builtin.args.map((type, i) => operandOf(builtin, type, i, random));
  const places = operands.map((_, i) => `input[${i}]`);
  const query = builtin.relation === true ? `${builtin.name}(${places.join(", ")}, x)` : `x = ${builtin.name}(${places.join(", ")})`;
  return {
    modules: [],
    version: builtin.deprecated === true ? "v0" : "v1",
    query,
    inputTerm: termText(operands),
    inputValue: operands,
    strict: true,
  };
}

/** Whether the result would have millions of items, or OPA would not come to an end. */
function isEndless(name: string, operands: readonly RegoValue[]): boolean {
  if (name === "numbers.range" || name === "numbers.range_step" || name === "bits.lsh")
    return operands.some((one) => isNumber(one) && Math.abs(Number(one)) > 10_000);
  if (name === "json.match_schema") return termText(operands).includes("$ref");
  const [network] = operands;
  return name === "net.cidr_expand" && typeof network === "string" && !/^[0-9.]+\/(?:2[0-9]|3[0-9])$|^[^/:.]*$|^[^/]*$/.test(network);
}

function operandOf(builtin: Builtin, type: TypeDescription, position: number, random: Random): RegoValue {
  const pool = pools.get(builtin.name)?.[position] ?? [];
  if (random.chance(0.02)) return valueOf({ kind: "any" }, random, 2);
  if (pool.length > 0 && random.chance(0.65)) {
    const value = random.pick(pool);
    return random.chance(0.5) ? value : changed(value, pool, random);
  }
  return valueOf(type, random, 2);
}

function valueOf(type: TypeDescription, random: Random, depth: number): RegoValue {
  switch (type.kind) {
    case "null":
      return null;
    case "boolean":
      return random.chance(0.5);
    case "number":
      return type.integer && random.chance(0.9) ? random.pick(numbers.slice(0, 8)) : random.pick(numbers);
    case "string":
      return random.chance(0.8) ? random.pick(texts) : random.pick(texts) + random.pick(texts);
    case "array":
      return random.several(0, 4, () => valueOf(type.of, random, depth - 1));
    case "set":
      return RegoSet.from(random.several(0, 4, () => valueOf(type.of, random, depth - 1)));
    case "object":
      return objectOf(random.several(0, 4, () => [valueOf(type.key, random, 0), valueOf(type.value, random, depth - 1)] as const));
    case "union":
      return valueOf(random.pick(type.of), random, depth);
    case "any":
      return anyValue(random, depth);
  }
}

function anyValue(random: Random, depth: number): RegoValue {
  if (depth <= 0 || random.chance(0.5)) return random.pick(scalars);
  const inner = (): RegoValue => anyValue(random, depth - 1);
  if (random.chance(0.4)) return random.several(0, 4, inner);
  if (random.chance(0.3)) return RegoSet.from(random.several(0, 4, inner));
  return objectOf(random.several(0, 4, () => [random.chance(0.85) ? random.pick(texts) : inner(), inner()] as const));
}

function objectOf(entries: readonly (readonly [RegoValue, RegoValue])[]): RegoValue {
  const builder = new ObjectBuilder();
  for (const [key, value] of entries) builder.set(key, value);
  return builder.build();
}

/** A value like another: a text with a small change, a collection with one member changed, added or left out. */
function changed(value: RegoValue, pool: readonly RegoValue[], random: Random): RegoValue {
  if (typeof value === "string") return changedText(value, pool, random);
  if (isNumber(value)) return random.pick(numbers);
  if (isArray(value)) return changedItems(value, pool, random);
  if (isSet(value)) return RegoSet.from(changedItems(value.sorted(), pool, random));
  if (!isObject(value)) return random.pick(scalars);
  const entries = entriesInOrder(value).map(([key, item]) => [key, item] as const);
  if (entries.length === 0 || random.chance(0.2)) return objectOf([...entries, [random.pick(texts), random.pick(scalars)]]);
  const at = random.below(entries.length);
  const [key, item] = entries[at] as readonly [RegoValue, RegoValue];
  if (random.chance(0.2)) return objectOf(entries.toSpliced(at, 1));
  return objectOf(entries.with(at, random.chance(0.2) ? [random.pick(texts), item] : [key, changed(item, pool, random)]));
}

function changedItems(items: readonly RegoValue[], pool: readonly RegoValue[], random: Random): RegoValue[] {
  const at = random.below(items.length + 1);
  if (at === items.length || random.chance(0.2))
    return items.toSpliced(at, 0, random.pick(items.length > 0 && random.chance(0.5) ? items : scalars));
  return random.chance(0.2) ? items.toSpliced(at, 1) : items.with(at, changed(items[at] as RegoValue, pool, random));
}

function changedText(text: string, pool: readonly RegoValue[], random: Random): string {
  const characters = Array.from(text);
  const at = random.below(characters.length + 1);
  switch (random.below(6)) {
    case 0:
      return characters.toSpliced(at, 1).join("");
    case 1:
      return characters.toSpliced(at, 0, random.pick(texts)).join("");
    case 2:
      return characters.toSpliced(at, 0, random.pick(Array.from("0123456789.-+/:*?[]{}()\\ eETZ%$^|,=\"'"))).join("");
    case 3:
      return characters.slice(0, at).join("");
    case 4:
      return random.chance(0.5) ? text.toUpperCase() : text.toLowerCase();
    default: {
      const other = random.pick(pool);
      return typeof other === "string" ? characters.slice(0, at).join("") + Array.from(other).slice(at).join("") : text;
    }
  }
}

/** A value in Rego's notation, with the escapes of JSON. */
function termText(value: RegoValue): string {
  // A byte-order mark may not stand in a source.
  if (typeof value === "string") return JSON.stringify(value.toWellFormed()).replaceAll("\ufeff", "\\ufeff");
  if (isNumber(value)) return numberText(value);
  if (isArray(value)) return `[${value.map(termText).join(", ")}]`;
  if (isSet(value)) return value.size === 0 ? "set()" : `{${value.sorted().map(termText).join(", ")}}`;
  if (isObject(value))
    return `{${entriesInOrder(value)
      .map(([key, item]) => `${termText(key)}: ${termText(item)}`)
      .join(", ")}}`;
  return String(value);
}
