import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Module } from "./ast.ts";
import { describe } from "./describe.ts";
import { ModuleParser } from "./module-parser.ts";
import type { SyntaxFailure } from "./syntax-failure.ts";
import { token } from "./token-kind.ts";
import { tokenize, type LexicalProblem, type Tokens } from "./tokenize.ts";

export interface ParseOptions {
  /** The name of the file, for messages. */
  readonly file: string;
  readonly version: "v0" | "v1";
}

/**
 * Parses a file of Rego. `module` is `null` if there is an error among the diagnostics, which are sorted by place (at most 50 of them). Every
 * source gives an answer: nothing is thrown, and the time is linear but for hostile nesting, where it is bounded by the limit on depth.
 */
export function parseModule(
  source: string,
  options: ParseOptions,
): { readonly module: Module | null; readonly diagnostics: readonly Diagnostic[] } {
  const tokens = tokenize(source);
  const problems: (LexicalProblem | SyntaxFailure)[] = [...tokens.problems];
  if (options.version === "v0") reportTemplates(tokens, problems);
  const parsed = new ModuleParser(source, tokens, options, (problem) => problems.push(problem)).module();
  const diagnostics = describe(problems, source, options.file);
  return { module: diagnostics.some((each) => each.severity === "error") ? null : parsed, diagnostics };
}

/** Modules of v0 have no template strings, whatever they import. */
function reportTemplates({ kinds, starts, ends }: Tokens, problems: (LexicalProblem | SyntaxFailure)[]): void {
  kinds.forEach((kind, i) => {
    if (kind !== token.templateOpen && kind !== token.rawTemplateOpen) return;
    const span = { start: starts[i] ?? 0, end: ends[i] ?? 0 };
    problems.push({ kind: "beyond-capabilities", message: "template strings are not supported by current capabilities", span });
  });
}
