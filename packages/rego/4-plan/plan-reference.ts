import type { Span } from "../1-parse/ast.ts";
import type { Local, ReferenceTerm, ResolvedTerm } from "../2-resolve/resolved.ts";
import { isGround } from "../3-check/binding.ts";
import type { BlockBuilder } from "./block-builder.ts";
import { documentStart } from "./document-start.ts";
import { constantOf, type KnownRules } from "./known-rules.ts";
import type { ContextSlot, Operand, Slot } from "./plan.ts";
import { isPattern, leadingNames, singular } from "./term-forms.ts";

/** What plans the body that references stand in. */
interface Planner {
  readonly builder: BlockBuilder;
  readonly bindings: ReadonlyMap<Local, Operand>;
  /** Null in ordinary plans. */
  readonly marks: object | null;
  value(term: ResolvedTerm): Operand;
  match(pattern: ResolvedTerm, value: Operand): void;
  loopSlotFor(pattern: ResolvedTerm, hint: string): Slot;
  openLoop(over: Operand, key: Slot | null, item: Slot | null, context: ContextSlot | null, span: Span): void;
}

/** Plans references: what a path leads to, with a loop for each step that goes through something. */
export class ReferencePlanner {
  private readonly planner: Planner;
  private readonly rules: KnownRules;

  constructor(planner: Planner, rules: KnownRules) {
    this.planner = planner;
    this.rules = rules;
  }

  /** Plans the value of a reference. */
  plan(term: ReferenceTerm): Operand {
    const { builder } = this.planner;
    const { span } = term;
    const { context } = builder;
    if (term.root === "input") {
      const input = builder.input(span);
      if (term.steps.length > 0) return this.steps(input, term.steps, null, span);
      builder.check(input, span);
      return input;
    }
    if (term.root !== "data") return this.steps(this.planner.value(term.root), term.steps, null, span);
    const start = documentStart(this.rules.root, term.steps);
    const rest = term.steps.slice(start.length);
    const constant = constantOf(term, this.rules);
    if (constant !== undefined) return this.steps({ kind: "constant", value: constant }, rest, null, span);
    switch (start.kind) {
      case "rule":
        return this.steps(
          builder.bind({ kind: "rule", context, rule: start.rule }, start.rule.path.at(-1) ?? "rule", span),
          rest,
          null,
          span,
        );
      case "base":
        return this.steps(
          builder.bind({ kind: "base", context, path: start.path }, start.path.at(-1) ?? "data", span),
          rest,
          null,
          span,
          true,
        );
      case "document": {
        const place = builder.bind({ kind: "document", context, path: start.path }, start.path.at(-1) ?? "data", span);
        const reached = this.steps(place, rest, context, span);
        return builder.bind({ kind: "whole", context, base: reached }, "whole", span);
      }
    }
  }

  /** Plans steps into a value. `place` is the context when the value may be a place with rules below it; `inBase` tells that it is a base document. */
  private steps(from: Operand, steps: readonly ResolvedTerm[], place: ContextSlot | null, span: Span, inBase: boolean = false): Operand {
    const { builder, bindings, marks } = this.planner;
    let base = from;
    for (let i = 0; i < steps.length;) {
      const names = place === null ? leadingNames(steps, i) : [];
      if (names.length > 0) {
        base = builder.bind({ kind: "field", base, path: names }, names.at(-1) ?? "field", span);
        i += names.length;
        continue;
      }
      const step = steps[i++];
      if (step === undefined) break;
      if (isPattern(step) && !isGround(step, bindings)) {
        const key = step.kind === "local" && step.local.wildcard && marks === null ? null : this.planner.loopSlotFor(step, "key");
        const item = builder.loopSlot(singular(base));
        this.planner.openLoop(base, key, item, place, span);
        if (key !== null) this.planner.match(step, key);
        base = item;
      } else {
        const key = this.planner.value(step);
        const hint = key.kind === "constant" && typeof key.value === "string" ? key.value : singular(base);
        base = builder.bind(
          place !== null ? { kind: "step", context: place, base, key } : { kind: inBase ? "base-step" : "lookup", base, key },
          hint,
          span,
        );
      }
    }
    return base;
  }
}
