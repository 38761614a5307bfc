import type { ResolvedBody, ResolvedLiteral, ResolvedTerm } from "./resolved.ts";

/** What a walk meets: each term before its parts, and each body. Returning false leaves the parts out. */
export interface Visitor {
  readonly term?: (term: ResolvedTerm) => boolean | void;
  readonly literal?: (literal: ResolvedLiteral) => void;
  readonly body?: (body: ResolvedBody) => void;
}

/** Visits a term and everything inside it, bodies included. */
export function walkTerm(term: ResolvedTerm, visitor: Visitor): void {
  if (visitor.term?.(term) === false) return;
  switch (term.kind) {
    case "reference":
      if (typeof term.root !== "string") walkTerm(term.root, visitor);
      for (const step of term.steps) walkTerm(step, visitor);
      return;
    case "array":
    case "set":
      for (const item of term.items) walkTerm(item, visitor);
      return;
    case "object":
      for (const [key, value] of term.entries) {
        walkTerm(key, visitor);
        walkTerm(value, visitor);
      }
      return;
    case "comprehension":
      walkBody(term.body, visitor);
      if (term.key !== null) walkTerm(term.key, visitor);
      walkTerm(term.value, visitor);
      return;
    case "call":
      for (const argument of term.args) walkTerm(argument, visitor);
      return;
    case "unify":
      walkTerm(term.left, visitor);
      walkTerm(term.right, visitor);
      return;
    case "template":
      for (const part of term.parts) {
        if (typeof part === "string") continue;
        walkBody(part.body, visitor);
        walkTerm(part.value, visitor);
      }
      return;
    case "constant":
    case "local":
  }
}

/** Visits a body and everything inside it. */
export function walkBody(body: ResolvedBody, visitor: Visitor): void {
  visitor.body?.(body);
  for (const literal of body.literals) walkLiteral(literal, visitor);
}

/** Visits a literal and everything inside it. */
function walkLiteral(literal: ResolvedLiteral, visitor: Visitor): void {
  visitor.literal?.(literal);
  for (const one of literal.with) {
    if (one.kind === "document") walkTerm(one.value, visitor);
    else if (!("arity" in one.by)) walkTerm(one.by, visitor);
  }
  switch (literal.kind) {
    case "term":
      walkTerm(literal.term, visitor);
      return;
    case "negated":
      walkLiteral(literal.literal, visitor);
      return;
    case "some-in":
      if (literal.key !== null) walkTerm(literal.key, visitor);
      walkTerm(literal.value, visitor);
      walkTerm(literal.domain, visitor);
      return;
    case "every":
      walkTerm(literal.domain, visitor);
      walkBody(literal.body, visitor);
      return;
    case "not-body":
      walkBody(literal.body, visitor);
      return;
    case "logic":
      for (const operand of literal.operands) walkBody(operand, visitor);
      return;
    case "print":
      for (const argument of literal.args) {
        walkBody(argument.body, visitor);
        walkTerm(argument.value, visitor);
      }
  }
}
