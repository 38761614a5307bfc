import type { ResolvedProgram, ResolvedQuery, RuleGroup } from "../../2-resolve/resolved.ts";
import { makeDiagnostic, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { BodyTypes } from "./body-types.ts";
import type { DocumentTypes, RuleType } from "./known-types.ts";
import { RuleTypes } from "./rule-types.ts";

/**
 * Infers the types of these rules, each behind those it depends on, and reports what can have no value whatever the input is. Returns the types, for queries. A chain of rules
 * may be longer than JavaScript's stack, so that none is inferred because another one needs it.
 */
export function checkTypes(
  program: ResolvedProgram,
  ordered: readonly RuleGroup[],
  documents: DocumentTypes,
  diagnostics: Diagnostic[],
  known?: (group: RuleGroup) => RuleType | undefined,
): RuleTypes {
  const types = new RuleTypes(program, documents, diagnostics, known);
  for (const group of ordered) types.of(group);
  for (const group of program.groups) types.of(group);
  return types;
}

/** Checks a query over a program whose rules were checked. */
export function checkQueryTypes(query: ResolvedQuery, rules: RuleTypes, diagnostics: Diagnostic[]): void {
  const types = new BodyTypes(rules, null, (kind, message, span, hint) =>
    diagnostics.push(makeDiagnostic(kind, message, query.module, span, { hint })),
  );
  types.body(query.body);
}
