// https://www.openpolicyagent.org/docs/policy-reference#time: what needs no time zones. Times are nanoseconds since 1970, UTC, and must fit 64 bits.
import { canonicalInteger } from "../runtime/numbers.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { number, string } from "./type-description.ts";

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Nanoseconds of a moment in the notation of RFC 3339, or undefined. Digits beyond nanoseconds are cut off. */
function parseRfc3339(text: string): bigint | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return undefined;
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (offsetHours > 24 || offsetMinutes > 59) return undefined;
  const offset = (offsetHours * 60 + offsetMinutes) * (match[8] === "-" ? -1 : 1);
  const seconds = date.getTime() / 1000 + hour * 3600 + (minute - offset) * 60 + second;
  return BigInt(seconds) * 1_000_000_000n + BigInt((match[7] ?? "").slice(0, 9).padEnd(9, "0"));
}

const nanoseconds: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", 1000n],
  ["\u00b5s", 1000n],
  ["\u03bcs", 1000n],
  ["ms", 1_000_000n],
  ["s", 1_000_000_000n],
  ["m", 60_000_000_000n],
  ["h", 3_600_000_000_000n],
]);
const duration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;

/** Nanoseconds of a duration such as `1h15m30.5s`, or undefined. */
function parseDuration(text: string): bigint | undefined {
  if (!duration.test(text)) return undefined;
  let total = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of text.matchAll(/(\d*)(?:\.(\d*))?([a-z\u00b5\u03bc]+)/g)) {
    const scale = nanoseconds.get(unit) as bigint;
    total += BigInt(whole || "0") * scale + (BigInt(fraction || "0") * scale) / 10n ** BigInt(fraction.length);
  }
  return text.startsWith("-") ? -total : total;
}

function fits(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

export const moments: readonly Builtin[] = [
  define({ name: "time.now_ns", args: [], result: number, nondeterministic: true, evaluate: (context) => canonicalInteger(context.now) }),
  define({
    name: "time.parse_rfc3339_ns",
    args: [string],
    result: number,
    evaluate(context, text) {
      const value = parseRfc3339(text);
      if (value === undefined) return context.fail("eval_builtin_error", `${JSON.stringify(text)} is no time of RFC 3339`);
      return fits(value) ? canonicalInteger(value) : context.fail("eval_builtin_error", "time outside of valid range");
    },
  }),
  define({
    name: "time.parse_duration_ns",
    args: [string],
    result: number,
    evaluate(context, text) {
      const value = parseDuration(text);
      if (value === undefined) return context.fail("eval_builtin_error", `invalid duration ${JSON.stringify(text)}`);
      return fits(value) ? canonicalInteger(value) : context.fail("eval_builtin_error", "duration outside of valid range");
    },
  }),
];
