import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Body } from "./ast.ts";
import { describe } from "./describe.ts";
import { initialKeywords } from "./keyword-imports.ts";
import { QueryParser } from "./query-parser.ts";
import { SyntaxFailure } from "./syntax-failure.ts";
import { tokenize, type LexicalProblem } from "./tokenize.ts";

/** Parses a query: a body on its own, such as `data.example.deny[x]; x.level > 2`. `body` is `null` if there are diagnostics. Never throws. */
export function parseQuery(
  source: string,
  options: { readonly file: string; readonly version: "v0" | "v1" },
): { readonly body: Body | null; readonly diagnostics: readonly Diagnostic[] } {
  const tokens = tokenize(source);
  const problems: (LexicalProblem | SyntaxFailure)[] = [...tokens.problems];
  let body: Body | null = null;
  try {
    body = new QueryParser(source, tokens, initialKeywords(options.version)).query();
  } catch (problem) {
    if (!(problem instanceof SyntaxFailure)) throw problem;
    if (!problem.silent) problems.push(problem);
  }
  const diagnostics = describe(problems, source, options.file);
  return { body: diagnostics.length > 0 ? null : body, diagnostics };
}
