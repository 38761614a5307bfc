// Exact division of the numbers of JSON, which are decimal.
import { numberText } from "../../runtime/numbers.ts";
import type { RegoNumber } from "../../runtime/value.ts";

/** Whether a number is a whole multiple of another, both as they are written: 0.3 is one of 0.1. */
export function isMultiple(value: RegoNumber, of: RegoNumber): boolean {
  const [a, b] = [decimal(value), decimal(of)];
  const scale = Math.max(a.scale, b.scale);
  // Beyond this many digits one of them is as good as infinite.
  if (scale - Math.min(a.scale, b.scale) > 700) return false;
  return (a.digits * 10n ** BigInt(scale - a.scale)) % (b.digits * 10n ** BigInt(scale - b.scale)) === 0n;
}

/** digits / 10^scale */
function decimal(value: RegoNumber): { readonly digits: bigint; readonly scale: number } {
  const [mantissa = "0", exponent = "0"] = numberText(value).toLowerCase().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}
