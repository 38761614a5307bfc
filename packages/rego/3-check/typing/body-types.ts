// What the variables of one body are, found out literal by literal in the order in which they are evaluated.
import type { Span } from "../../1-parse/ast.ts";
import type {
  CallTerm,
  Definition,
  Local,
  ReferenceTerm,
  ResolvedBody,
  ResolvedLiteral,
  ResolvedTerm,
  SomeInLiteral,
} from "../../2-resolve/resolved.ts";
import { anyStatic, booleanStatic, stringStatic, type StaticType } from "../../builtins/static-type.ts";
import type { DiagnosticKind } from "../../diagnostics/catalogue.ts";
import { isPlainScalar } from "../../runtime/value.ts";
import { areCompatible, haveEmptySets, isNothing, keysOf, selected, unionOf, unknown, valuesOf } from "./combine-types.ts";
import type { KnownTypes } from "./known-types.ts";
import { describeReference, emptyCollection, mismatch, noSuchField, wrongOperands, type TypeMistake } from "./mistakes.ts";
import { objectType, valueType } from "./value-type.ts";

/** Thrown where a term has a mistake, caught by the literal that it stands in: one literal is reported once. */
class Mistaken extends Error {
  readonly mistake: TypeMistake;
  readonly span: Span;

  constructor(mistake: TypeMistake, span: Span) {
    super(mistake.message);
    this.mistake = mistake;
    this.span = span;
  }
}

/** The types of the variables of a definition or query. */
export class BodyTypes {
  private readonly rules: KnownTypes;
  private readonly definition: Definition | null;
  private readonly report: (kind: DiagnosticKind, message: string, span: Span, hint: string) => void;
  private readonly locals: Map<Local, StaticType> = new Map();
  /** Whether the literal replaces documents below `data`. */
  private dataReplaced: boolean = false;

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
    const before = this.dataReplaced;
    // Rules may give something else there. OPA refuses some of these references, too.
    if (literal.with.some((one) => one.kind === "document" && one.root === "data")) this.dataReplaced = true;
    try {
      this.checkLiteral(literal);
    } finally {
      this.dataReplaced = before;
    }
  }

  private checkLiteral(literal: ResolvedLiteral): void {
    for (const one of literal.with) {
      if (one.kind === "document") this.term(one.value);
      else if (!("arity" in one.by)) this.term(one.by);
    }
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
        // The body is left unchecked, as OPA leaves it: it may never be reached.
        this.term(literal.domain);
        return;
      case "not-body":
        this.body(literal.body);
        return;
      case "logic":
        for (const operand of literal.operands) this.body(operand);
        return;
      case "print":
        for (const { body, value } of literal.args) {
          this.body(body);
          this.term(value);
        }
    }
  }

  private statement(term: ResolvedTerm): void {
    if (term.kind === "unify") this.unify(term.left, term.right, term.span);
    else if (term.kind === "call") this.call(term, true);
    else this.term(term);
  }

  private someIn({ key, value, domain }: SomeInLiteral): void {
    const type = this.term(domain);
    const values = valuesOf(type);
    if (values === null) throw new Mistaken(mismatch(unknown, unknown), domain.span);
    if (somethingOf(type, values) === null) throw new Mistaken(emptyCollection("", type), domain.span);
    if (key !== null) this.match(key, keysOf(type) ?? anyStatic, key.span);
    this.match(value, values, value.span);
  }

  private unify(left: ResolvedTerm, right: ResolvedTerm, span: Span): void {
    const leftType = this.term(left);
    const rightType = this.term(right);
    this.compare(leftType, rightType, left.kind === "local" && right.kind === "local", span);
    this.learn(left, rightType, span);
    this.learn(right, leftType, span);
  }

  /** The types of two variables are not compared as closely as others: both may be empty sets. */
  private compare(left: StaticType, right: StaticType, areVariables: boolean, span: Span): void {
    if (!areCompatible(left, right) || (!areVariables && haveEmptySets(left, right))) throw new Mistaken(mismatch(left, right), span);
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
      case "comprehension": {
        this.body(term.body);
        const key = term.key === null ? null : this.term(term.key);
        const value = this.term(term.value);
        if (term.collects === "set") return { kind: "set", of: value };
        if (key === null) return { kind: "array", items: [], rest: value };
        return { kind: "object", fields: new Map(), rest: { key, value } };
      }
      case "template":
        for (const part of term.parts) {
          if (typeof part === "string") continue;
          this.body(part.body);
          this.term(part.value);
        }
        return stringStatic;
      case "unify":
        this.unify(term.left, term.right, term.span);
        return booleanStatic;
      case "call":
        return this.call(term, false);
      case "reference":
        return this.reference(term);
    }
  }

  private call(term: CallTerm, bare: boolean): StaticType {
    const { callee, args } = term;
    const given = args.map((argument) => this.term(argument));
    const { name, wanted, result } = this.signature(callee);
    // Only as a condition: where its value is used, it may well be false whatever the input is.
    if (bare && args.length === 2 && callee.kind === "builtin" && callee.builtin.name === "equal") {
      const [left = unknown, right = unknown] = given;
      const [first, second] = args;
      this.compare(left, right, first?.kind === "local" && second?.kind === "local", term.span);
      if (first !== undefined) this.learn(first, right, term.span);
      if (second !== undefined) this.learn(second, left, term.span);
    }
    const all = args.length > wanted.length ? [...wanted, result] : wanted;
    const fits = all.every((type, i) => areCompatible(given[i] ?? unknown, type));
    if (!fits) throw new Mistaken(wrongOperands(name, bare ? given : [...given, unknown], [...wanted, result]), term.span);
    args.forEach((argument, i) => this.learn(argument, all[i] ?? anyStatic, argument.span));
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
    return { name: `data.${callee.rule.path.join(".")}`, wanted: args, result };
  }

  private reference(term: ReferenceTerm): StaticType {
    const { steps } = term;
    let type: StaticType;
    let from = 0;
    if (term.root === "data") {
      const found = this.documentAt(steps);
      type = found.type;
      // Every step has its own mistakes, wherever it leads.
      steps.slice(0, found.taken).forEach((step) => this.step(step, anyStatic));
      from = found.taken;
    } else if (term.root === "input") type = this.rules.documents.input(this.definition);
    else type = this.term(term.root);
    for (let i = from; i < steps.length; i++) {
      const step = steps[i];
      if (step === undefined) break;
      const next = this.into(type, step);
      if (next === null) throw new Mistaken(noSuchField(describeReference(term), type, this.term(step), step), step.span);
      type = next;
    }
    return type;
  }

  private documentAt(steps: readonly ResolvedTerm[]): { readonly type: StaticType; readonly taken: number } {
    if (this.dataReplaced) return { type: anyStatic, taken: steps.length };
    return this.rules.documents.data(this.definition, constantPath(steps)) ?? this.rules.below(steps);
  }

  /** What a step leads to; null when there can be nothing. */
  private into(type: StaticType, step: ResolvedTerm): StaticType | null {
    if (step.kind === "constant" && isPlainScalar(step.value)) return somethingOf(type, selected(type, step.value));
    const keys = keysOf(type);
    if (keys === null || !areCompatible(this.term(step), keys)) return null;
    this.step(step, keys);
    return somethingOf(type, valuesOf(type));
  }

  private step(step: ResolvedTerm, keys: StaticType): void {
    if (step.kind === "constant") return;
    this.term(step);
    this.learn(step, keys, step.span);
  }
}

/** Into an empty collection leads no step. OPA does not look so closely at what may be one of several. */
function somethingOf(collection: StaticType, found: StaticType | null): StaticType | null {
  return found !== null && isNothing(found) && collection.kind !== "union" ? null : found;
}

/** The leading steps that are names. */
function constantPath(steps: readonly ResolvedTerm[]): readonly string[] {
  const path: string[] = [];
  for (const step of steps) {
    if (step.kind !== "constant" || typeof step.value !== "string") break;
    path.push(step.value);
  }
  return path;
}
