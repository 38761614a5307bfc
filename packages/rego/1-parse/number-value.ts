/** Integers with more digits than this are refused: nothing sensible needs them, and hostile exponents would fill the memory. */
const mostDigits = 4096;

/**
 * The value of a number in JSON's form, optionally with a leading `-`: a `bigint` for an integer that a double could not hold exactly (also one
 * written with a fraction or an exponent, such as `1e20`), else a double. `null` where it is too large to be worked with.
 */
export function numberValue(text: string): number | bigint | null {
  const value = Number(text);
  if (Number.isSafeInteger(value) && !/[.eE]/.test(text)) return value === 0 ? 0 : value;
  const match = /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return 0;
  const significant = digits.replace(/0+$/, "");
  // The value is significant × 10^shift.
  const shift = Number(exponentText) - fraction.length + (digits.length - significant.length);
  if (shift < 0) return Number.isFinite(value) ? value : null;
  if (significant.length + shift > mostDigits) return null;
  const exact = BigInt(significant + "0".repeat(shift)) * (sign === "-" ? -1n : 1n);
  return exact >= BigInt(Number.MIN_SAFE_INTEGER) && exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : exact;
}
