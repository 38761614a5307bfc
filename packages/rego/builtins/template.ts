// `strings.render_template`: Go's text/template over Rego values. https://pkg.go.dev/text/template
import { Decimal } from "../runtime/decimal.ts";
import { compare, equals } from "../runtime/compare.ts";
import { entriesInOrder, sizeOf } from "../runtime/iteration.ts";
import { lookup } from "../runtime/lookup.ts";
import { own, setOwn } from "../runtime/own.ts";
import { isArray, isNumber, isObject, isPlainObject, isSet } from "../runtime/value.ts";
import type { RegoValue } from "../runtime/value.ts";
import { numberText } from "../runtime/numbers.ts";
import { displayText } from "../runtime/display.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { encodeQuery } from "./encodings.ts";
import { sprintf } from "./sprintf.ts";
import type { Operand, Pipeline, Template, TemplateNode } from "./template-syntax.ts";
import { parseTemplate, TemplateError } from "./template-syntax.ts";
import { any, objectOf, string } from "./type-description.ts";

/** A value inside of a template; what a key that is not there gives is undefined. */
type Value = RegoValue | undefined;
type Signal = "break" | "continue" | undefined;

/** Templates may call each other, but not without end. */
const deepestCall = 100;

class Rendering {
  output = "";
  private readonly template: Template;
  private variables: (readonly [name: string, place: { value: Value }])[] = [];
  private depth = 0;

  constructor(template: Template, data: RegoValue) {
    this.template = template;
    this.variables.push(["$", { value: data }]);
  }

  nodes(nodes: readonly TemplateNode[], dot: Value): Signal {
    const scope = this.variables.length;
    for (const node of nodes) {
      const signal = this.node(node, dot);
      if (signal !== undefined) {
        this.variables.length = scope;
        return signal;
      }
    }
    this.variables.length = scope;
    return undefined;
  }

  private node(node: TemplateNode, dot: Value): Signal {
    switch (node.kind) {
      case "text":
        this.output += node.text;
        return undefined;
      case "action": {
        const value = this.pipeline(node.pipeline, dot);
        if (node.pipeline.variables.length === 0) this.output += printed(value);
        return undefined;
      }
      case "template":
        this.call(node.name, node.pipeline === null ? null : this.pipeline(node.pipeline, dot));
        return undefined;
      case "range":
        return this.range(node, dot);
      case "if":
      case "with":
        return this.branch(node, dot);
      default:
        return node.kind;
    }
  }

  private branch(node: Extract<TemplateNode, { readonly otherwise: unknown }>, dot: Value): Signal {
    const scope = this.variables.length;
    const value = this.pipeline(node.pipeline, dot);
    const signal = isTrue(value) ? this.nodes(node.body, node.kind === "with" ? value : dot) : this.nodes(node.otherwise, dot);
    this.variables.length = scope;
    return signal;
  }

  private range(node: Extract<TemplateNode, { readonly otherwise: unknown }>, dot: Value): Signal {
    const scope = this.variables.length;
    const value = this.evaluate(node.pipeline, dot);
    const entries = rangeOver(value);
    for (const [key, item] of entries) {
      const [first, second] = node.pipeline.variables;
      if (first !== undefined && second !== undefined) {
        this.set(first, key, node.pipeline.declares);
        this.set(second, item, node.pipeline.declares);
      } else if (first !== undefined) this.set(first, item, node.pipeline.declares);
      const signal = this.nodes(node.body, item);
      this.variables.length = scope;
      if (signal === "break") break;
    }
    return entries.length === 0 ? this.nodes(node.otherwise, dot) : undefined;
  }

  private call(name: string, dot: Value): void {
    const body = this.template.named.get(name);
    if (body === undefined) throw new TemplateError(`template ${JSON.stringify(name)} is not defined`);
    if (++this.depth > deepestCall) throw new TemplateError("templates call each other too deep");
    const outer = this.variables;
    this.variables = [["$", { value: dot }]];
    this.nodes(body, dot);
    this.variables = outer;
    this.depth--;
  }

  private pipeline(pipeline: Pipeline, dot: Value): Value {
    const value = this.evaluate(pipeline, dot);
    const [name] = pipeline.variables;
    if (name !== undefined) this.set(name, value, pipeline.declares);
    return value;
  }

  private evaluate(pipeline: Pipeline, dot: Value): Value {
    let result: Value;
    for (const [i, command] of pipeline.commands.entries()) {
      const [first, ...rest] = command;
      const handedOn = i > 0 ? [result] : [];
      if (first?.kind === "function") result = this.apply(first.name, rest, handedOn, dot);
      else if (rest.length > 0 || i > 0) throw new TemplateError("a value cannot be given arguments");
      else result = this.operand(first as Operand, dot);
    }
    return result;
  }

  private operand(operand: Operand, dot: Value): Value {
    switch (operand.kind) {
      case "dot":
        return dot;
      case "literal":
        return operand.value;
      case "variable":
        return this.place(operand.name).value;
      case "function":
        return this.apply(operand.name, [], [], dot);
      case "pipeline":
        return this.evaluate(operand.pipeline, dot);
      default:
        return operand.names.reduce(field, this.operand(operand.of, dot));
    }
  }

  private apply(name: string, operands: readonly Operand[], handedOn: readonly Value[], dot: Value): Value {
    if (name === "and" || name === "or") return this.logical(name, operands, handedOn, dot);
    const known = functions.get(name);
    if (known === undefined) throw new TemplateError(`function ${JSON.stringify(name)} is not defined`);
    return known(...operands.map((operand) => this.operand(operand, dot)), ...handedOn);
  }

  /** The first operand that decides, or the last one; what comes after it is not evaluated. */
  private logical(name: "and" | "or", operands: readonly Operand[], handedOn: readonly Value[], dot: Value): Value {
    if (operands.length + handedOn.length === 0) throw new TemplateError(`${name} needs an argument`);
    let value: Value;
    for (const operand of operands) {
      value = this.operand(operand, dot);
      if (isTrue(value) === (name === "or")) return value;
    }
    return handedOn.length > 0 ? handedOn[0] : value;
  }

  private place(name: string): { value: Value } {
    const found = this.variables.findLast(([variable]) => variable === name);
    if (found === undefined) throw new TemplateError(`undefined variable ${JSON.stringify(name)}`);
    return found[1];
  }

  private set(name: string, value: Value, declare: boolean): void {
    if (declare) this.variables.push([name, { value }]);
    else this.place(name).value = value;
  }
}

function field(value: Value, name: string): Value {
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new TemplateError(`no field ${name} in what is no object`);
  return lookup(value, name);
}

function rangeOver(value: Value): readonly (readonly [Value, Value])[] {
  if (value === undefined || value === null) return [];
  if (isArray(value) || isObject(value)) return entriesInOrder(value);
  if (typeof value === "number" && Number.isInteger(value) && value <= 1_000_000) {
    return Array.from({ length: Math.max(0, value) }, (_, i) => [i, i] as const);
  }
  throw new TemplateError("range can't iterate over it");
}

/** Nothing, false, zero and whatever is empty are false. */
function isTrue(value: Value): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === "") return false;
  // A number of the data is a text to Go, and no number has an empty one.
  return sizeOf(value) !== 0;
}

/** As Go's `print` shows JSON's values: `[1 2]`, `map[a:1]`; OPA says `<undefined>` where Go has no value. */
function printed(value: Value): string {
  if (value === undefined || value === null) return "<undefined>";
  if (typeof value === "string") return value;
  if (isNumber(value)) return numberText(value);
  if (isArray(value)) return `[${value.map(printed).join(" ")}]`;
  if (isObject(value)) {
    return `map[${entriesInOrder(value)
      .map(([key, item]) => `${printed(key)}:${printed(item)}`)
      .join(" ")}]`;
  }
  return displayText(value);
}

/** The value as Go compares it: numbers of the data are texts there, those of the template are numbers. */
function basic(value: RegoValue): string | number | bigint | boolean {
  if (value instanceof Decimal) return value.writtenText();
  if (typeof value === "object") throw new TemplateError("a value that can't be compared");
  return value;
}

function ordered(a: Value, b: Value): number {
  const [x, y] = [basic(a ?? null), basic(b ?? null)];
  const comparable = typeof x !== "boolean" && (typeof x === "string") === (typeof y === "string");
  if (!comparable) throw new TemplateError("incompatible types for comparison");
  return compare(x, y);
}

function same(a: Value, b: Value): boolean {
  if (a === undefined || b === undefined || a === null || b === null) return (a ?? null) === (b ?? null);
  const [x, y] = [basic(a), basic(b)];
  const numeric = typeof x !== "string" && typeof x !== "boolean";
  if (numeric ? typeof y === "string" || typeof y === "boolean" : typeof x !== typeof y)
    throw new TemplateError("incompatible types for comparison");
  return equals(x, y);
}

function length(value: Value): number {
  const text = value instanceof Decimal ? value.writtenText() : value;
  const size = typeof text === "string" ? new TextEncoder().encode(text).length : sizeOf(text);
  if (size === undefined) throw new TemplateError("len of what has no length");
  return size;
}

/** Operands side by side; between two that are no strings stands a space. */
function print(...values: Value[]): string {
  return values
    .map(
      (value, i) =>
        (i > 0 && !isText(value) && !isText(values[i - 1]) ? " " : "") + (value === undefined || value === null ? "<nil>" : printed(value)),
    )
    .join("");
}

function isText(value: Value): boolean {
  return typeof value === "string" || value instanceof Decimal;
}

/** As `print`, but for what Go's functions that escape say of nothing. */
function escapable(...values: Value[]): string {
  return values.length === 1 && (values[0] === undefined || values[0] === null) ? "<no value>" : print(...values);
}

const htmlEscapes: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
]);

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEscapes.get(character) as string);
}

function escapeJs(text: string): string {
  return text.replace(/[\\'"<>&=\p{Cc}\u2028\u2029]/gu, (character) => {
    if (character === "\\" || character === "'" || character === '"') return `\\${character}`;
    return `\\u${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

function slice(value: Value, from: Value = 0, to?: Value): Value {
  const size = length(value);
  const [start, end] = [Number(from), to === undefined ? size : Number(to)];
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= size))
    throw new TemplateError("index out of range");
  if (typeof value === "string") return new TextDecoder().decode(new TextEncoder().encode(value).subarray(start, end));
  if (!isArray(value)) throw new TemplateError("can't slice it");
  return value.slice(start, end);
}

function index(value: Value, ...keys: Value[]): Value {
  return keys.reduce((inner, key) => {
    const found = key === undefined ? undefined : lookup(inner, key);
    if (found === undefined && !isObject(inner)) throw new TemplateError("index out of range");
    return found;
  }, value);
}

/** A value as `printf` is given it: what is no scalar in the notation of `print`. */
function formatted(value: Value): RegoValue {
  if (value === undefined || value === null) return "<nil>";
  return typeof value === "object" ? printed(value) : value;
}

function format(template: Value, ...values: Value[]): string {
  const text = template === undefined ? undefined : sprintf(template, values.map(formatted));
  if (text === undefined) throw new TemplateError("the format must be a string");
  return text;
}

const functions: ReadonlyMap<string, (...operands: Value[]) => Value> = new Map<string, (...operands: Value[]) => Value>([
  ["not", (value) => !isTrue(value)],
  ["eq", (first, ...others) => others.some((other) => same(first, other))],
  ["ne", (a, b) => !same(a, b)],
  ["lt", (a, b) => ordered(a, b) < 0],
  ["le", (a, b) => ordered(a, b) <= 0],
  ["gt", (a, b) => ordered(a, b) > 0],
  ["ge", (a, b) => ordered(a, b) >= 0],
  ["len", length],
  ["index", index],
  ["slice", slice],
  ["print", print],
  ["println", (...values) => `${values.map(printed).join(" ")}\n`],
  ["printf", format],
  ["html", (...values) => escapeHtml(escapable(...values))],
  ["js", (...values) => escapeJs(escapable(...values))],
  ["urlquery", (...values) => encodeQuery(escapable(...values))],
]);

/** Texts with these are escaped on the way as JSON does not escape them. */
const unreadable = /[^\b\t\n\f\r\u0020-\u007e\u0080-\uffff]/;

function checkText(text: string): void {
  if (unreadable.test(text)) throw new TemplateError("invalid character in string escape code");
}

/** The data as Go reads them from JSON, which knows no sets and no other keys than texts. All numbers are decimals, which tells them from those of the template. */
function asJson(value: RegoValue): RegoValue {
  if (isNumber(value)) return new Decimal(numberText(value));
  if (isArray(value)) return value.map(asJson);
  if (isSet(value) || (isObject(value) && !isPlainObject(value))) throw new TemplateError("the data are no JSON");
  if (typeof value === "string") checkText(value);
  if (!isPlainObject(value)) return value;
  const result: Record<string, RegoValue> = {};
  for (const key of Object.keys(value)) {
    checkText(key);
    setOwn(result, key, asJson(own(value, key) ?? null));
  }
  return result;
}

/** The template with the values put in. Throws a TemplateError if the template is wrong, or does not fit them. */
function render(source: string, given: RegoValue): string {
  const template = parseTemplate(source);
  const data = asJson(given);
  const rendering = new Rendering(template, data);
  rendering.nodes(template.body, data);
  return rendering.output;
}

export const templates: readonly Builtin[] = [
  define({
    name: "strings.render_template",
    args: [string, objectOf(string, any)],
    result: string,
    evaluate(context, source, data) {
      try {
        return render(source, data);
      } catch (error) {
        if (error instanceof TemplateError) return context.fail("eval_builtin_error", error.message);
        throw error;
      }
    },
  }),
];
