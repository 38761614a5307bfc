import type { Span } from "../../1-parse/ast.ts";
import { anyStatic, type StaticType } from "../../builtins/static-type.ts";
import { areCompatible, isNothing, keysOf, unknown, valuesOf } from "./combine-types.ts";
import { mismatch, Mistaken } from "./mistakes.ts";

/** `x in xs` and `k, x in xs`, wherever they stand, need something that can be in there. `name` is that of any builtin that is called. Throws `Mistaken`. */
export function checkMembership(name: string, given: readonly StaticType[], span: Span): void {
  if (name !== "internal.member_2" && name !== "internal.member_3") return;
  const domain = given[name === "internal.member_2" ? 1 : 2] ?? unknown;
  const values = valuesOf(domain);
  if (values === null || isNothing(values)) return;
  const sought = name === "internal.member_2" ? [values] : [keysOf(domain) ?? anyStatic, values];
  sought.forEach((wanted, i) => {
    const own = given[i] ?? unknown;
    if (!areCompatible(own, wanted)) throw new Mistaken(mismatch(own, wanted), span);
  });
}
