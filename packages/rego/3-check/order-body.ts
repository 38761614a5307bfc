import type { Module } from "../1-parse/ast.ts";
import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Local, ResolvedBody, ResolvedLiteral, ResolvedTerm } from "../2-resolve/resolved.ts";
import { walkTerm } from "../2-resolve/walk.ts";
import { bindingsOf, bindingsOfTerms } from "./binding.ts";

/**
 * Puts the literals of bodies into an order in which every variable is bound before it is needed, otherwise as written; what can't be
 * ordered has an unsafe variable.
 */
export class BodyOrder {
  private readonly module: Module;
  private readonly diagnostics: Diagnostic[];

  constructor(module: Module, diagnostics: Diagnostic[]) {
    this.module = module;
    this.diagnostics = diagnostics;
  }

  /** Orders a body and all bodies inside it. `ends` are evaluated after it. Returns all variables bound at its end. */
  order(body: ResolvedBody, ends: readonly ResolvedTerm[], outer: ReadonlySet<Local>): ReadonlySet<Local> {
    const bound = new Set(outer);
    const waiting = [...body.literals];
    const ordered: ResolvedLiteral[] = [];
    for (let before = -1; before !== waiting.length && waiting.length > 0;) {
      before = waiting.length;
      for (let i = 0; i < waiting.length;) {
        const literal = waiting[i];
        if (literal === undefined) break;
        const { binds, lacks } = bindingsOf(literal, bound);
        if (lacks.length > 0) {
          i++;
          continue;
        }
        for (const local of binds) bound.add(local);
        ordered.push(literal);
        waiting.splice(i, 1);
        this.inside(literal, bound);
      }
    }
    for (const literal of waiting) this.reportUnsafe(bindingsOf(literal, bound).lacks);
    body.literals = [...ordered, ...waiting];
    if (waiting.length > 0) return bound;
    const last = bindingsOfTerms(ends, bound);
    this.reportUnsafe(last.lacks);
    for (const local of last.binds) bound.add(local);
    for (const end of ends) this.insideTerm(end, bound);
    return bound;
  }

  private inside(literal: ResolvedLiteral, bound: ReadonlySet<Local>): void {
    for (const one of literal.with) {
      if (one.kind === "document") this.insideTerm(one.value, bound);
      else if (!("arity" in one.by)) this.insideTerm(one.by, bound);
    }
    switch (literal.kind) {
      case "term":
        this.insideTerm(literal.term, bound);
        return;
      case "negated":
        this.inside(literal.literal, bound);
        return;
      case "some-in":
        for (const term of [literal.key, literal.value, literal.domain]) if (term !== null) this.insideTerm(term, bound);
        return;
      case "every": {
        this.insideTerm(literal.domain, bound);
        const inner = new Set(bound).add(literal.value);
        if (literal.key !== null) inner.add(literal.key);
        this.order(literal.body, [], inner);
        return;
      }
      case "not-body":
        this.order(literal.body, [], bound);
        return;
      case "logic":
        for (const operand of literal.operands) this.order(operand, [], bound);
        return;
      case "print":
        for (const argument of literal.args) this.order(argument.body, [argument.value], bound);
    }
  }

  /** Orders the bodies of the comprehensions and templates in a term. */
  insideTerm(term: ResolvedTerm, bound: ReadonlySet<Local>): void {
    if (term.kind === "constant" || term.kind === "local") return;
    walkTerm(term, {
      term: (part) => {
        if (part.kind === "comprehension") {
          this.order(part.body, part.key === null ? [part.value] : [part.key, part.value], bound);
          return false;
        }
        if (part.kind === "template") {
          for (const one of part.parts) if (typeof one !== "string") this.order(one.body, [one.value], bound);
          return false;
        }
        return true;
      },
    });
  }

  private reportUnsafe(lacks: readonly Local[]): void {
    for (const local of new Set(lacks)) {
      const name = local.name.startsWith("$") ? "_" : local.name;
      this.diagnostics.push(makeDiagnostic("unsafe-variable", `var ${name} is unsafe`, this.module, local.span));
    }
  }
}
