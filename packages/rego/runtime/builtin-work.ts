// How many steps a call of a builtin is worth, so that a limit of steps is one of work. One step stands for about what one turn of a small loop costs.
import { Decimal } from "./decimal.ts";
import { measure } from "./measure.ts";
import { isNumber, SetValue, type RegoArray, type RegoValue } from "./value.ts";

/** Builtins whose work does not depend on how large their operands are, or that stop at the first difference. */
const constantWork: ReadonlySet<string> = new Set(
  "equal neq lt lte gt gte count object.get type_name time.now_ns is_array is_boolean is_null is_number is_object is_set is_string".split(
    " ",
  ),
);

/** Builtins that go through everything inside of their operands. */
const wholeWork =
  /^(json\.|yaml\.|object\.(union|subset|filter|remove)|sprintf$|sort$|min$|max$|print$|trace$|crypto\.|io\.jwt|strings\.render|rego\.parse|graphql\.)/;

/** Builtins that read their texts slowly: patterns, certificates, templates. */
const slowWork = /^(regex\.|glob\.|re_match$|crypto\.x509|crypto\.parse|io\.jwt)/;

/** Whether calls of a builtin need be counted at all. */
export function isWorthCounting(name: string): boolean {
  return !constantWork.has(name);
}

/** Steps for a call that is about to be made; `most` is how many are left. */
export function workBefore(name: string, operands: RegoArray, most: number): number {
  if (name === "numbers.range" || name === "numbers.range_step") return rangeLength(operands);
  let steps = 1;
  if (wholeWork.test(name)) {
    for (const operand of operands) steps += measure(operand, (most - steps) * 16) / 16;
  } else {
    for (const operand of operands) steps += shallow(operand);
  }
  return slowWork.test(name) ? steps * 8 : steps;
}

/** Steps for what a call gave. */
export function workAfter(result: RegoValue | undefined): number {
  return shallow(result);
}

/** How long the text is that a call will build, where that is known beforehand. */
export function builtLength(name: string, operands: RegoArray): number {
  const [first, second, third] = operands;
  if (name === "concat" && typeof first === "string") {
    const items: RegoArray = Array.isArray(second) ? (second as RegoArray) : second instanceof SetValue ? second.items : [];
    return items.reduce<number>((sum, item) => sum + first.length + (typeof item === "string" ? item.length : 0), 0);
  }
  if (name === "replace" && typeof first === "string" && typeof second === "string" && typeof third === "string") {
    if (second === "") return first.length + (first.length + 1) * third.length;
    let length = first.length;
    for (let at = first.indexOf(second); at >= 0; at = first.indexOf(second, at + second.length)) length += third.length - second.length;
    return length;
  }
  return 0;
}

function shallow(value: RegoValue | undefined): number {
  if (typeof value === "string") return value.length / 32;
  if (typeof value === "bigint") return bigWork(value);
  if (typeof value !== "object" || value === null) return 0;
  if (value instanceof Decimal) return value.writtenText().length / 16;
  if (Array.isArray(value)) return value.length / 4;
  return value instanceof SetValue ? value.size / 4 : 0;
}

/** Multiplying takes more than linear time in the digits. */
function bigWork(value: bigint): number {
  const digits = value.toString(16).length;
  return (digits * Math.sqrt(digits)) / 256;
}

function rangeLength([from, to, by = 1]: RegoArray): number {
  if (!isNumber(from) || !isNumber(to) || !isNumber(by)) return 1;
  return 1 + Math.abs(Number(to) - Number(from)) / Math.max(1, Math.abs(Number(by)));
}
