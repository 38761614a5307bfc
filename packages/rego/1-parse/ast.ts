// The syntax tree of Rego v0 and v1, as the parser makes it and the later stages read it. It says what was written, with sugar kept where
// a later stage or a message needs it; nothing is resolved yet. Language: https://www.openpolicyagent.org/docs/policy-language

import type { RegoScalar } from "../runtime/value.ts";

/** A stretch of a source file, in UTF-16 offsets: `end` is the offset after its last character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `null`, a boolean, a number or a string. Raw strings are ordinary strings here. */
export interface Scalar {
  readonly kind: "scalar";
  readonly value: RegoScalar;
  readonly span: Span;
}

/** A name. Each `_` is a variable of its own: `wildcard` is set, and the name is made unique in the file (`$1`, `$2`, …). */
export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  readonly wildcard: boolean;
  readonly span: Span;
}

/** `head.a[b]`: the head is most often a variable, but calls, collections and comprehensions can be stepped into as well. Dots are string scalars. */
export interface Reference {
  readonly kind: "reference";
  readonly head: Term;
  readonly steps: readonly Term[];
  readonly span: Span;
}

export interface ArrayTerm {
  readonly kind: "array";
  readonly items: readonly Term[];
  readonly span: Span;
}

/** `{a, b}`, and the empty set, which is written `set()`. */
export interface SetTerm {
  readonly kind: "set";
  readonly items: readonly Term[];
  readonly span: Span;
}

export interface ObjectTerm {
  readonly kind: "object";
  readonly entries: readonly (readonly [key: Term, value: Term])[];
  readonly span: Span;
}

export interface Comprehension {
  readonly kind: "comprehension";
  readonly collects: "array" | "set" | "object";
  /** The key of an object comprehension. */
  readonly key: Term | null;
  readonly value: Term;
  readonly body: Body;
  readonly span: Span;
}

/**
 * A call of a function or builtin. Operators are calls of their builtin: `eq` (`=`), `assign` (`:=`), `equal` (`==`), `neq`, `lt`, `lte`,
 * `gt`, `gte`, `plus`, `minus`, `mul`, `div`, `rem`, `and` (`&`), `or` (`|`), `internal.member_2` (`x in xs`), `internal.member_3` (`k, v in xs`).
 */
export interface Call {
  readonly kind: "call";
  /** A variable, or a reference whose steps are string scalars. For an operator, a variable or reference that spells the builtin's name. */
  readonly operator: Variable | Reference;
  readonly args: readonly Term[];
  /** True when it was written as an operator; its name is then never shadowed by rules or variables. */
  readonly infix: boolean;
  readonly span: Span;
}

/** `$"text {expression}"` (or with raw quotes): literal text and expressions in turn. An expression may have `with`, is never negated and never assigns. */
export interface TemplateString {
  readonly kind: "template";
  readonly raw: boolean;
  readonly parts: readonly (string | ExpressionLiteral)[];
  readonly span: Span;
}

export type Term = Scalar | Variable | Reference | ArrayTerm | SetTerm | ObjectTerm | Comprehension | Call | TemplateString;

/** `with target as value` */
export interface With {
  readonly target: Term;
  readonly value: Term;
  readonly span: Span;
}

/** `expression`, or `not expression`. */
export interface ExpressionLiteral {
  readonly kind: "expression";
  readonly term: Term;
  readonly negated: boolean;
  readonly with: readonly With[];
  readonly span: Span;
}

/** `some x, y` */
export interface SomeLiteral {
  readonly kind: "some";
  readonly variables: readonly Variable[];
  readonly span: Span;
}

/** `some x in xs`, `some k, v in xs`; key and value may be patterns. */
export interface SomeInLiteral {
  readonly kind: "some-in";
  readonly key: Term | null;
  readonly value: Term;
  readonly domain: Term;
  readonly with: readonly With[];
  readonly span: Span;
}

/** `every x in xs { … }`, `every k, v in xs { … }` */
export interface EveryLiteral {
  readonly kind: "every";
  readonly key: Variable | null;
  readonly value: Variable;
  readonly domain: Term;
  readonly body: Body;
  readonly with: readonly With[];
  readonly span: Span;
}

/**
 * `not { … }` or `not (a or b)` (`import future.keywords.not` or `rego.v2`): holds when the body has no solution. The body is a scope of its own.
 * The plain `not expression` is an `ExpressionLiteral`.
 */
export interface NotLiteral {
  readonly kind: "not";
  readonly body: Body;
  readonly with: readonly With[];
  readonly span: Span;
}

/**
 * `a and b`, `a or { … }` (`import future.keywords.and`, `…or` or `rego.v2`). Each operand is a body and a scope of its own, of one literal unless
 * it was written in braces; chains of one operator are flat. It holds once however many solutions its operands have, and what an operand binds
 * is not seen outside. Operands are tried from the left: `and` stops at the first without a solution, `or` at the first with one.
 */
export interface LogicLiteral {
  readonly kind: "logic";
  readonly operator: "and" | "or";
  readonly operands: readonly Body[];
  readonly with: readonly With[];
  readonly span: Span;
}

/** One conjunct of a body. */
export type Literal = ExpressionLiteral | SomeLiteral | SomeInLiteral | EveryLiteral | NotLiteral | LogicLiteral;

/** A conjunction. */
export type Body = readonly Literal[];

/**
 * A rule's head. `reference` is its name below the package: `p`, `p.q`, `p[x].r`. In `p contains x` `contains` is `x`; the v0 forms `p[x] { … }`
 * and `p.x { … }` (exactly one step, no value, no `if`) are turned into that. `args` is there for functions. `value` is what stands behind `=` or `:=`; without one it is `true`.
 */
export interface RuleHead {
  readonly reference: Reference;
  readonly args: readonly Term[] | null;
  readonly contains: Term | null;
  readonly value: Term | null;
  readonly assigned: ":=" | "=" | null;
  readonly span: Span;
}

/** `else := value if { … }`. */
export interface ElseBranch {
  readonly value: Term | null;
  /** Whether `:=` stands before the value, not `=`. */
  readonly assigned: boolean;
  readonly body: Body;
  readonly span: Span;
}

/** One rule. A v0 rule with several bodies (`p { … } { … }`) becomes several rules. An empty body is true. */
export interface Rule {
  readonly kind: "rule";
  readonly default: boolean;
  readonly head: RuleHead;
  readonly body: Body;
  readonly else: readonly ElseBranch[];
  /** The `# METADATA` blocks of scope `rule` directly before it (and of scope `document`). */
  readonly annotations: readonly Annotation[];
  readonly span: Span;
}

/** `import data.a.b as c`; `future.keywords…` and `rego.v1` are kept as written, and have already done their work in the parser. */
export interface Import {
  readonly path: Reference;
  readonly alias: string | null;
  readonly span: Span;
}

/** A `# METADATA` comment: its YAML, read. */
export interface Annotation {
  readonly scope: "rule" | "document" | "package" | "subpackages";
  readonly content: { readonly [key: string]: unknown };
  readonly span: Span;
}

/** A parsed file. */
export interface Module {
  /** The name it was parsed under, for messages. */
  readonly file: string;
  readonly source: string;
  readonly version: "v0" | "v1";
  /** The package's path, a reference whose head is the variable `data`. */
  readonly package: Reference;
  readonly imports: readonly Import[];
  readonly rules: readonly Rule[];
  /** All annotations of the file in order. */
  readonly annotations: readonly Annotation[];
}
