// Calculations with fractions: in two doubles as far as that goes, else with bigints.
import type { RegoNumber } from "../runtime/value.ts";
import * as extended from "./extended-float.ts";
import { QuickFloat } from "./quick-float.ts";

const first: QuickFloat = new QuickFloat();
const second: QuickFloat = new QuickFloat();

export function addFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  return first.set(a) && second.set(b) && first.add(second, 1) ? first.result() : extended.addFractions(a, b);
}

export function subtractFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  return first.set(a) && second.set(b) && first.add(second, -1) ? first.result() : extended.subtractFractions(a, b);
}

export function multiplyFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  return first.set(a) && second.set(b) && first.multiply(second) ? first.result() : extended.multiplyFractions(a, b);
}

/** The divisor must not be zero. */
export function divideFractions(a: RegoNumber, b: RegoNumber): RegoNumber {
  return first.set(a) && second.set(b) && first.divide(second) ? first.result() : extended.divideFractions(a, b);
}

/** The sum, rounded after each addition. */
export function sumOfFractions(values: readonly RegoNumber[]): RegoNumber {
  first.set(0);
  for (const value of values) {
    if (!second.set(value) || !first.add(second, 1)) return extended.sumOfFractions(values);
  }
  return first.result();
}
