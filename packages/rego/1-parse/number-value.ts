import { parseNumber } from "../runtime/numbers.ts";
import type { RegoNumber } from "../runtime/value.ts";

/** The value of a number in JSON's form, optionally with a leading `-`; a zero before the point may be missing. `null` where it has too many digits to be worked with. */
export function numberValue(text: string): RegoNumber | null {
  return parseNumber(text.replace(/^(-?)\./, "$10.")) ?? null;
}
