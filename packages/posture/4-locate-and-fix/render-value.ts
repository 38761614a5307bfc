import { plainScalar } from "../yaml/plain-scalar.ts";
import type { TextStyle } from "./text-style.ts";

/** Where a scalar is to stand: in flow style some characters need quotes that need none in block style; in JSON every text does. */
export type Context = "block" | "flow" | "json";
export type Quote = "'" | '"' | undefined;

/** Whether a value fits behind its key: a scalar, or an empty list or mapping. */
export function isInline(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** Texts without white space at the ends that need no quotes, if they mean no number or word either. */
const PLAIN_BLOCK =
  /^(?![-?:](?:\s|$)|---|\.\.\.)[^\s\-?:,[\]{}#&*!|>'"%@`](?:[^\p{C}\s:#]|:(?=\S)|(?<=\S)#|[ ](?=[^\s#]))*$|^[-?:][^\s,[\]{}#:'"][^\p{C}\s:#]*$/u;
const FLOW_INDICATORS = /[,[\]{}]/u;
/** Texts that other readers of YAML take for dates, times and the like. */
const AMBIGUOUS = /^(?:\d{4}-\d|\d+(?::\d+)+|=|<<|[-+]?\.(?:inf|nan)|0[xob]|[-+]?[\d._]+(?:[eE][-+]?\d+)?$)/iu;

/** Writes a scalar, or an empty list or mapping. */
export function inlineText(value: unknown, context: Context, quote?: Quote): string {
  if (typeof value === "string") return stringText(value, context, quote);
  if (Array.isArray(value)) return "[]";
  if (typeof value === "object" && value !== null) return "{}";
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

function stringText(value: string, context: Context, quote: Quote): string {
  if (context === "json" || quote === '"') return JSON.stringify(value);
  const oneLine = !/[\p{C}\u2028\u2029]/u.test(value);
  if (quote === "'" && oneLine) return `'${value.replaceAll("'", "''")}'`;
  const plain =
    PLAIN_BLOCK.test(value) &&
    plainScalar(value) === value &&
    !AMBIGUOUS.test(value) &&
    !(context === "flow" && (FLOW_INDICATORS.test(value) || value.includes(":")));
  return plain ? value : JSON.stringify(value);
}

/** Writes a value in flow style: `{a: 1, b: [c]}`, or JSON. */
export function flowText(value: unknown, context: "flow" | "json", tight = false): string {
  if (isInline(value)) return inlineText(value, context);
  const comma = tight ? "," : ", ";
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item, context, tight)).join(comma)}]`;
  return `{${Object.entries(value as object)
    .map(([key, item]) => pairText(key, item, context, tight))
    .join(comma)}}`;
}

/** Writes an entry of a flow mapping. */
export function pairText(key: string, value: unknown, context: "flow" | "json", tight = false): string {
  return `${inlineText(key, context)}:${tight ? "" : " "}${flowText(value, context, tight)}`;
}

/** Writes a mapping or a list that is not empty as lines in block style. */
export function blockLines(value: unknown, indent: number, style: TextStyle): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => itemLines(item, indent, style));
  return Object.entries(value as object).flatMap(([key, item]) => entryLines(key, item, indent, style));
}

/** Writes an entry of a block mapping as lines. */
export function entryLines(key: string, value: unknown, indent: number, style: TextStyle): string[] {
  const name = `${" ".repeat(indent)}${inlineText(key, "block")}:`;
  if (isInline(value)) return [`${name} ${inlineText(value, "block")}`];
  return [name, ...blockLines(value, indent + (Array.isArray(value) ? style.listOffset : style.unit), style)];
}

/** Writes an item of a block sequence as lines. */
export function itemLines(value: unknown, indent: number, style: TextStyle): string[] {
  const dash = `${" ".repeat(indent)}- `;
  if (isInline(value)) return [dash + inlineText(value, "block")];
  const lines = blockLines(value, indent + dash.length - indent, style);
  return lines.map((line, at) => (at === 0 ? dash + line.slice(dash.length) : line));
}
