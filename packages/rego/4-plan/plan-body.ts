import type { Module, Span } from "../1-parse/ast.ts";
import type {
  CallTerm,
  EveryLiteral,
  Local,
  Replacement,
  ResolvedBody,
  ResolvedLiteral,
  ResolvedTerm,
  SomeInLiteral,
  TemplateTerm,
  ValueBody,
} from "../2-resolve/resolved.ts";
import { isGround, isReady, localsOf } from "../3-check/binding.ts";
import { BlockBuilder, levelOf } from "./block-builder.ts";
import { BodyMarks } from "./body-marks.ts";
import { constantOf, type KnownRules } from "./known-rules.ts";
import { hintOf, ignoresFirst, isOpen, isRelation, isWorthKeeping, singular } from "./term-forms.ts";
import { earlyTerms } from "./early-terms.ts";
import { unifyTerms } from "./unify-terms.ts";
import { plannedReplacement } from "./planned-replacement.ts";
import { callExpression, formatExpression, knownFormat } from "./call-forms.ts";
import { ReferencePlanner } from "./plan-reference.ts";
import { type ContextSlot, type Expression, type Operand, type Operation, type Slot } from "./plan.ts";

/** Plans the bodies of one rule or query. */
export class BodyPlanner {
  readonly builder: BlockBuilder;
  private readonly rules: KnownRules;
  readonly bindings: Map<Local, Operand> = new Map();
  private readonly references: ReferencePlanner;
  private ordered: boolean;
  /** The level of what the innermost `once` around depends on. */
  private onceLevel = -1;
  /** What has been evaluated before the negation at hand. */
  private early: ReadonlyMap<ResolvedTerm, Operand> = new Map();

  /** What tells about the body; null in ordinary plans. */
  readonly marks: BodyMarks | null;

  constructor(operations: Operation[], rules: KnownRules, ordered: boolean, module: Module) {
    this.builder = new BlockBuilder(operations, rules.sites === null ? null : this.bindings);
    this.rules = rules;
    this.references = new ReferencePlanner(this, rules);
    this.ordered = ordered;
    this.marks = rules.sites === null ? null : new BodyMarks(module, this.builder, this.bindings, rules.sites);
  }

  /** Plans the literals of a body; what is planned next is reached once for every solution. */
  body(body: ResolvedBody): void {
    for (const literal of body.literals) {
      if (this.marks === null) this.literal(literal);
      else this.marks.expression(literal, () => this.literal(literal));
    }
  }

  private literal(literal: ResolvedLiteral): void {
    const outer = this.builder.context;
    if (literal.with.length > 0) this.builder.context = this.replaced(literal.with, outer, literal.span);
    this.literalHere(literal);
    this.builder.context = outer;
  }

  private literalHere(literal: ResolvedLiteral): void {
    const { builder } = this;
    const { span } = literal;
    switch (literal.kind) {
      case "term":
        this.holds(literal.term);
        return;
      case "negated": {
        const { early } = this;
        if (literal.literal.kind === "term") this.early = new Map(earlyTerms(literal.literal.term).map((term) => [term, this.value(term)]));
        const body: Operation[] = [];
        builder.inside({ kind: "not", body, span }, body, () => {
          this.literalHere(literal.literal);
          builder.push({ kind: "succeed" });
        });
        this.early = early;
        return;
      }
      case "not-body": {
        const body: Operation[] = [];
        builder.inside({ kind: "not", body, span }, body, () => this.succeeding(literal.body));
        return;
      }
      case "logic": {
        const bodies: Operation[][] = literal.operands.map(() => []);
        builder.push({ kind: "logic", operator: literal.operator, bodies, span });
        literal.operands.forEach((operand, i) => builder.within(bodies[i] ?? [], () => this.succeeding(operand)));
        return;
      }
      case "some-in":
        this.someIn(literal);
        return;
      case "every":
        this.every(literal);
        return;
      case "print": {
        const args = literal.args.map((argument) => this.capture(argument, span));
        builder.push({ kind: "print", context: builder.context, args, span });
      }
    }
  }

  private succeeding(body: ResolvedBody): void {
    this.marked(body.span, () => {
      this.body(body);
      this.marks?.exit({ kind: "constant", value: true }, []);
      this.builder.push({ kind: "succeed" });
    });
  }

  /** Plans a body inside of an expression. */
  private marked(span: Span, plan: () => void): void {
    if (this.marks === null) plan();
    else this.marks.inner(span, plan);
  }

  private replaced(list: readonly Replacement[], parent: ContextSlot, span: Span): ContextSlot {
    const replacements = list.map((one) => plannedReplacement(one, (term) => this.value(term)));
    const context = this.builder.makeContext();
    this.builder.push({ kind: "with", context, parent, replacements, span });
    return context;
  }

  /** Plans that a term is defined and not false. */
  private holds(term: ResolvedTerm): void {
    const { span } = term;
    if (term.kind === "unify") this.unify(term.left, term.right, span);
    else if (term.kind === "call" && term.args.length > term.callee.arity) this.callWithResult(term);
    else if (term.kind === "constant" && term.value !== false) return;
    else if (term.kind === "call" && !isRelation(term)) {
      const once = this.onlyOnce(term);
      if (once !== null) this.builder.push({ kind: "test", value: once, span });
      else this.test(term, this.callExpression(term));
    } else this.builder.push({ kind: "test", value: this.value(term), span });
  }

  private test(term: CallTerm, value: Expression): void {
    const { span } = term;
    const [left, right] = value.kind === "builtin" ? value.args : [];
    if (value.kind === "builtin" && value.builtin.name === "equal" && left !== undefined && right !== undefined) {
      this.builder.push({ kind: "equal", left, right, span });
    } else this.builder.push({ kind: "test", value, span });
  }

  private someIn(literal: SomeInLiteral): void {
    const over = this.value(literal.domain);
    const key = literal.key === null ? null : this.loopSlotFor(literal.key, "key");
    const item = this.loopSlotFor(literal.value, singular(over));
    this.openLoop(over, key, item, null, literal.span);
    if (literal.key !== null && key !== null) this.match(literal.key, key);
    this.match(literal.value, item);
  }

  /** A slot for what a loop gives to a pattern. */
  loopSlotFor(pattern: ResolvedTerm, hint: string): Slot {
    return this.builder.loopSlot(pattern.kind === "local" && !pattern.local.wildcard ? pattern.local.name : hint);
  }

  /** Begins a loop, in which what is planned next stands. */
  openLoop(over: Operand, key: Slot | null, item: Slot | null, context: ContextSlot | null, span: Span): void {
    const body: Operation[] = [];
    this.builder.loop({ kind: "loop", over, key, item, ordered: this.ordered, context, body, span }, body);
  }

  private every(literal: EveryLiteral): void {
    const { builder } = this;
    const over = this.value(literal.domain);
    const key = literal.key === null || literal.key.wildcard ? null : builder.loopSlot(literal.key.name);
    const item = builder.loopSlot(literal.value.name);
    const body: Operation[] = [];
    builder.push({ kind: "every", over, key, item, body, span: literal.span });
    builder.within(
      body,
      () => {
        if (literal.key !== null && key !== null) this.bindings.set(literal.key, key);
        this.bindings.set(literal.value, item);
        this.succeeding(literal.body);
      },
      true,
    );
  }

  /** Plans that two terms are equal, binding the variables of both. */
  private unify(left: ResolvedTerm, right: ResolvedTerm, span: Span): void {
    unifyTerms(left, right, span, this.bindings, (pattern, other) => this.match(pattern, this.value(other)));
  }

  /** Plans that a value matches a pattern. */
  match(pattern: ResolvedTerm, value: Operand): void {
    const { builder } = this;
    const { span } = pattern;
    if (pattern.kind === "local" && !this.bindings.has(pattern.local)) {
      this.bindings.set(pattern.local, value);
      if (value.kind === "slot" && !value.named && !pattern.local.wildcard) {
        value.hint = pattern.local.name;
        value.named = true;
      }
    } else if (pattern.kind === "array" && isOpen(pattern, this.bindings)) {
      builder.push({ kind: "shape", value, type: "array", size: pattern.items.length, span });
      const parts = pattern.items.map((item, position) => [item, (): Expression => ({ kind: "item", base: value, position })] as const);
      this.matchParts(parts);
    } else if (pattern.kind === "object" && isOpen(pattern, this.bindings)) {
      builder.push({ kind: "shape", value, type: "object", size: pattern.entries.length, span });
      this.matchParts(
        pattern.entries.map(([key, part]) => [part, (): Expression => ({ kind: "lookup", base: value, key: this.value(key) })] as const),
      );
    } else {
      builder.push({ kind: "equal", left: value, right: this.value(pattern), span });
    }
  }

  /** Patterns that only bind come first, so that the others find their variables. */
  private matchParts(parts: readonly (readonly [pattern: ResolvedTerm, value: () => Expression])[]): void {
    const later: (readonly [ResolvedTerm, Operand])[] = [];
    for (const [pattern, value] of parts) {
      if (pattern.kind === "local" && pattern.local.wildcard) {
        const expression = value();
        if (expression.kind === "lookup") this.builder.bind(expression, "value", pattern.span);
        continue;
      }
      const hint = pattern.kind === "local" ? pattern.local.name : "part";
      later.push([pattern, this.builder.bind(value(), hint, pattern.span)]);
    }
    const open = later.filter(([pattern]) => isOpen(pattern, this.bindings));
    const closed = later.filter((part) => !open.includes(part));
    for (const [pattern, value] of [...open, ...closed]) this.match(pattern, value);
  }

  /** Whether what was planned so far gives the variable a value. */
  binds(local: Local): boolean {
    return this.bindings.has(local);
  }

  /** Plans the value of a term; everything it iterates over becomes a loop. Fails where it is undefined. */
  value(term: ResolvedTerm): Operand {
    if (term.kind === "constant") return term;
    if (term.kind === "local") {
      const operand = this.bindings.get(term.local);
      if (operand === undefined) throw new Error(`the variable ${term.local.name} is not bound`);
      return operand;
    }
    return this.early.get(term) ?? this.onlyOnce(term) ?? this.valueHere(term);
  }

  private valueHere(term: ResolvedTerm): Operand {
    const { builder } = this;
    const { span } = term;
    switch (term.kind) {
      case "constant":
      case "local":
        return this.value(term);
      case "reference":
        return this.references.plan(term);
      case "array":
      case "set":
        return builder.bind({ kind: term.kind, items: this.values(term.items) }, term.kind, span, false);
      case "object": {
        const flat = this.values(term.entries.flat());
        const entries = term.entries.map((_, i) => [flat[2 * i], flat[2 * i + 1]] as [Operand, Operand]);
        return builder.bind({ kind: "object", entries }, "object", span, false);
      }
      case "comprehension": {
        const slot = builder.slot(term.collects === "array" ? "list" : term.collects);
        const body: Operation[] = [];
        const outerOrder = this.ordered;
        this.ordered = term.collects === "array";
        builder.inside({ kind: "collect", slot, collects: term.collects, body, span }, body, () =>
          this.marked(term.body.span, () => {
            this.body(term.body);
            const [value, key = null] = this.values(term.key === null ? [term.value] : [term.value, term.key]);
            if (value === undefined) return;
            this.marks?.exit(value, []);
            builder.push({ kind: "add", to: slot, collects: term.collects, key, value, span: term.value.span });
          }),
        );
        this.ordered = outerOrder;
        return slot;
      }
      case "call":
        return this.call(term);
      case "unify":
        this.unify(term.left, term.right, span);
        return { kind: "constant", value: true };
      case "template":
        return this.template(term);
    }
  }

  /** The values of several terms, each planned as soon as its variables are bound. */
  values(terms: readonly ResolvedTerm[]): Operand[] {
    const result: Operand[] = [];
    let waiting = terms.map((term, i) => [term, i] as const);
    while (waiting.length > 0) {
      const ready = waiting.find(([term]) => isReady(term, this.bindings)) ?? waiting[0];
      if (ready === undefined) break;
      result[ready[1]] = this.value(ready[0]);
      waiting = waiting.filter((one) => one !== ready);
    }
    return result;
  }

  /** Inside a loop, plans what does not depend on it so that it is evaluated at most once; null where that gains nothing. */
  private onlyOnce(term: ResolvedTerm): Operand | null {
    if (
      this.marks !== null ||
      !isWorthKeeping(term) ||
      this.builder.loops === 0 ||
      !isGround(term, this.bindings) ||
      constantOf(term, this.rules) !== undefined
    )
      return null;
    const levels = localsOf(term).map((local) => levelOf(this.bindings.get(local) ?? { kind: "constant", value: null }));
    const level = Math.max(this.builder.context.level, 0, ...levels);
    // What is computed once anyway, for the same loops, needs no place of its own.
    if (level === this.onceLevel) return null;
    const slot = this.builder.reserve(hintOf(term), level);
    if (slot === null) return null;
    const body: Operation[] = [];
    const outerLevel = this.onceLevel;
    const { early } = this;
    this.onceLevel = level;
    // What was evaluated early may stand further inside.
    this.early = new Map();
    this.builder.inside({ kind: "once", slot, body, span: term.span }, body, () => {
      const value = this.valueHere(term);
      this.builder.push({ kind: "give", slot, value });
    });
    this.onceLevel = outerLevel;
    this.early = early;
    return slot;
  }

  private template(term: TemplateTerm): Operand {
    const parts = term.parts.map((part) => (typeof part === "string" ? part : this.capture(part, term.span)));
    return this.builder.bind({ kind: "template", parts }, "text", term.span, false);
  }

  private capture(part: ValueBody, span: Span): Slot {
    const slot = this.builder.slot("part");
    const body: Operation[] = [];
    this.builder.inside({ kind: "capture", slot, body, span }, body, () =>
      this.marked(span, () => {
        this.body(part.body);
        this.builder.push({ kind: "give", slot, value: this.value(part.value) });
      }),
    );
    return slot;
  }

  private callExpression(term: CallTerm): Expression {
    const known = this.marks === null ? knownFormat(term) : null;
    if (known !== null) return formatExpression(known, this.values(known.operands), this.builder.context);
    const args = this.values(term.args.slice(0, term.callee.arity));
    if (isRelation(term) && ignoresFirst(term.args[term.callee.arity])) args.push({ kind: "constant", value: false });
    return callExpression(term, args, this.builder.context);
  }

  private call(term: CallTerm): Operand {
    if (term.args.length > term.callee.arity) {
      this.callWithResult(term);
      return { kind: "constant", value: true };
    }
    return isRelation(term) ? this.relation(term) : this.builder.bind(this.callExpression(term), hintOf(term), term.span);
  }

  /** Opens a loop over the results of a relation. */
  private relation(term: CallTerm): Operand {
    const item = this.builder.loopSlot("result");
    this.openLoop(this.builder.bind(this.callExpression(term), hintOf(term), term.span), null, item, null, term.span);
    return item;
  }

  private callWithResult(term: CallTerm): void {
    const pattern = term.args[term.callee.arity];
    const result = isRelation(term) ? this.relation(term) : this.call({ ...term, args: term.args.slice(0, term.callee.arity) });
    if (pattern !== undefined) this.match(pattern, result);
  }
}
