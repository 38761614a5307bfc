// The functions that `with` leaves alone.
import type { Callee } from "./resolved.ts";

/** What only the compiler knows, and makes something else of. */
const compiled: ReadonlySet<string> = new Set(["eq", "rego.metadata.chain", "rego.metadata.rule"]);

/** Why `with` can't put anything in the place of the builtin `name`; null where it can. `callee` is what the name calls. */
export function irreplaceable(name: string, callee: Callee | null): string | null {
  if (compiled.has(name)) return `replacement of "${name}" invalid`;
  if (name === "internal.print" || (callee !== null && name.startsWith("internal."))) {
    return `replacement of internal function "${name}" invalid`;
  }
  if (name === "print") return "target must not be a void function";
  return callee?.kind === "builtin" && callee.builtin.relation === true ? "target must not be a relation" : null;
}
