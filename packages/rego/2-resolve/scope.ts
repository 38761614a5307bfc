import type { Body, Literal, Span, Term } from "../1-parse/ast.ts";
import type { Local } from "./resolved.ts";

let nextLocal = 0;

/** Why a variable must be used: `some` declared it, or a strict module assigned it or has it as an argument. */
export type UseDemand = "declared" | "assigned" | "argument";

/** A new variable. */
export function makeLocal(name: string, wildcard: boolean, span: Span): Local {
  return { id: nextLocal++, name, wildcard, span };
}

/**
 * The variables that one body can see. Declared ones (`:=`, `some`, arguments) are seen from their declaration on. A name that nobody declares
 * belongs to the outermost body that mentions it outside of its closures: so a comprehension shares the variables of the body around it.
 */
export class Scope {
  readonly parent: Scope | null;
  readonly declared: Map<string, Local> = new Map();
  readonly implicit: Map<string, Local> = new Map();
  /** Names that were called before their declaration. */
  readonly calledAhead: Set<string> = new Set();
  private readonly names: BodyNames;
  private readonly waiting: Map<Local, UseDemand> = new Map();
  /** Whether it only holds a function's arguments, which the body may not declare again. */
  readonly holdsArguments: boolean;

  constructor(parent: Scope | null, names: BodyNames, holdsArguments: boolean = false) {
    this.parent = parent;
    this.names = names;
    this.holdsArguments = holdsArguments;
  }

  /** The declaration of a name that can be seen from here. */
  findDeclared(name: string): Local | null {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const local = scope.declared.get(name);
      if (local === undefined) continue;
      if (scope.waiting.size > 0) scope.waiting.delete(local);
      return local;
    }
    return null;
  }

  /** Notes a variable of this scope that must be used. */
  awaitUse(local: Local, demand: UseDemand): void {
    this.waiting.set(local, demand);
  }

  /** The variables that should have been used, and were not. */
  unused(): Iterable<readonly [Local, UseDemand]> {
    return this.waiting;
  }

  /** Whether a body around declares the name somewhere, be it behind this place. */
  declaresSomewhere(name: string): boolean {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) if (scope.names.declared.has(name)) return true;
    return false;
  }

  /** Whether a name that is called is one that this body itself declares, but has not yet; notes that it was called. */
  callsAhead(name: string): boolean {
    if (!this.names.declared.has(name) || this.declared.has(name)) return false;
    this.calledAhead.add(name);
    return true;
  }

  /** All variables of this scope itself. */
  owned(): ReadonlySet<Local> {
    return new Set([...this.declared.values(), ...this.implicit.values()]);
  }

  /** The variable of a name that is neither declared nor global. */
  findImplicit(name: string, span: Span): Local {
    let home: Scope = this;
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      if (scope.names.mentioned.has(name)) home = scope;
    }
    let local = home.implicit.get(name);
    if (local === undefined) {
      local = makeLocal(name, false, span);
      home.implicit.set(name, local);
    }
    return local;
  }
}

/** The names that a body uses. */
export interface BodyNames {
  /** Those it uses outside of closures, without those it declares itself. */
  readonly mentioned: ReadonlySet<string>;
  /** Those it declares, wherever that is. Even before that they mean no rule and no import. */
  readonly declared: ReadonlySet<string>;
}

/** The names of a body, and of the terms evaluated at its end. */
export function namesOfBody(body: Body, ends: readonly (Term | null)[]): BodyNames {
  const names = new Set<string>();
  const declared = new Set<string>();
  for (const literal of body) mentionLiteral(literal, names, declared);
  for (const term of ends) if (term !== null) mentionTerm(term, names);
  for (const name of declared) names.delete(name);
  return { mentioned: names, declared };
}

/** The names of a body that is empty. */
export const noNames: BodyNames = { mentioned: new Set(), declared: new Set() };

function mentionLiteral(literal: Literal, names: Set<string>, declared: Set<string>): void {
  switch (literal.kind) {
    case "expression":
      if (isAssignment(literal.term)) declaredNames(literal.term.args[0], declared);
      mentionTerm(literal.term, names);
      break;
    case "some":
      for (const variable of literal.variables) declared.add(variable.name);
      return;
    case "some-in":
      if (literal.key !== null) declaredNames(literal.key, declared);
      declaredNames(literal.value, declared);
      mentionTerm(literal.domain, names);
      break;
    case "every":
      mentionTerm(literal.domain, names);
      break;
    case "not":
    case "logic":
      break;
  }
  for (const one of literal.with) mentionTerm(one.value, names);
}

/** Whether the term is `a := b`, which may be written as the call `assign(a, b)`. */
export function isAssignment(term: Term): term is Extract<Term, { kind: "call" }> {
  return term.kind === "call" && term.args.length === 2 && term.operator.kind === "variable" && term.operator.name === "assign";
}

/** The names that a pattern on the left of `:=`, or behind `some`, declares. */
export function declaredNames(pattern: Term | undefined, into: Set<string>): void {
  if (pattern === undefined) return;
  if (pattern.kind === "variable") {
    if (!pattern.wildcard) into.add(pattern.name);
  } else if (pattern.kind === "array") {
    for (const item of pattern.items) declaredNames(item, into);
  } else if (pattern.kind === "object") {
    for (const [, value] of pattern.entries) declaredNames(value, into);
  }
}

function mentionTerm(term: Term, names: Set<string>): void {
  switch (term.kind) {
    case "variable":
      if (!term.wildcard) names.add(term.name);
      return;
    case "reference":
      mentionTerm(term.head, names);
      for (const step of term.steps) mentionTerm(step, names);
      return;
    case "array":
    case "set":
      for (const item of term.items) mentionTerm(item, names);
      return;
    case "object":
      for (const [key, value] of term.entries) {
        mentionTerm(key, names);
        mentionTerm(value, names);
      }
      return;
    case "call":
      for (const argument of term.args) mentionTerm(argument, names);
      return;
    case "scalar":
    case "comprehension":
    case "template":
  }
}
