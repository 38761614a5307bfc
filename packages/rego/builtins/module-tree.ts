// Syntax trees of Rego as JSON, in the shape that `opa parse --format json` shows. https://www.openpolicyagent.org/docs/cli#parse
import { Buffer } from "node:buffer";
import type { Body, ExpressionLiteral, Literal, Module, Reference, Rule, Term, Variable, With } from "../1-parse/ast.ts";
import type { JsonValue } from "../runtime/json.ts";
import { typeName } from "../runtime/value.ts";

type Json = JsonValue;
type JsonObject = { readonly [key: string]: JsonValue };

/** What stands behind `#`, and where that is; rows and columns count from 1. */
export interface Comment {
  readonly text: string;
  readonly row: number;
  readonly column: number;
}

/** The tree of a module from a file of that name, with the comments in it. */
export function moduleTree(module: Module, comments: readonly Comment[], file: string): JsonObject {
  const commentNode = ({ text, row, column }: Comment): JsonObject => ({
    Text: Buffer.from(text, "utf8").toString("base64"),
    Location: { file, row, col: column },
  });
  return {
    package: { path: referenceSteps(module.package) },
    ...(module.imports.length === 0
      ? {}
      : { imports: module.imports.map(({ path, alias }) => ({ path: term(path), ...(alias === null ? {} : { alias }) })) }),
    ...(module.rules.length === 0 ? {} : { rules: module.rules.map(rule) }),
    ...(comments.length === 0 ? {} : { comments: comments.map(commentNode) }),
  };
}

function rule(from: Rule): JsonObject {
  const [first, ...later] = from.else;
  return {
    ...(from.default ? { default: true } : {}),
    head: head(from),
    body: body(from.body),
    ...(first === undefined ? {} : { else: elseBranch(from, [first, ...later]) }),
  };
}

function head({ head: from }: Rule): JsonObject {
  const { reference, args, contains, value, assigned } = from;
  const [last] = reference.steps.slice(-1);
  const isPartial = reference.steps.length === 1 && last?.kind !== "scalar";
  const isNamed = (reference.steps.length === 0 || isPartial) && reference.head.kind === "variable";
  const name = isNamed && reference.head.kind === "variable" ? { name: reference.head.name } : {};
  // The last step of `p[x] := v` is a key as well.
  const key = contains ?? (last === undefined || last.kind === "scalar" ? undefined : last);
  return {
    ...name,
    ...(args === null ? {} : { args: args.map(term) }),
    ...(key === undefined ? {} : { key: term(key) }),
    ...(contains !== null ? {} : { value: value === null ? truth : term(value) }),
    ...(assigned === ":=" ? { assign: true } : {}),
    ref: referenceSteps(reference),
  };
}

const truth: JsonObject = { type: "boolean", value: true };

/** Each branch is a rule inside the one before. */
function elseBranch(from: Rule, branches: Rule["else"]): JsonObject {
  const [first, ...later] = branches;
  const { reference } = from.head;
  return {
    head: {
      ...(reference.head.kind === "variable" ? { name: reference.head.name } : {}),
      ...(from.head.args === null ? {} : { args: from.head.args.map(term) }),
      value: first?.value === undefined || first.value === null ? truth : term(first.value),
      ...(first?.assigned === true ? { assign: true } : {}),
      ref: referenceSteps(reference),
    },
    body: body(first?.body ?? []),
    ...(later.length === 0 ? {} : { else: elseBranch(from, later) }),
  };
}

function body(from: Body): Json[] {
  if (from.length === 0) return [{ index: 0, terms: truth, generated: true }];
  return from.map((literal, index) => ({ index, ...expression(literal) }));
}

function expression(literal: Literal): JsonObject {
  switch (literal.kind) {
    case "expression":
      return { terms: callOrTerm(literal.term), ...(literal.negated ? { negated: true } : {}), ...modifiers(literal.with) };
    case "some":
      return { terms: { symbols: literal.variables.map(term) } };
    case "some-in": {
      const operands = [...(literal.key === null ? [] : [literal.key]), literal.value, literal.domain].map(term);
      const operator = builtinReference(literal.key === null ? "internal.member_2" : "internal.member_3");
      return { terms: { symbols: [{ type: "call", value: [operator, ...operands] }] }, ...modifiers(literal.with) };
    }
    case "every": {
      const key = literal.key === null ? null : term(literal.key);
      return {
        terms: { key, value: term(literal.value), domain: term(literal.domain), body: body(literal.body) },
        ...modifiers(literal.with),
      };
    }
    case "not":
      return { terms: { not: body(literal.body) }, ...modifiers(literal.with) };
    default:
      return { terms: { [literal.operator]: literal.operands.map(body) }, ...modifiers(literal.with) };
  }
}

function modifiers(list: readonly With[]): JsonObject {
  return list.length === 0 ? {} : { with: list.map(({ target, value }) => ({ target: term(target), value: term(value) })) };
}

/** An expression that is a call is its operator and its operands. */
function callOrTerm(from: Term): Json {
  return from.kind === "call" ? callTerms(from) : term(from);
}

function callTerms(from: Term & { readonly kind: "call" }): Json[] {
  const { operator } = from;
  const reference = operator.kind === "variable" ? { type: "ref", value: [variable(operator.name)] } : term(operator);
  return [reference, ...from.args.map(term)];
}

function builtinReference(name: string): JsonObject {
  const [first = "", ...steps] = name.split(".");
  return { type: "ref", value: [variable(first), ...steps.map((value) => ({ type: "string", value }))] };
}

function variable(name: string): JsonObject {
  return { type: "var", value: name };
}

/** OPA counts wildcards from zero. */
function variableTerm({ name, wildcard }: Variable): JsonObject {
  return variable(wildcard ? `$${Number(name.slice(1)) - 1}` : name);
}

/** What stands in braces; a constant is shown as such. */
function templatePart(part: string | ExpressionLiteral): JsonObject {
  if (typeof part === "string") return { type: "string", value: part };
  return part.term.kind === "scalar" ? term(part.term) : { index: 0, ...expression(part) };
}

function referenceSteps({ head: start, steps }: Reference): Json[] {
  return [start.kind === "variable" ? variableTerm(start) : term(start), ...steps.map(term)];
}

function term(from: Term): JsonObject {
  switch (from.kind) {
    case "scalar":
      // Null has no value of its own in the tree.
      return { type: typeName(from.value), value: from.value === null ? {} : from.value };
    case "variable":
      // The documents are references, which go no further here.
      return from.name === "input" || from.name === "data" ? { type: "ref", value: [variable(from.name)] } : variableTerm(from);
    case "reference":
      return { type: "ref", value: referenceSteps(from) };
    case "array":
    case "set":
      return { type: from.kind, value: from.items.map(term) };
    case "object":
      return { type: "object", value: from.entries.map(([key, value]) => [term(key), term(value)]) };
    case "comprehension": {
      const parts = from.key === null ? { term: term(from.value) } : { key: term(from.key), value: term(from.value) };
      return { type: `${from.collects}comprehension`, value: { ...parts, body: body(from.body) } };
    }
    case "call":
      return { type: "call", value: callTerms(from) };
    default:
      return {
        type: "templatestring",
        value: { parts: from.parts.map(templatePart), multi_line: from.raw },
      };
  }
}
