// The mutants of a module of Rego: one condition changed in each. Places come from the parser, so that what is changed is a whole condition and nothing else.
import type { Call, ExpressionLiteral, Module, Span, Term } from "../../packages/rego/1-parse/ast.ts";

/** What is done to a condition: its opposite is asked for, or nothing is. */
export type Change = "flipped" | "removed";

/** A module with one condition changed. */
export interface Mutant {
  readonly file: string;
  /** Where the condition begins; counts from 1. */
  readonly line: number;
  /** The rule or function that the condition stands in. */
  readonly rule: string;
  /** The condition as it is written, on one line. */
  readonly condition: string;
  readonly change: Change;
  /** The text of the changed module. */
  readonly source: string;
}

/** The comparison that holds exactly where another does not. */
const OPPOSITES: Readonly<Record<string, string>> = { "==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "!=" };
const OPERATORS: Readonly<Record<string, string>> = { equal: "==", neq: "!=", lt: "<", lte: "<=", gt: ">", gte: ">=", eq: "=" };

/** The operator of a call that was written as one, by its builtin's name; null for any other term. */
function infixName(term: Term): string | null {
  return term.kind === "call" && term.infix && term.operator.kind === "variable" ? term.operator.name : null;
}

/** Where the operator of a comparison stands: between its operands, where beside it there are only brackets and spaces. */
function operatorSpan(call: Call, source: string): Span | null {
  const [left, right] = call.args;
  const written = OPERATORS[infixName(call) ?? ""];
  if (left === undefined || right === undefined || written === undefined) return null;
  const at = source.slice(left.span.end, right.span.start).indexOf(written);
  return at === -1 ? null : { start: left.span.end + at, end: left.span.end + at + written.length };
}

/** All mutants of a module, in the order of their places. A condition is an expression of a body, an `every`, or a comparison whose value is used. */
export function mutantsOf(module: Module): readonly Mutant[] {
  const { source, file } = module;
  const mutants: Mutant[] = [];
  let rule = "";

  const add = (condition: Span, change: Change, place: Span, replacement: string): void => {
    mutants.push({
      file,
      line: source.slice(0, condition.start).split("\n").length,
      rule,
      condition: source.slice(condition.start, condition.end).replaceAll(/\s+/gu, " ").trim(),
      change,
      source: source.slice(0, place.start) + replacement + source.slice(place.end),
    });
  };

  /** The opposite of a comparison; what is no comparison, or can't be found, has none. */
  const flipComparison = (condition: Span, term: Term): boolean => {
    const place = term.kind === "call" ? operatorSpan(term, source) : null;
    if (place === null) return false;
    add(condition, "flipped", place, OPPOSITES[source.slice(place.start, place.end)] ?? "");
    return true;
  };

  const expression = (literal: ExpressionLiteral): void => {
    const { span, term } = literal;
    const text = source.slice(span.start, span.end);
    if (infixName(term) === "assign") {
      visit(term);
      return;
    }
    if (literal.negated) add(span, "flipped", span, text.replace(/^not\s+/u, ""));
    else if (!flipComparison(span, term)) add(span, "flipped", span, `not ${text}`);
    add(span, "removed", span, "true");
    // The comparison itself is done; what stands inside it is not.
    for (const part of term.kind === "call" ? term.args : [term]) visit(part);
    for (const { value } of literal.with) visit(value);
  };

  /** Walks any part of the tree: what is a literal of a body is a condition, and a comparison elsewhere is one whose value is used. */
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one);
      return;
    }
    if (typeof node !== "object" || node === null || !("kind" in node)) {
      if (isElseBranch(node)) visit([node.value, node.body]);
      return;
    }
    const part = node as { readonly kind: string; readonly span: Span };
    if (part.kind === "expression") return expression(node as ExpressionLiteral);
    if (part.kind === "every" || part.kind === "not" || part.kind === "logic") add(part.span, "removed", part.span, "true");
    if (part.kind === "call") flipComparison(part.span, node as Call);
    for (const [key, value] of Object.entries(node)) if (key !== "span" && key !== "annotations" && typeof value === "object") visit(value);
  };

  for (const one of module.rules) {
    rule = source.slice(one.head.reference.span.start, one.head.reference.span.end);
    visit([one.head.contains, one.head.value, one.body, one.else]);
  }
  return mutants;
}

function isElseBranch(node: unknown): node is { readonly value: unknown; readonly body: unknown } {
  return typeof node === "object" && node !== null && "value" in node && "body" in node;
}
