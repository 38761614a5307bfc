import type { ResolvedProgram, ResolvedQuery, RuleGroup } from "../../2-resolve/resolved.ts";
import { makeDiagnostic, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { BodyTypes } from "./body-types.ts";
import type { DocumentTypes, RuleType } from "./known-types.ts";
import { RuleTypes } from "./rule-types.ts";

/** Infers the types of all rules but those that are known, and reports what can have no value whatever the input is. Returns the types, for queries. */
export function checkTypes(
  program: ResolvedProgram,
  documents: DocumentTypes,
  diagnostics: Diagnostic[],
  known: ReadonlyMap<RuleGroup, RuleType>,
): RuleTypes {
  const types = new RuleTypes(program, documents, diagnostics, known);
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
