// What the variables of one body are, found out literal by literal in the order in which they are evaluated.
import type { Span } from "../../1-parse/ast.ts";
import type {
  CallTerm,
  ComprehensionTerm,
  Definition,
  Local,
  ReferenceTerm,
  Replacement,
  ResolvedBody,
  ResolvedLiteral,
  ResolvedTerm,
  RuleGroup,
  SomeInLiteral,
  ValueBody,
} from "../../2-resolve/resolved.ts";
import { walkBody } from "../../2-resolve/walk.ts";
import { anyStatic, booleanStatic, stringStatic, type StaticType } from "../../builtins/static-type.ts";
import type { DiagnosticKind } from "../../diagnostics/catalogue.ts";
import { isPlainScalar } from "../../runtime/value.ts";
import { areCompatible, hasForeignKey, isNothing, keysOf, selected, unionOf, unknown, valuesOf } from "./combine-types.ts";
import { checkComparison } from "./comparison.ts";
import { forgottenLocals } from "./forgotten.ts";
import type { KnownTypes, TypeBelow } from "./known-types.ts";
import { checkMembership } from "./membership.ts";
import { emptyCollection, mismatch, Mistaken, noSuchField, wrongOperands, wrongReplacement } from "./mistakes.ts";
import { ReplacedTypes } from "./replaced-types.ts";
import { showReference, showTerm } from "./show-term.ts";
import { namePath } from "./name-path.ts";
import { selectedBy, somethingOf } from "./step-types.ts";
import { objectType, valueType } from "./value-type.ts";

/** The types of the variables of a definition or query. */
export class BodyTypes {
  private readonly rules: KnownTypes;
  private readonly definition: Definition | null;
  private readonly report: (kind: DiagnosticKind, message: string, span: Span, hint: string) => void;
  private locals: Map<Local, StaticType> = new Map();
  /** What the literal replaces by `with`. */
  private replaced: ReplacedTypes = ReplacedTypes.none;

  constructor(
    rules: KnownTypes,
    definition: Definition | null,
    report: (kind: DiagnosticKind, message: string, span: Span, hint: string) => void,
  ) {
    this.rules = rules;
    this.definition = definition;
    this.report = report;
  }

  /** Goes through a body, and reports its mistakes. */
  body(body: ResolvedBody): void {
    for (const literal of body.literals) this.attempt(() => this.literal(literal));
  }

  /** Goes through something with a scope of its own: what it says of the variables around it counts in there only. */
  private scoped<T>(step: () => T): T {
    const before = this.locals;
    this.locals = new Map(before);
    try {
      return step();
    } finally {
      this.locals = before;
    }
  }

  /** The type of a term at the end of a body; `any` where it has a mistake, which is reported. */
  settled(term: ResolvedTerm): StaticType {
    let type: StaticType = anyStatic;
    this.attempt(() => {
      type = this.term(term);
    });
    return type;
  }

  private attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Mistaken)) throw error;
      const { kind, message, hint } = error.mistake;
      this.report(kind, message, error.span, hint);
    }
  }

  private literal(literal: ResolvedLiteral): void {
    if (literal.with.length === 0) {
      this.checkLiteral(literal);
      return;
    }
    const before = this.replaced;
    const types = literal.with.map((one) => this.replacement(one));
    literal.with.forEach((one, i) => {
      if (one.kind === "document") this.replaced = this.replacing(one, types[i] ?? anyStatic);
    });
    try {
      this.checkLiteral(literal);
    } finally {
      this.replaced = before;
    }
  }

  /** The type of what a document or function is replaced by. */
  private replacement(one: Replacement): StaticType {
    if (one.kind === "document") return this.term(one.value);
    if (!("arity" in one.by)) return this.term(one.by);
    const { name, wanted } = this.signature(one.target);
    const { wanted: given } = this.signature(one.by);
    const fits = given.length === wanted.length && given.every((type, i) => areCompatible(type, wanted[i] ?? unknown));
    if (!fits) throw new Mistaken(wrongReplacement(name, given, wanted), one.span);
    return anyStatic;
  }

  private replacing({ root, path }: Extract<Replacement, { readonly kind: "document" }>, value: StaticType): ReplacedTypes {
    if (root === "input") return this.replaced.withInput(path, this.rules.documents.input(this.definition));
    const groups = this.rules.at(path);
    return groups.length > 0 ? this.replaced.withRules(path, value, groups) : this.replaced.withData(path);
  }

  private checkLiteral(literal: ResolvedLiteral): void {
    switch (literal.kind) {
      case "term":
        this.statement(literal.term);
        return;
      case "negated":
        this.literal(literal.literal);
        return;
      case "some-in":
        this.someIn(literal);
        return;
      case "every":
        this.term(literal.domain);
        this.referencesOf(literal.body);
        return;
      case "not-body":
        this.scoped(() => this.body(literal.body));
        return;
      case "logic":
        for (const operand of literal.operands) this.scoped(() => this.body(operand));
        return;
      case "print":
        for (const part of literal.args) this.value(part);
    }
  }

  /**
   * What stands in the body of `every` may never be reached: as OPA has it, only what it refers to is checked, and the comprehensions in it. Nothing is
   * known of its own variables.
   */
  private referencesOf(body: ResolvedBody): void {
    const check = (term: ResolvedTerm): boolean => {
      if (term.kind !== "comprehension" && term.kind !== "reference") return true;
      this.attempt(() => void (term.kind === "reference" ? this.reference(term) : this.term(term)));
      return false;
    };
    const literal = (one: ResolvedLiteral): void => {
      if (one.kind === "some-in" && (one.domain.kind === "local" || one.domain.kind === "reference"))
        this.attempt(() => void this.membersOf(one.domain));
    };
    walkBody(body, { term: check, literal });
  }

  private statement(term: ResolvedTerm): void {
    if (term.kind === "unify") this.unify(term.left, term.right, term.span);
    else if (term.kind === "call") this.call(term, true);
    else if (term.kind === "reference") this.reference(term);
    else this.term(term);
  }

  private someIn({ key, value, domain }: SomeInLiteral): void {
    const { type, values } = this.membersOf(domain);
    if (key?.kind === "constant") {
      const found = this.into(type, key);
      if (found === null) throw new Mistaken(noSuchField(showTerm(domain), type, this.term(key), key), key.span);
      this.match(value, found, value.span);
      return;
    }
    if (key !== null) this.match(key, keysOf(type) ?? anyStatic, key.span);
    this.match(value, values, value.span);
  }

  /** The type of what `some … in` goes through, and of the values in it. */
  private membersOf(domain: ResolvedTerm): { readonly type: StaticType; readonly values: StaticType } {
    const type = this.term(domain);
    const values = valuesOf(type);
    if (values === null || (isNothing(values) && type.kind === "union")) throw new Mistaken(mismatch(unknown, unknown), domain.span);
    if (isNothing(values)) throw new Mistaken(emptyCollection(`${showTerm(domain)}[_]`, "_"), domain.span);
    return { type, values };
  }

  private unify(left: ResolvedTerm, right: ResolvedTerm, span: Span): void {
    const leftType = this.term(left);
    const rightType = this.term(right);
    checkComparison(leftType, rightType, left.kind === "local" && right.kind === "local", span);
    this.learn(left, rightType, span);
    this.learn(right, leftType, span);
  }

  /** A pattern that meets a value of a type. */
  private match(pattern: ResolvedTerm, type: StaticType, span: Span): void {
    const own = this.term(pattern);
    if (!areCompatible(own, type)) throw new Mistaken(mismatch(own, type), span);
    this.learn(pattern, type, span);
  }

  /** Gives the unbound variables of a pattern the types of what they stand for. */
  private learn(pattern: ResolvedTerm, type: StaticType, span: Span): void {
    if (pattern.kind === "local") {
      const known = this.locals.get(pattern.local);
      if (known === undefined && type !== unknown) this.locals.set(pattern.local, type);
      else if (known !== undefined && !areCompatible(known, type)) throw new Mistaken(mismatch(known, type), span);
    } else if (pattern.kind === "array") {
      pattern.items.forEach((item, i) => this.learn(item, type === unknown ? unknown : (selected(type, i) ?? anyStatic), span));
    } else if (pattern.kind === "object") {
      for (const [key, value] of pattern.entries) {
        const at = key.kind === "constant" && isPlainScalar(key.value) ? selected(type, key.value) : valuesOf(type);
        this.learn(value, type === unknown ? unknown : (at ?? anyStatic), span);
      }
    } else if (pattern.kind === "set") {
      for (const item of pattern.items) this.learn(item, type === unknown ? unknown : (valuesOf(type) ?? anyStatic), span);
    }
  }

  private forget(given: ResolvedTerm, taken: StaticType): void {
    for (const local of forgottenLocals(given, taken)) this.locals.set(local, anyStatic);
  }

  /** The type of a term, with its parts checked. */
  private term(term: ResolvedTerm): StaticType {
    switch (term.kind) {
      case "constant":
        return valueType(term.value);
      case "local":
        return this.locals.get(term.local) ?? unknown;
      case "array":
        return { kind: "array", items: term.items.map((item) => this.term(item)), rest: null };
      case "set":
        return { kind: "set", of: unionOf(term.items.map((item) => this.term(item))) };
      case "object":
        return objectType(
          term.entries.map(([key, value]) => {
            const known = key.kind === "constant" && isPlainScalar(key.value) ? key.value : this.term(key);
            return [known, this.term(value)] as const;
          }),
        );
      case "comprehension":
        return this.scoped(() => this.comprehension(term));
      case "template":
        for (const part of term.parts) {
          if (typeof part === "string") continue;
          this.value(part);
        }
        return stringStatic;
      case "unify":
        this.unify(term.left, term.right, term.span);
        return booleanStatic;
      case "call":
        return this.call(term, false);
      case "reference": {
        const type = this.reference(term);
        if (isNothing(type)) throw new Mistaken(mismatch(unknown, unknown), term.span);
        return type;
      }
    }
  }

  private comprehension(term: ComprehensionTerm): StaticType {
    this.body(term.body);
    const key = term.key === null ? null : this.term(term.key);
    const value = this.term(term.value);
    if (term.collects === "set") return { kind: "set", of: value };
    if (key === null) return { kind: "array", items: [], rest: value };
    return { kind: "object", fields: new Map(), rest: { key, value } };
  }

  private value({ body, value }: ValueBody): void {
    this.scoped(() => {
      this.body(body);
      this.term(value);
    });
  }

  private call(term: CallTerm, bare: boolean): StaticType {
    const { callee, args } = term;
    const given = args.map((argument) => this.term(argument));
    const { name, wanted, result } = this.signature(callee);
    // Only as a condition: where its value is used, it may well be false whatever the input is.
    if (bare && args.length === 2 && callee.kind === "builtin" && callee.builtin.name === "equal") {
      const [left = unknown, right = unknown] = given;
      const [first, second] = args;
      checkComparison(left, right, first?.kind === "local" && second?.kind === "local", term.span);
      if (first !== undefined) this.learn(first, right, term.span);
      if (second !== undefined) this.learn(second, left, term.span);
    }
    if (callee.kind === "builtin") checkMembership(callee.builtin.name, given, term.span);
    const all = args.length > wanted.length ? [...wanted, result] : wanted;
    const fits = all.every((type, i) => {
      const own = given[i] ?? unknown;
      // The keys of an object that is written down right there count, too.
      const isWritten = args[i]?.kind === "object" || args[i]?.kind === "constant";
      return areCompatible(own, type) && !(isWritten && hasForeignKey(own, type));
    });
    if (!fits) throw new Mistaken(wrongOperands(name, bare ? given : [...given, unknown], [...wanted, result]), term.span);
    const isEqual = callee.kind === "builtin" && callee.builtin.name === "equal";
    args.forEach((argument, i) => {
      if (!isEqual) this.forget(argument, all[i] ?? anyStatic);
      this.learn(argument, all[i] ?? anyStatic, argument.span);
    });
    return args.length > wanted.length ? booleanStatic : result;
  }

  private signature(callee: CallTerm["callee"]): {
    readonly name: string;
    readonly wanted: readonly StaticType[];
    readonly result: StaticType;
  } {
    if (callee.kind === "builtin") {
      const { args, result } = this.rules.documents.builtin(callee.builtin);
      return { name: callee.builtin.name, wanted: args, result: result ?? booleanStatic };
    }
    const { args, result } = this.rules.of(callee.rule);
    if (this.isChanged(callee.rule)) return { name: "", wanted: args.map(() => anyStatic), result: anyStatic };
    return { name: `data.${callee.rule.path.join(".")}`, wanted: args, result };
  }

  private reference(term: ReferenceTerm): StaticType {
    const { steps } = term;
    let type: StaticType;
    let from = 0;
    if (term.root === "data") {
      const found = this.documentAt(term);
      type = found.type;
      // Every step has its own mistakes, wherever it leads.
      steps.slice(0, found.taken).forEach((step) => this.step(step, anyStatic));
      from = found.taken;
    } else if (term.root === "input") type = this.replaced.input ?? this.rules.documents.input(this.definition);
    else type = this.term(term.root);
    for (let i = from; i < steps.length; i++) {
      const step = steps[i];
      if (step === undefined) break;
      const next = this.into(type, step);
      if (next === null) throw new Mistaken(noSuchField(showReference(term), type, this.term(step), step), step.span);
      type = next;
    }
    return type;
  }

  private documentAt(reference: ReferenceTerm): { readonly type: StaticType; readonly taken: number } {
    const { steps } = reference;
    const path = namePath(steps);
    const known = this.rules.documents.data(this.definition, path);
    const found: TypeBelow = known === null ? this.rules.below(steps) : { ...known, group: null };
    if (known === null && found.taken === steps.length && path.length < steps.length && this.rules.hasNames(path)) {
      // What a variable stands for there is a name; which one it is, and what is there, is left open.
      const step = steps[path.length];
      if (step?.kind === "local") {
        const known = this.locals.get(step.local);
        if (known === undefined) this.locals.set(step.local, stringStatic);
        else if (!areCompatible(known, stringStatic))
          throw new Mistaken(noSuchField(showReference(reference), this.names(path), known, step), step.span);
      }
    }
    if (found.group !== null && this.isChanged(found.group)) return { type: anyStatic, taken: steps.length };
    return this.replaced.below(path, found, steps.length);
  }

  /** The rules below a path, as an object with their names. */
  private names(path: readonly string[]): StaticType {
    return objectType(this.rules.at(path).map((group) => [group.path[path.length] ?? "", anyStatic] as const));
  }

  /** Whether a rule gives something else here, since something that it uses is replaced. */
  private isChanged(group: RuleGroup): boolean {
    return this.replaced.reaches(group, (one) => this.rules.behind(one));
  }

  /** What a step leads to; null when there can be nothing. */
  private into(type: StaticType, step: ResolvedTerm): StaticType | null {
    if (step.kind === "constant") {
      const found = selectedBy(type, step.value);
      if (found !== undefined) return found;
    }
    const keys = keysOf(type);
    if (keys === null || !areCompatible(this.term(step), keys)) return null;
    this.step(step, keys);
    const values = valuesOf(type);
    // That one of several collections is empty is seen only where there is no array among them.
    return type.kind === "union" && type.of.some(({ kind }) => kind === "array") ? values : somethingOf(values);
  }

  private step(step: ResolvedTerm, keys: StaticType): void {
    if (step.kind === "constant") return;
    this.term(step);
    this.forget(step, keys);
    this.learn(step, keys, step.span);
  }
}
