import type { Span } from "../../1-parse/ast.ts";
import type { StaticType } from "../../builtins/static-type.ts";
import { areCompatible, haveEmptySets } from "./combine-types.ts";
import { mismatch, Mistaken } from "./mistakes.ts";

/** Two sides of `=` or `==` need types that can be the same. Those of two variables are not compared as closely as others: both may be empty sets. Throws `Mistaken`. */
export function checkComparison(left: StaticType, right: StaticType, areVariables: boolean, span: Span): void {
  if (!areCompatible(left, right) || (!areVariables && haveEmptySets(left, right))) throw new Mistaken(mismatch(left, right), span);
}
