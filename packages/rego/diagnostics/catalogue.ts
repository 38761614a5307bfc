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
} as const;

export type DiagnosticKind = keyof typeof catalogue;
