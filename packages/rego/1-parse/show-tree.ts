import type { Body, ElseBranch, Literal, Module, Rule, Term, With } from "./ast.ts";

// The tree as compact text, for tests and for people who wonder how something was read. Every node is `(what parts…)`, a body `{literal; literal}`,
// `_` a wildcard; constants are JSON. Spans are left out.

/** A module: its package, imports and rules, a line each. */
export function showModule(module: Module): string {
  const imports = module.imports.map((each) => `(import ${showTerm(each.path)}${each.alias === null ? "" : ` as ${each.alias}`})`);
  return [`(package ${showTerm(module.package)})`, ...imports, ...module.rules.map(showRule)].join("\n");
}

/** A rule. */
function showRule(rule: Rule): string {
  const { head } = rule;
  const parts = [rule.default ? "default" : "rule", showTerm(head.reference.steps.length === 0 ? head.reference.head : head.reference)];
  if (head.args !== null) parts.push(`(args${list(head.args)})`);
  if (head.contains !== null) parts.push(`contains ${showTerm(head.contains)}`);
  if (head.value !== null) parts.push(`${head.assigned ?? ""} ${showTerm(head.value)}`);
  if (rule.body.length > 0) parts.push(showBody(rule.body));
  parts.push(...rule.else.map(showElse));
  return `(${parts.join(" ")})`;
}

function showElse(branch: ElseBranch): string {
  const value = branch.value === null ? "" : ` := ${showTerm(branch.value)}`;
  return `else${value}${branch.body.length === 0 ? "" : ` ${showBody(branch.body)}`}`;
}

/** A body. */
export function showBody(body: Body): string {
  return `{${body.map(showLiteral).join("; ")}}`;
}

function showLiteral(literal: Literal): string {
  const plain = showPlainLiteral(literal);
  if (literal.kind === "some" || literal.with.length === 0) return plain;
  return `(with ${plain} ${literal.with.map(showWith).join(" ")})`;
}

function showWith(modifier: With): string {
  return `(${showTerm(modifier.target)} as ${showTerm(modifier.value)})`;
}

function showPlainLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "expression":
      return literal.negated ? `(not ${showTerm(literal.term)})` : showTerm(literal.term);
    case "some":
      return `(some${list(literal.variables)})`;
    case "some-in":
      return `(some-in${list(literal.key === null ? [literal.value] : [literal.key, literal.value])} in ${showTerm(literal.domain)})`;
    case "every":
      return `(every${list(literal.key === null ? [literal.value] : [literal.key, literal.value])} in ${showTerm(literal.domain)} ${showBody(literal.body)})`;
    case "not":
      return `(not ${showBody(literal.body)})`;
    case "logic":
      return `(${literal.operator} ${literal.operands.map(showBody).join(" ")})`;
    default:
      return "";
  }
}

/** A term. */
function showTerm(term: Term): string {
  switch (term.kind) {
    case "scalar":
      return typeof term.value === "bigint" ? `${String(term.value)}n` : JSON.stringify(term.value);
    case "variable":
      return term.wildcard ? "_" : term.name;
    case "reference":
      return `(ref ${showTerm(term.head)}${list(term.steps)})`;
    case "array":
      return `(array${list(term.items)})`;
    case "set":
      return `(set${list(term.items)})`;
    case "object":
      return `(object${term.entries.map(([key, value]) => ` ${showTerm(key)}: ${showTerm(value)}`).join("")})`;
    case "comprehension":
      return `(${term.collects}-of ${term.key === null ? "" : `${showTerm(term.key)}: `}${showTerm(term.value)} ${showBody(term.body)})`;
    case "call":
      return `(${term.infix ? "" : "call "}${operatorText(term.operator)}${list(term.args)})`;
    case "template":
      return `(template${term.parts.map((part) => ` ${typeof part === "string" ? JSON.stringify(part) : showLiteral(part)}`).join("")})`;
    default:
      return "";
  }
}

/** The operator of a call as a dotted name. */
function operatorText(operator: Term): string {
  if (operator.kind !== "reference") return showTerm(operator);
  const steps = operator.steps.map((step) => (step.kind === "scalar" ? String(step.value) : showTerm(step)));
  return [showTerm(operator.head), ...steps].join(".");
}

function list(terms: readonly Term[]): string {
  return terms.map((term) => ` ${showTerm(term)}`).join("");
}
