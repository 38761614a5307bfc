// What stage 2 makes of the syntax trees: every name is a local variable, `input`, `data` with a full path, a function or a builtin.
import type { Annotation, Module, Span } from "../1-parse/ast.ts";
import type { Builtin } from "../builtins/define.ts";
import type { RegoValue } from "../runtime/value.ts";

/** A variable of one rule or query. Two variables of the same name in different scopes are different objects. */
export interface Local {
  readonly id: number;
  readonly name: string;
  /** `_`, which no result shows. */
  readonly wildcard: boolean;
  readonly span: Span;
}

/** Something that has no variables and needs no evaluation. */
export interface Constant {
  readonly kind: "constant";
  readonly value: RegoValue;
  readonly span: Span;
}

export interface LocalTerm {
  readonly kind: "local";
  readonly local: Local;
  readonly span: Span;
}

/** `input.a.b` or `data.a.b`, rules included, or steps into any other term. */
export interface ReferenceTerm {
  readonly kind: "reference";
  readonly root: "input" | "data" | ResolvedTerm;
  readonly steps: readonly ResolvedTerm[];
  readonly span: Span;
}

export interface CollectionTerm {
  readonly kind: "array" | "set";
  readonly items: readonly ResolvedTerm[];
  readonly span: Span;
}

export interface ObjectTerm {
  readonly kind: "object";
  readonly entries: readonly (readonly [key: ResolvedTerm, value: ResolvedTerm])[];
  readonly span: Span;
}

export interface ComprehensionTerm {
  readonly kind: "comprehension";
  readonly collects: "array" | "set" | "object";
  readonly key: ResolvedTerm | null;
  readonly value: ResolvedTerm;
  readonly body: ResolvedBody;
  readonly span: Span;
}

/** A call. One argument more than the callee has is a pattern for its result. */
export interface CallTerm {
  readonly kind: "call";
  readonly callee: Callee;
  readonly args: readonly ResolvedTerm[];
  readonly span: Span;
}

export type Callee =
  | { readonly kind: "builtin"; readonly builtin: Builtin; readonly arity: number }
  | { readonly kind: "function"; readonly rule: RuleGroup; readonly arity: number };

/** A template string: literal texts, and bodies whose value is put in. A value that is undefined is shown as such. */
export interface TemplateTerm {
  readonly kind: "template";
  readonly parts: readonly (string | ValueBody)[];
  readonly span: Span;
}

/** `a = b` where a value is wanted: true when both unify. */
export interface UnifyTerm {
  readonly kind: "unify";
  readonly left: ResolvedTerm;
  readonly right: ResolvedTerm;
  readonly span: Span;
}

export type ResolvedTerm =
  | Constant
  | LocalTerm
  | ReferenceTerm
  | CollectionTerm
  | ObjectTerm
  | ComprehensionTerm
  | CallTerm
  | TemplateTerm
  | UnifyTerm;

/** A body of its own scope, and what it gives for a solution. */
export interface ValueBody {
  readonly body: ResolvedBody;
  readonly value: ResolvedTerm;
}

/** `with`: what is replaced, and by what. */
export type Replacement =
  | {
      readonly kind: "document";
      readonly root: "input" | "data";
      readonly path: readonly string[];
      /** Whether the path goes on with something that is no name: then the evaluation ends there. */
      readonly leavesNames: boolean;
      readonly value: ResolvedTerm;
      readonly span: Span;
    }
  | { readonly kind: "function"; readonly target: Callee; readonly by: ResolvedTerm | Callee; readonly span: Span };

interface LiteralBase {
  readonly with: readonly Replacement[];
  readonly span: Span;
}

/** Holds when the term is defined and not false. */
export interface TermLiteral extends LiteralBase {
  readonly kind: "term";
  readonly term: ResolvedTerm;
}

/** `not term`: sees the variables of the body it stands in, and binds none. */
export interface NegatedLiteral extends LiteralBase {
  readonly kind: "negated";
  readonly literal: ResolvedLiteral;
}

export interface SomeInLiteral extends LiteralBase {
  readonly kind: "some-in";
  readonly key: ResolvedTerm | null;
  readonly value: ResolvedTerm;
  readonly domain: ResolvedTerm;
}

export interface EveryLiteral extends LiteralBase {
  readonly kind: "every";
  readonly key: Local | null;
  readonly value: Local;
  readonly domain: ResolvedTerm;
  readonly body: ResolvedBody;
}

/** `not { … }`: the body is a scope of its own. */
export interface NotBodyLiteral extends LiteralBase {
  readonly kind: "not-body";
  readonly body: ResolvedBody;
}

export interface LogicLiteral extends LiteralBase {
  readonly kind: "logic";
  readonly operator: "and" | "or";
  readonly operands: readonly ResolvedBody[];
}

/** `print(…)`: each argument is shown, undefined ones as such; always holds. */
export interface PrintLiteral extends LiteralBase {
  readonly kind: "print";
  readonly args: readonly ValueBody[];
}

export type ResolvedLiteral = TermLiteral | NegatedLiteral | SomeInLiteral | EveryLiteral | NotBodyLiteral | LogicLiteral | PrintLiteral;

export interface ResolvedBody {
  /** In the order written; stage 3 puts them into an order in which every variable is bound before it is needed. */
  literals: ResolvedLiteral[];
  /** The variables that belong to this body. */
  readonly owned: ReadonlySet<Local>;
  readonly span: Span;
}

/** A rule's own body or that of an `else`, with the part of the source that stands before it. */
export interface Branch extends ValueBody {
  readonly head: Span;
}

/** One rule of a group, with its own body and else branches. */
export interface Definition {
  readonly group: RuleGroup;
  readonly module: Module;
  /** Patterns for the arguments of a function. */
  readonly args: readonly ResolvedTerm[];
  /** The steps of the head behind the group's path. */
  readonly keys: readonly ResolvedTerm[];
  /** Whether it adds to a set rather than giving a value. */
  readonly contains: boolean;
  readonly branches: readonly Branch[];
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

/** What the rules of one path make: a single value, a function, a set, or an object that grows key by key. */
export type RuleKind = "complete" | "function" | "set" | "object";

export interface RuleGroup {
  readonly path: readonly string[];
  readonly kind: RuleKind;
  readonly arity: number;
  readonly definitions: Definition[];
  fallback: Definition | null;
  readonly module: Module;
  readonly span: Span;
}

/** A place below `data` at or under which there are rules or packages. */
export interface RuleNode {
  readonly path: readonly string[];
  readonly children: Map<string, RuleNode>;
  /** The rules whose path this is, but for those with further, dynamic steps. */
  group: RuleGroup | null;
  /** Those with dynamic steps behind this path. */
  dynamic: RuleGroup | null;
}

export interface ResolvedProgram {
  readonly modules: readonly Module[];
  /** The paths of all packages. */
  readonly packages: readonly (readonly string[])[];
  readonly root: RuleNode;
  readonly groups: readonly RuleGroup[];
  /** The groups that were taken over from another program, which found no mistake in them. They refer to no others, and their bodies are in order. */
  readonly settled: ReadonlySet<RuleGroup>;
}

/** A query: a body, and the variables that its results show. */
export interface ResolvedQuery {
  readonly module: Module;
  readonly body: ResolvedBody;
  readonly variables: readonly Local[];
}
