import type { Body, Literal } from "../1-parse/ast.ts";
import { parseQuery } from "../1-parse/parse-query.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { EvaluateOptions, Program, QueryResult } from "./program.ts";

/** An expression of a query and what it gave in one solution. Lines and columns count from 1. */
export interface ExpressionValue {
  readonly value: RegoValue;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** One solution of a query: the values of its expressions in their order, and of its variables. */
export interface QuerySolution {
  readonly expressions: readonly ExpressionValue[];
  readonly bindings: Readonly<Record<string, RegoValue>>;
}

interface QueryExpression extends Omit<ExpressionValue, "value"> {
  readonly start: number;
  /** The variable that takes the value; null for what can only hold. */
  readonly variable: string | null;
}

/** No rule of a person is called so; variables of it are taken out of the bindings again. */
const PREFIX = "value_of_expression__";

const CAPTURE = new RegExp(`${PREFIX}\\d+ = `, "gu");

/** Calls that have no value of their own: they hold, or end the evaluation. */
const WITHOUT_VALUE: ReadonlySet<string> = new Set(["assign", "eq", "print"]);

function hasValue(literal: Literal): boolean {
  if (literal.kind !== "expression" || literal.negated) return false;
  const { term } = literal;
  return term.kind !== "call" || term.operator.kind !== "variable" || !WITHOUT_VALUE.has(term.operator.name);
}

/** Whether a part of a query can have several values: it has a variable of its own, outside of comprehensions. */
function iterates(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return false;
  if (Array.isArray(part)) return part.some(iterates);
  const node = part as Readonly<Record<string, unknown>>;
  if (node["kind"] === "comprehension" || node["kind"] === "every") return false;
  return (node["kind"] === "variable" && node["wildcard"] === true) || Object.values(node).some(iterates);
}

function expressionsOf(body: Body, query: string): readonly QueryExpression[] {
  return body
    .filter(({ kind }) => kind !== "some")
    .map((literal, index) => {
      const { start, end } = literal.span;
      const { line, column } = positionAt(query, start);
      return { text: query.slice(start, end), line, column, start, variable: hasValue(literal) ? `${PREFIX}${index}` : null };
    });
}

function withVariables(query: string, expressions: readonly QueryExpression[]): string {
  let text = "";
  let from = 0;
  for (const { start, variable } of expressions) {
    if (variable === null) continue;
    text += `${query.slice(from, start)}${variable} = `;
    from = start;
  }
  return text + query.slice(from);
}

/** A text in which expressions of a query stand, as they were before their values were taken by variables. */
export function withoutCaptures(text: string): string {
  return text.replaceAll(CAPTURE, "");
}

/** What a query gave, with the values of its expressions. */
export type ExpressionsResult =
  | { readonly solutions: readonly QuerySolution[]; readonly problem: null; readonly diagnostics: QueryResult["diagnostics"] }
  | { readonly solutions: null; readonly problem: QueryResult["problem"]; readonly diagnostics: QueryResult["diagnostics"] };

/**
 * Evaluates a query as `opa eval` does: beside the variables of a solution, what each expression gave is told. An expression that is undefined or false leaves no
 * solution, but for a query of one expression without variables: that it is false is its answer.
 */
export function evaluateExpressions(program: Program, query: string, options: EvaluateOptions = {}): ExpressionsResult {
  const body = parseQuery(query, { file: "query", version: options.queryVersion ?? "v1" }).body ?? [];
  const expressions = expressionsOf(body, query);
  let result = program.evaluate(withVariables(query, expressions), options);
  let captured = true;
  if (result.diagnostics.length > 0) {
    // Either the query is wrong, and must be spoken of as it was written, or it calls something for its effect alone.
    result = program.evaluate(query, options);
    captured = false;
  }
  if (result.results === null) return { solutions: null, problem: result.problem, diagnostics: result.diagnostics };
  const solutions = result.results.map((row) => ({
    expressions: expressions.map(({ text, line, column, variable }) => ({
      value: captured && variable !== null ? (row[variable] as RegoValue) : true,
      text,
      line,
      column,
    })),
    bindings: Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith(PREFIX))),
  }));
  const kept = solutions.filter((solution) => holds(solution) || isAnswer(solution, body));
  return { solutions: kept, problem: null, diagnostics: result.diagnostics };
}

function holds({ expressions }: QuerySolution): boolean {
  return expressions.every(({ value }) => value !== false);
}

/** A question of one expression, without variables, is answered even when the answer is false. */
function isAnswer({ expressions, bindings }: QuerySolution, body: Body): boolean {
  return expressions.length === 1 && Object.keys(bindings).length === 0 && !iterates(body);
}
