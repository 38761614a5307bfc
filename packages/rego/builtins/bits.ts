// https://www.openpolicyagent.org/docs/policy-reference#bitwise. Integers of any size, in two's complement without an end.
import { canonicalInteger, toBigInt } from "../runtime/numbers.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { integer, number } from "./type-description.ts";

/** Shifting further to the left is refused: it would fill the memory. */
const longestShift = 1_000_000n;

function bitwise(name: string, calculate: (a: bigint, b: bigint) => bigint): Builtin {
  return define({
    name,
    args: [integer, integer],
    result: number,
    evaluate: (_, a, b) => canonicalInteger(calculate(toBigInt(a), toBigInt(b))),
  });
}

function shift(name: string, calculate: (value: bigint, by: bigint) => bigint | undefined): Builtin {
  return define({
    name,
    args: [integer, integer],
    result: number,
    evaluate(context, value, by) {
      if (by < 0) return context.fail("eval_type_error", "operand 2 must be an unsigned integer number but got a negative integer");
      // The way is an unsigned integer of 64 bits to OPA, which takes the lowest bits of longer ones.
      const shifted = calculate(toBigInt(value), BigInt.asUintN(64, toBigInt(by)));
      return shifted === undefined ? context.fail("eval_builtin_error", "shift too long") : canonicalInteger(shifted);
    },
  });
}

export const bits: readonly Builtin[] = [
  bitwise("bits.and", (a, b) => a & b),
  bitwise("bits.or", (a, b) => a | b),
  bitwise("bits.xor", (a, b) => a ^ b),
  define({ name: "bits.negate", args: [integer], result: number, evaluate: (_, a) => canonicalInteger(~toBigInt(a)) }),
  shift("bits.lsh", (value, by) => (by > longestShift ? undefined : value << by)),
  // Beyond the length of any number that there can be, only the sign is left.
  shift("bits.rsh", (value, by) => (by > 100_000_000n ? (value < 0n ? -1n : 0n) : value >> by)),
];
