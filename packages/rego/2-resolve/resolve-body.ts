import type { Body, Call, Comprehension, ExpressionLiteral, Literal, SomeInLiteral, Term, With } from "../1-parse/ast.ts";
import type { RegoValue } from "../runtime/value.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { documentTerm, functionOnWay } from "./document-term.ts";
import { constants, foldObject } from "./fold-collection.ts";
import { withoutNestedCalls } from "./nested-calls.ts";
import { arityMismatch, dottedNames, leadingNames, type DocumentPath, type ModuleNames } from "./names.ts";
import type { Local, Replacement, ResolvedBody, ResolvedLiteral, ResolvedTerm, ValueBody } from "./resolved.ts";
import { hasRuleAbove } from "./rule-tree.ts";
import { describeTerm, notAssignable, repeatedVariable, variablesInKeys } from "./assignable.ts";
import { irreplaceable } from "./irreplaceable.ts";
import { steppedThrough } from "./stepped-through.ts";
import { declaredNames, isAssignment, makeLocal, namesOfBody, noNames, Scope, type UseDemand } from "./scope.ts";

/** The imports that make `not` take a body. */
const wholeNegation: ReadonlySet<string> = new Set(["future.keywords", "future.keywords.not", "rego.v2"]);

/** Resolves the names of bodies and terms of one module. */
export class BodyResolver {
  readonly names: ModuleNames;
  /** Whether `not` negates all that an expression is computed from, undefined operands included. */
  private readonly negatesWhole: boolean;
  /** What builtins give that ask for the rule they stand in, by their names. */
  metadata: ReadonlyMap<string, () => RegoValue> = new Map();

  constructor(names: ModuleNames) {
    this.names = names;
    this.negatesWhole = names.module.imports.some(({ path }) => wholeNegation.has(dottedNames(path)?.join(".") ?? ""));
  }

  /** A body of its own scope, with the terms evaluated at its end. */
  body(
    body: Body,
    ends: readonly (Term | null)[],
    parent: Scope | null,
  ): { readonly body: ResolvedBody; readonly ends: readonly (ResolvedTerm | null)[]; readonly scope: Scope } {
    const scope = new Scope(parent, namesOfBody(body, ends));
    const literals: ResolvedLiteral[] = [];
    for (const literal of body) this.literal(literal, scope, literals);
    const resolvedEnds = ends.map((term) => (term === null ? null : this.term(term, scope)));
    this.reportUnused(scope);
    const first = body[0]?.span.start ?? 0;
    const span = { start: first, end: body.at(-1)?.span.end ?? first };
    return { body: { literals, owned: scope.owned(), span }, ends: resolvedEnds, scope };
  }

  /** Reports the variables of a scope that should have been used by now. */
  reportUnused(scope: Scope): void {
    for (const [local, demand] of scope.unused()) {
      if (demand === "declared") this.names.report("declared-unused", `declared var ${local.name} unused`, local.span);
      else if (demand === "assigned") this.names.report("assigned-unused", `assigned var ${local.name} unused`, local.span);
      else this.names.report("argument-unused", `unused argument ${local.name}`, local.span, "Write `_` in its place.");
    }
  }

  /** From here on, the variables that a scope declares so far are to be used. Only strict modules demand it. */
  demandUse(scope: Scope, names: Iterable<string>, demand: UseDemand): void {
    if (!this.names.rules.strict) return;
    for (const name of names) {
      const local = scope.declared.get(name);
      if (local !== undefined) scope.awaitUse(local, demand);
    }
  }

  /** A body that holds nothing but a value. */
  private valueBody(literal: ExpressionLiteral, scope: Scope): ValueBody {
    const inner = new Scope(scope, namesOfBody([], [literal.term]));
    const value = this.term(literal.term, inner);
    const literals: ResolvedLiteral[] = [];
    const replacements = this.replacements(literal.with, inner, literals);
    const owned = inner.owned();
    const { span } = literal;
    if (replacements.length === 0) return { body: { literals: [], owned, span }, value };
    const local = makeLocal("value", false, span);
    const result: ResolvedTerm = { kind: "local", local, span };
    const unify: ResolvedTerm = { kind: "unify", left: result, right: value, span };
    return {
      body: { literals: [...literals, { kind: "term", term: unify, with: replacements, span }], owned: new Set([...owned, local]), span },
      value: result,
    };
  }

  /** An expression in a template string, which has one value: nothing iterates in it. */
  private templatePart(part: ExpressionLiteral, scope: Scope): ValueBody {
    const made = this.valueBody(part, scope);
    for (const local of steppedThrough(made)) {
      const hint = "A template string doesn't iterate: give the variable a value before it.";
      this.names.report("undeclared-variable", `var ${local.wildcard ? "_" : local.name} is undeclared`, local.span, hint);
    }
    return made;
  }

  private literal(literal: Literal, scope: Scope, into: ResolvedLiteral[]): void {
    switch (literal.kind) {
      case "some":
        for (const variable of literal.variables) this.declare(variable.name, scope, variable, "some");
        return;
      case "expression":
        this.expression(literal, scope, into);
        return;
      case "some-in":
        into.push(this.someIn(literal, scope, into));
        return;
      case "every": {
        const replacements = this.replacements(literal.with, scope, into);
        const domain = this.term(literal.domain, scope);
        const variables = new Scope(scope, noNames);
        const key = literal.key === null ? null : this.declare(literal.key.name, variables, literal.key);
        const value = this.declare(literal.value.name, variables, literal.value);
        for (const local of [key, value]) if (local !== null && !local.wildcard) variables.awaitUse(local, "declared");
        const { body } = this.body(literal.body, [], variables);
        this.reportUnused(variables);
        into.push({ kind: "every", key, value, domain, body, with: replacements, span: literal.span });
        return;
      }
      case "not": {
        const { body } = this.body(literal.body, [], scope);
        const replacements = this.replacements(literal.with, scope, into);
        into.push({ kind: "not-body", body, with: replacements, span: literal.span });
        return;
      }
      case "logic": {
        const operands = literal.operands.map((operand) => this.body(operand, [], scope).body);
        const replacements = this.replacements(literal.with, scope, into);
        into.push({ kind: "logic", operator: literal.operator, operands, with: replacements, span: literal.span });
      }
    }
  }

  private expression(literal: ExpressionLiteral, scope: Scope, into: ResolvedLiteral[]): void {
    const { span } = literal;
    const replacements = this.replacements(literal.with, scope, into);
    const positive = this.positive(literal, scope, literal.negated ? [] : replacements);
    // What is printed is no condition.
    if (!literal.negated || positive.kind === "print") {
      into.push(positive);
    } else if (this.negatesWhole) {
      const body: ResolvedBody = { literals: [positive], owned: new Set(), span };
      into.push({ kind: "not-body", body, with: replacements, span });
    } else if (positive.kind === "term") {
      const split = withoutNestedCalls(positive, replacements);
      into.push(...split.before, { kind: "negated", literal: split.literal, with: replacements, span });
    } else into.push({ kind: "negated", literal: positive, with: replacements, span });
  }

  private positive(literal: ExpressionLiteral, scope: Scope, replacements: readonly Replacement[]): ResolvedLiteral {
    const { term, span } = literal;
    if (
      term.kind === "call" &&
      !term.infix &&
      term.operator.kind === "variable" &&
      term.operator.name === "print" &&
      this.means("print", scope)
    ) {
      const args = term.args.map((argument) =>
        this.valueBody({ kind: "expression", term: argument, negated: false, with: [], span: argument.span }, scope),
      );
      return { kind: "print", args, with: replacements, span };
    }
    if (isAssignment(term) && this.means("assign", scope)) {
      if (literal.negated) this.names.report("cannot-assign", "cannot assign vars inside negated expression", term.span);
      const [left, right] = term.args as readonly [Term, Term];
      const value = this.term(right, scope);
      const other = notAssignable(left);
      if (other !== null) this.names.report("cannot-assign", `cannot assign to ${describeTerm(other)}`, other.span);
      const declared = new Set<string>();
      declaredNames(left, declared);
      this.names.require("eq", span);
      for (const name of declared) this.declare(name, scope, left);
      this.reportPattern(left);
      const pattern = this.term(left, scope);
      this.demandUse(scope, declared, "assigned");
      return { kind: "term", term: { kind: "unify", left: pattern, right: value, span }, with: replacements, span };
    }
    const resolved = term.kind === "call" ? this.call(term, scope, true) : this.term(term, scope);
    return { kind: "term", term: resolved, with: replacements, span };
  }

  /** Reports what the left side of `:=` can't contain: a variable twice, and variables in keys, where they would have to have values already. */
  private reportPattern(pattern: Term): void {
    const repeated = repeatedVariable(pattern);
    if (repeated !== null) this.names.report("redeclared", `var ${repeated.name} assigned above`, repeated.span);
    for (const { name, span } of variablesInKeys(pattern)) this.names.report("unsafe-variable", `var ${name} is unsafe`, span);
  }

  /** Whether a name is that of the builtin: no rule, import or variable has it. */
  private means(name: string, scope: Scope): boolean {
    return this.names.findGlobal(name) === null && scope.findDeclared(name) === null;
  }

  private someIn(literal: SomeInLiteral, scope: Scope, into: ResolvedLiteral[]): ResolvedLiteral {
    const replacements = this.replacements(literal.with, scope, into);
    const domain = this.term(literal.domain, scope);
    const declared = new Set<string>();
    if (literal.key !== null) declaredNames(literal.key, declared);
    declaredNames(literal.value, declared);
    for (const name of declared) this.declare(name, scope, literal.value, "some in");
    const key = literal.key === null ? null : this.term(literal.key, scope);
    return { kind: "some-in", key, value: this.term(literal.value, scope), domain, with: replacements, span: literal.span };
  }

  /** Declares a variable in a scope. Behind `some` it may hide `input` and `data`, but where modules are strict. */
  declare(name: string, scope: Scope, at: Term, by: "some" | "some in" | "assignment" = "assignment"): Local {
    const some = by === "some";
    if ((name === "input" || name === "data") && (by === "assignment" || this.names.rules.strict)) {
      this.names.report("shadows-root", `variables must not shadow ${name}`, at.span, "Choose another name.");
    } else if (scope.declared.has(name) || (scope.parent !== null && scope.parent.holdsArguments && scope.parent.declared.has(name))) {
      const what = scope.declared.has(name) ? (some ? "declared" : "assigned") : "used as an argument";
      if (scope.declared.get(name)?.wildcard !== true) this.names.report("redeclared", `var ${name} ${what} above`, at.span);
    } else if (scope.implicit.has(name) || scope.calledAhead.has(name)) {
      this.names.report("used-before-declared", `var ${name} referenced above`, at.span);
    }
    const local = makeLocal(name, at.kind === "variable" && at.name === name && at.wildcard, at.span);
    scope.declared.set(name, local);
    if (some) scope.awaitUse(local, "declared");
    return local;
  }

  /** What `with` replaces. The values are computed by literals of their own, which may iterate: there is a solution for each value. */
  private replacements(list: readonly With[], scope: Scope, into: ResolvedLiteral[]): readonly Replacement[] {
    const result: Replacement[] = [];
    const ahead = (value: Term): ResolvedTerm => {
      const term = this.term(value, scope);
      if (term.kind === "constant" || term.kind === "local") return term;
      const { span } = value;
      const local: ResolvedTerm = { kind: "local", local: makeLocal("_", true, span), span };
      into.push({ kind: "term", term: { kind: "unify", left: local, right: term, span }, with: [], span });
      return local;
    };
    for (const one of list) {
      const replacement = this.replacement(one, scope, ahead);
      if (replacement !== null) result.push(replacement);
    }
    return result;
  }

  private replacement(one: With, scope: Scope, valueOf: (value: Term) => ResolvedTerm): Replacement | null {
    const { target, value, span } = one;
    const isLocal = (name: string): boolean => scope.findDeclared(name) !== null;
    const names = target.kind === "variable" || target.kind === "reference" ? leadingNames(target) : null;
    if (names === null || target.kind === "scalar") {
      this.names.report("bad-with-target", "with keyword target must be input, data or a function, without variables", span);
      return null;
    }
    const operator = target as Extract<Term, { kind: "variable" | "reference" }>;
    const leavesNames = dottedNames(operator) === null;
    const callee = this.names.findCallee(operator, isLocal);
    const kept = isLocal(names[0] ?? "") || this.names.findGlobal(names[0] ?? "") !== null ? null : irreplaceable(names.join("."), callee);
    if (kept !== null) {
      this.names.report("irreplaceable-function", `with keyword replacing built-in function: ${kept}`, span);
      return null;
    }
    if (callee !== null) {
      const byFunction = value.kind === "variable" || value.kind === "reference" ? this.names.findCallee(value, isLocal) : null;
      if (byFunction !== null && byFunction.arity !== callee.arity) {
        this.names.report(
          "wrong-arity",
          `with: the function takes ${byFunction.arity} arguments, the one it stands for ${callee.arity}`,
          value.span,
        );
      }
      return { kind: "function", target: callee, by: byFunction ?? valueOf(value), span };
    }
    const [head = "", ...rest] = names;
    const document = isLocal(head) ? null : this.names.findGlobal(head);
    if (document === null) {
      this.names.report("bad-with-target", `with keyword target ${names.join(".")} is no function, and not below input or data`, span);
      return null;
    }
    const path = [...document.path, ...rest];
    if (document.root === "data" && hasRuleAbove(this.names.tree, leavesNames ? [...path, ""] : path)) {
      this.names.report("part-of-rule-replaced", `with keyword cannot replace a part of what a rule gives: data.${path.join(".")}`, span);
    }
    return { kind: "document", root: document.root, path, leavesNames, value: valueOf(value), span };
  }

  term(term: Term, scope: Scope): ResolvedTerm {
    const { span } = term;
    switch (term.kind) {
      case "scalar":
        return { kind: "constant", value: term.value, span };
      case "variable": {
        if (term.wildcard) return { kind: "local", local: makeLocal("_", true, span), span };
        const found = this.variable(term.name, scope, term);
        return "root" in found ? this.document(found, [], term) : { kind: "local", local: found, span };
      }
      case "reference": {
        const steps = term.steps.map((step) => this.term(step, scope));
        if (term.head.kind !== "variable" || term.head.wildcard)
          return { kind: "reference", root: this.term(term.head, scope), steps, span };
        const found = this.variable(term.head.name, scope, term.head);
        if ("root" in found) return this.document(found, steps, term);
        return { kind: "reference", root: { kind: "local", local: found, span: term.head.span }, steps, span };
      }
      case "array":
      case "set": {
        const items = term.items.map((item) => this.term(item, scope));
        const values = constants(items);
        if (values !== null) return { kind: "constant", value: term.kind === "array" ? values : RegoSet.from(values), span };
        return { kind: term.kind, items, span };
      }
      case "object":
        return foldObject(
          term.entries.map(([key, value]) => [this.term(key, scope), this.term(value, scope)] as const),
          term,
        );
      case "comprehension":
        return this.comprehension(term, scope);
      case "call":
        return this.call(term, scope);
      case "template":
        return {
          kind: "template",
          parts: term.parts.map((part) => (typeof part === "string" ? part : this.templatePart(part, scope))),
          span,
        };
    }
  }

  /** A document below `input` or `data`, which is no function. */
  private document(found: DocumentPath, steps: readonly ResolvedTerm[], at: Term): ResolvedTerm {
    const resolved = documentTerm(found, steps, at);
    const uncalled = found.root === "data" ? functionOnWay(this.names.tree, resolved.steps) : null;
    if (uncalled !== null)
      this.names.report("function-uncalled", `function data.${uncalled.path.join(".")} used as reference, not called`, at.span);
    return resolved;
  }

  private variable(name: string, scope: Scope, at: Term): Local | DocumentPath {
    const global = name === "input" || name === "data" || !scope.declaresSomewhere(name) ? this.names.findGlobal(name) : null;
    return scope.findDeclared(name) ?? global ?? scope.findImplicit(name, at.span);
  }

  private comprehension(term: Comprehension, scope: Scope): ResolvedTerm {
    const { body, ends } = this.body(term.body, [term.key, term.value], scope);
    const [key = null, value = null] = ends;
    if (value === null) throw new Error("a comprehension without a value");
    return { kind: "comprehension", collects: term.collects, key, value, body, span: term.span };
  }

  /** A call. One that is a literal of its own may have one argument more, which is compared with the result. */
  private call(term: Call, scope: Scope, isLiteral: boolean = false): ResolvedTerm {
    const { span } = term;
    const args = term.args.map((argument) => this.term(argument, scope));
    const name = dottedNames(term.operator)?.join(".") ?? "";
    const [left, right] = args;
    if (name === "eq" && args.length === 2 && left !== undefined && right !== undefined && this.means("eq", scope)) {
      this.names.require("eq", span);
      if (!isLiteral) this.names.report("unsafe-variable", "expression is unsafe", span, "`=` has no value: compare with `==`.");
      return { kind: "unify", left, right, span };
    }
    const known = args.length === 0 ? this.metadata.get(name)?.() : undefined;
    if (known !== undefined) return { kind: "constant", value: known, span };
    const callee = this.names.findCallee(term.operator, (one) => scope.findDeclared(one) !== null);
    // A variable of this body that is declared only behind the call: what is wrong is said there.
    if (scope.callsAhead(name.split(".", 1)[0] ?? "")) return { kind: "constant", value: null, span };
    if (callee === null) {
      if (isAssignment(term) && this.means(name, scope))
        this.names.report("unsafe-variable", "expression is unsafe", span, "An assignment is a literal of its own.");
      else if (isLiteral || this.names.findCallee(term.operator, () => false) === null)
        this.names.report("undefined-function", `undefined function ${name}`, term.operator.span);
      else this.names.report("shadowed-function", `called function ${name} shadowed`, term.operator.span);
      return { kind: "constant", value: null, span };
    }
    if (this.names.rules.refusesDeprecated && callee.kind === "builtin" && callee.builtin.deprecated === true)
      this.names.report("deprecated-builtin", `deprecated built-in function calls in expression: ${name}`, term.operator.span);
    if (args.length !== callee.arity && !(isLiteral && args.length === callee.arity + 1)) {
      this.names.report("wrong-arity", arityMismatch(name, callee, args.length), span);
    }
    return { kind: "call", callee, args, span };
  }
}
