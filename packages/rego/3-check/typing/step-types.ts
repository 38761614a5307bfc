import type { StaticType } from "../../builtins/static-type.ts";
import { Decimal, plainIfSame } from "../../runtime/decimal.ts";
import { isPlainScalar, type RegoValue } from "../../runtime/value.ts";
import { isNothing, selected } from "./combine-types.ts";

/** What a step that is written as a constant leads to: null when there can be nothing, undefined for a constant that only the types of keys can tell of. */
export function selectedBy(type: StaticType, constant: RegoValue): StaticType | null | undefined {
  const key = plainIfSame(constant);
  return isPlainScalar(key) ? somethingOf(selected(type, key, isWrittenPlainly(constant))) : undefined;
}

/** Into an empty collection leads no step. */
export function somethingOf(found: StaticType | null): StaticType | null {
  return found !== null && isNothing(found) ? null : found;
}

/** Whether a constant is no number with a point or an exponent: `-0` is written as an integer is, `1.0` is not. */
function isWrittenPlainly(constant: RegoValue): boolean {
  return !(constant instanceof Decimal) || !/[.e]/i.test(constant.writtenText());
}
