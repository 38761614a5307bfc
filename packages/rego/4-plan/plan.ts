// The plan of an evaluation: operations that bind slots, test, loop and collect. What follows a loop in a block is inside its body; an operation
// that fails gives up the present turn of the innermost loop, or the block. Everything is resolved: no names, no scopes, no order to find.
import type { Module, Span } from "../1-parse/ast.ts";
import type { RuleGroup } from "../2-resolve/resolved.ts";
import type { Builtin } from "../builtins/define.ts";
import type { Site } from "../observe/site.ts";
import type { RegoValue } from "../runtime/value.ts";

/** A place for a value, set once on each way through the plan. */
export interface Slot {
  readonly kind: "slot";
  readonly id: number;
  /** What a reader would call it: the first variable that it is given to, else a guess. */
  hint: string;
  named: boolean;
  /** The nesting of blocks at which it is bound. */
  level: number;
}

export interface Constant {
  readonly kind: "constant";
  readonly value: RegoValue;
}

export type Operand = Slot | Constant;

/** The evaluation context in force: the evaluation's own, or one made by `with`. */
export interface ContextSlot {
  readonly id: number;
  level: number;
}

/** Something that gives a value, or undefined. */
export type Expression =
  | Operand
  | { readonly kind: "input"; readonly context: ContextSlot }
  /** A base document. */
  | { readonly kind: "base"; readonly context: ContextSlot; readonly path: readonly string[] }
  /** Steps by known names. */
  | { readonly kind: "field"; readonly base: Operand; readonly path: readonly string[] }
  | { readonly kind: "lookup"; readonly base: Operand; readonly key: Operand }
  /** A step into a base document, where numbers find the keys that are written like them. */
  | { readonly kind: "base-step"; readonly base: Operand; readonly key: Operand }
  /** An item of what is known to be an array. */
  | { readonly kind: "item"; readonly base: Operand; readonly position: number }
  | { readonly kind: "rule"; readonly context: ContextSlot; readonly rule: RuleGroup }
  /** A place with rules or packages below it, to be stepped into. */
  | { readonly kind: "document"; readonly context: ContextSlot; readonly path: readonly string[] }
  | { readonly kind: "step"; readonly context: ContextSlot; readonly base: Operand; readonly key: Operand }
  /** The value of a place that was stepped into. */
  | { readonly kind: "whole"; readonly context: ContextSlot; readonly base: Operand }
  | {
      readonly kind: "builtin";
      readonly context: ContextSlot;
      readonly builtin: Builtin;
      readonly args: readonly Operand[];
      readonly span: Span;
    }
  /** A call of `sprintf` with a format that is known: texts, and operands with the verbs that show them. */
  | {
      readonly kind: "format";
      readonly context: ContextSlot;
      readonly builtin: Builtin;
      readonly format: string;
      readonly parts: readonly (string | FormatPart)[];
      readonly span: Span;
    }
  | { readonly kind: "function"; readonly context: ContextSlot; readonly rule: RuleGroup; readonly args: readonly Operand[] }
  | { readonly kind: "array" | "set"; readonly items: readonly Operand[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: Operand, value: Operand])[] }
  /** Texts and values put together; undefined values are shown as such. */
  | { readonly kind: "template"; readonly parts: readonly (string | Operand)[] };

/** An operand of a known format. */
export interface FormatPart {
  readonly verb: "s" | "v" | "d";
  readonly operand: Operand;
}

/** A body that instrumented code tells about; the first, 0, is the rule or query itself. */
export interface FrameSlot {
  readonly id: number;
}

/** What `with` replaces. */
export type PlannedReplacement =
  | {
      readonly kind: "document";
      readonly root: "input" | "data";
      readonly path: readonly string[];
      readonly leavesNames: boolean;
      readonly value: Operand;
    }
  | { readonly kind: "function"; readonly target: string; readonly value: Operand }
  | { readonly kind: "function"; readonly target: string; readonly rule: RuleGroup }
  | { readonly kind: "function"; readonly target: string; readonly builtin: Builtin };

export type Operation =
  /** Binds a slot; fails when the value is undefined and `checked` is set. */
  | { readonly kind: "let"; readonly slot: Slot; readonly value: Expression; checked: boolean; readonly span: Span }
  /** Fails when the slot is undefined. */
  | { readonly kind: "check"; readonly slot: Slot; readonly span: Span }
  /** Fails when the value is undefined or false. */
  | { readonly kind: "test"; readonly value: Expression; readonly span: Span }
  | { readonly kind: "equal"; readonly left: Operand; readonly right: Operand; readonly span: Span }
  | { readonly kind: "shape"; readonly value: Operand; readonly type: "array" | "object"; readonly size: number; readonly span: Span }
  | {
      readonly kind: "loop";
      readonly over: Operand;
      readonly key: Slot | null;
      readonly item: Slot | null;
      /** Whether the order can be seen in the result. */
      readonly ordered: boolean;
      /** Set when the collection may be a place with rules below it. */
      readonly context: ContextSlot | null;
      readonly body: Operation[];
      readonly span: Span;
    }
  /** Like a loop, over the items whose `path` equals `equals`, found through an index. */
  | {
      readonly kind: "seek";
      readonly over: Operand;
      readonly path: readonly string[];
      readonly equals: Operand;
      readonly item: Slot;
      readonly ordered: boolean;
      readonly body: Operation[];
      readonly span: Span;
    }
  /** Fails when the body succeeds. */
  | { readonly kind: "not"; readonly body: Operation[]; readonly span: Span }
  /** Fails unless all (`and`) or one (`or`) of the bodies succeed. */
  | { readonly kind: "logic"; readonly operator: "and" | "or"; readonly bodies: readonly Operation[][]; readonly span: Span }
  /** Fails unless the body succeeds for every item of a collection. */
  | {
      readonly kind: "every";
      readonly over: Operand;
      readonly key: Slot | null;
      readonly item: Slot | null;
      readonly body: Operation[];
      readonly span: Span;
    }
  /** Binds a slot to the collection of what the body adds. */
  | {
      readonly kind: "collect";
      readonly slot: Slot;
      readonly collects: "array" | "set" | "object";
      readonly body: Operation[];
      readonly span: Span;
    }
  /** Binds a slot to what the body gives first, or undefined. Never fails. */
  | { readonly kind: "capture"; readonly slot: Slot; readonly body: Operation[]; readonly span: Span }
  /** Makes room for a value that is computed at most once. */
  | { readonly kind: "reserve"; readonly slot: Slot }
  /** Computes a reserved slot unless that was done before. Fails when it is undefined. */
  | { readonly kind: "once"; readonly slot: Slot; readonly body: Operation[]; readonly span: Span }
  | {
      readonly kind: "with";
      readonly context: ContextSlot;
      readonly parent: ContextSlot;
      readonly replacements: readonly PlannedReplacement[];
      readonly span: Span;
    }
  | { readonly kind: "print"; readonly context: ContextSlot; readonly args: readonly Slot[]; readonly span: Span }
  /** The end of a body inside `not`, `logic` or `every`. */
  | { readonly kind: "succeed" }
  /** The end of a `capture` or `once`. */
  | { readonly kind: "give"; readonly slot: Slot; readonly value: Operand }
  /** The end of a comprehension. */
  | {
      readonly kind: "add";
      readonly to: Slot;
      readonly collects: "array" | "set" | "object";
      readonly key: Operand | null;
      readonly value: Operand;
      readonly span: Span;
    }
  /** The end of a rule's body: its value, the steps behind its path, or the values of a query's variables. */
  | { readonly kind: "produce"; readonly keys: readonly Operand[]; readonly value: Operand; readonly span: Span }
  | { readonly kind: "answer"; readonly values: readonly Operand[] }
  /** Tells that a body begins. Only instrumented plans have this and the next. */
  | { readonly kind: "frame"; readonly frame: FrameSlot; readonly parent: FrameSlot; readonly site: Site }
  /** Tells that the expression at a position of a body is evaluated or holds, or that the body gives a value (the first of `values`, then the keys). */
  | {
      readonly kind: "mark";
      readonly event: "eval" | "holds" | "exit";
      readonly frame: FrameSlot;
      readonly position: number;
      readonly site: Site;
      readonly values: readonly Operand[];
    };

/** The branches of one definition: each is tried when those before it gave nothing. */
export interface PlannedDefinition {
  readonly branches: readonly Operation[][];
  readonly contains: boolean;
  readonly module: Module;
  readonly span: Span;
}

export interface PlannedRule {
  readonly group: RuleGroup;
  readonly params: readonly Slot[];
  readonly definitions: readonly PlannedDefinition[];
  readonly fallback: PlannedDefinition | null;
  /** Whether all definitions give this same constant, so that the first success is enough. */
  readonly constant: Constant | null;
  /** For `object`: false when it shares its path with others, so that it can only be read together with them. */
  readonly alone: boolean;
  /** Whether some `with` of the program can hide it behind a base document. */
  readonly hideable: boolean;
  /** The rule as instrumented code names it; null in ordinary plans. */
  readonly site: Site | null;
}

export interface PlannedQuery {
  readonly body: Operation[];
  readonly names: readonly string[];
  readonly site: Site | null;
  /** The position of each rule in the program that is queried. */
  readonly indexes: ReadonlyMap<RuleGroup, number>;
}

export interface ProgramPlan {
  readonly rules: readonly PlannedRule[];
  /** The position of each rule in the program. */
  readonly indexes: ReadonlyMap<RuleGroup, number>;
  /** Functions that some `with` replaces, by `functionKey`. */
  readonly mocked: ReadonlySet<string>;
}

/** The name under which `with` replaces a function. */
export function functionKey(callee: RuleGroup | Builtin): string {
  return "path" in callee ? `data.${callee.path.join(".")}` : callee.name;
}
