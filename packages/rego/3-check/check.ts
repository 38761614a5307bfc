// Stage 3: that every variable is safe, and that no rule depends on itself. Bodies are put into an order in which they can be evaluated.
import { localsOf } from "./binding.ts";
import { BodyOrder } from "./order-body.ts";
import { reportRecursion } from "./recursion.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Definition, Local, ResolvedProgram, ResolvedQuery, RuleGroup } from "../2-resolve/resolved.ts";

/** Checks a program and orders its bodies in place. Returns the rules that were checked, each behind those it depends on. */
export function checkProgram(program: ResolvedProgram, diagnostics: Diagnostic[]): readonly RuleGroup[] {
  for (const group of program.groups) {
    if (program.settled.has(group)) continue;
    for (const definition of group.definitions) checkDefinition(definition, diagnostics);
    if (group.fallback !== null) checkDefinition(group.fallback, diagnostics);
  }
  return reportRecursion(program, diagnostics);
}

/** Checks a query and orders its body in place. */
export function checkQuery(query: ResolvedQuery, diagnostics: Diagnostic[]): void {
  new BodyOrder(query.module, diagnostics).order(query.body, [], new Set());
}

function checkDefinition(definition: Definition, diagnostics: Diagnostic[]): void {
  const order = new BodyOrder(definition.module, diagnostics);
  const args = new Set<Local>(definition.args.flatMap(localsOf));
  for (const branch of definition.branches) {
    const ends = branch === definition.branches[0] ? [...definition.keys, branch.value] : [branch.value];
    order.order(branch.body, ends, args);
  }
}
