// Every kind of message about Rego sources, in one place. A kind is added by adding an entry; its name becomes part of `DiagnosticKind`.
// `code` is the family that OPA's users know. Titles, explanations and remedies are for people; programs look at kind and code only.

/** The families of errors, in OPA's spelling. */
export type DiagnosticCode =
  | "rego_parse_error"
  | "rego_compile_error"
  | "rego_type_error"
  | "rego_unsafe_var_error"
  | "rego_recursion_error";

export interface CatalogueEntry {
  readonly code: DiagnosticCode;
  /** A few words that name the mistake. */
  readonly title: string;
  /** What the language demands, and why. */
  readonly explanation: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** All kinds, by name. Stage 1 (parse) first, then resolve and check. */
export const catalogue = {
  "unexpected-token": {
    code: "rego_parse_error",
    title: "Something else was expected here",
    explanation: "The text up to here can be read as Rego, but it can't go on with what stands here.",
    remedy: "Look at the marked place and just before it: often an operator, a comma or a closing bracket is missing.",
  },
  // Stage 2 (resolve).
  "undefined-function": {
    code: "rego_type_error",
    title: "There is no such function",
    explanation: "What is called is neither a builtin nor a function that a module of the program defines.",
    remedy: "Check the spelling and the imports; a rule without arguments is not called but referred to by its name.",
  },
  "wrong-arity": {
    code: "rego_type_error",
    title: "The number of arguments is wrong",
    explanation: "A function takes a fixed number of arguments. One more is allowed, which is compared with its result.",
    remedy: "Give as many arguments as the function has.",
  },
  "rule-conflict": {
    code: "rego_type_error",
    title: "Rules of one name contradict each other",
    explanation: "All rules of one name must make the same kind of document: a single value, a set, an object, or a function with the same number of arguments.",
    remedy: "Rename one of them, or give them the same form.",
  },
  "shadows-root": {
    code: "rego_compile_error",
    title: "A variable or rule is called input or data",
    explanation: "`input` and `data` always mean the documents of the evaluation.",
    remedy: "Choose another name.",
  },
  redeclared: {
    code: "rego_compile_error",
    title: "The variable was declared before",
    explanation: "In one body a variable is declared once, by `:=`, `some`, or as an argument.",
    remedy: "Choose another name, or compare with `==`.",
  },
  "used-before-declared": {
    code: "rego_compile_error",
    title: "The variable is used before it is declared",
    explanation: "A declaration counts from its place on; what was used before it would be another variable of the same name.",
    remedy: "Move the declaration up, or choose another name.",
  },
  "bad-with-target": {
    code: "rego_type_error",
    title: "This can't be replaced by with",
    explanation: "`with` replaces a document below `input` or `data`, a function, or a builtin.",
    remedy: "Name the document without variables, such as `input.user.name`.",
  },
  // Stage 3 (check).
  "unsafe-variable": {
    code: "rego_unsafe_var_error",
    title: "The variable may have infinitely many values",
    explanation: "Every variable needs a place outside of negation that gives it its values: an assignment, an iteration, or a comparison with `=`.",
    remedy: "Give the variable a value in the same body, outside of `not`; check the spelling of the name.",
  },
  recursion: {
    code: "rego_recursion_error",
    title: "The rule depends on itself",
    explanation: "Rego evaluates no recursion, directly or through other rules.",
    remedy: "Break the circle; `walk` and `graph.reachable` go through trees and graphs of any depth.",
  },
} as const;

export type DiagnosticKind = keyof typeof catalogue;
