/** A step of a reference: a constant, or the variable at a position of `Site.names`; null where it is not known. */
export type SiteStep = { readonly constant: string | number } | { readonly variable: number } | null;

/** A reference into the input that an expression makes: `root` is the position of a variable, or -1 for the input itself. */
export interface SiteRead {
  readonly root: number;
  readonly steps: readonly SiteStep[];
}

/** A place in the sources that instrumented code tells about. Lines and columns count from 1; the end is behind the last character. */
export interface Site {
  /** `rule`: the head of a rule or of an `else`; `body`: that of a comprehension, `every` or `not`. */
  readonly kind: "rule" | "query" | "body" | "expression";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The source text; for a rule its path, `data.a.p`. */
  readonly text: string;
  /** The variables of the expression. Wildcards are called `_`. */
  names: readonly string[];
  reads: readonly SiteRead[];
}
