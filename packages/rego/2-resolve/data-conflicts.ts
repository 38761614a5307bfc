// Rules and data share one tree. Where both have a value, one of them would hide the other: OPA does not load them together.
import { makeDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { lookup } from "../runtime/lookup.ts";
import { isObject, type RegoValue } from "../runtime/value.ts";
import type { RuleGroup } from "./resolved.ts";

/** Reports each rule in whose place the data have a value, or which stands below a value that is no object. */
export function reportDataConflicts(groups: readonly RuleGroup[], data: RegoValue, diagnostics: Diagnostic[]): void {
  for (const group of groups) {
    if (!isTaken(group.path, data)) continue;
    const message = `conflicting rule for data path ${group.path.join("/")} found`;
    diagnostics.push(makeDiagnostic("data-conflict", message, group.module, group.span));
  }
}

function isTaken(path: readonly string[], data: RegoValue): boolean {
  let value = data;
  for (const step of path) {
    if (!isObject(value)) return true;
    const next = lookup(value, step);
    if (next === undefined) return false;
    value = next;
  }
  return true;
}
