// https://www.openpolicyagent.org/docs/policy-reference#time. Times are nanoseconds since 1970, UTC, and must fit 64 bits.
import { Decimal, type PlainNumber } from "../runtime/decimal.ts";
import { canonicalInteger, isInteger, toBigInt } from "../runtime/numbers.ts";
import { isNumber } from "../runtime/value.ts";
import type { RegoArray, RegoNumber, RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { neighbours } from "./extended-float.ts";
import type { Civil } from "./time/civil.ts";
import { civilOf, daysInMonth, floorSeconds, secondsOf, weekdayOf } from "./time/civil.ts";
import { parseDuration } from "./time/duration.ts";
import { formatTime } from "./time/format-time.ts";
import { resolveLayout, rfc3339, rfc3339Nano } from "./time/layout.ts";
import { weekdayNames } from "./time/names.ts";
import { parseTime } from "./time/parse-time.ts";
import type { Zone } from "./time/zone.ts";
import { findZone } from "./time/zone.ts";
import { any, arrayOf, long, number, oneOf, string } from "./type-description.ts";

const perSecond = 1_000_000_000n;
/** Nanoseconds, or nanoseconds and the name of a zone. */
const momentType = oneOf(number, arrayOf(any));

interface Moment {
  readonly nanoseconds: bigint;
  readonly zone: Zone;
  readonly layout: string;
}

/** Reads the operand that a moment is given by; undefined, and the error reported, if it is none. */
function readMoment(context: BuiltinContext, position: number, operand: RegoValue, mayHaveLayout: boolean): Moment | undefined {
  const parts: RegoArray = Array.isArray(operand) ? (operand as RegoArray) : [operand];
  const [time, zoneName = "", layout = ""] = parts;
  const forms = mayHaveLayout ? "[ns], [ns, zone] or [ns, zone, layout]" : "[ns] or [ns, zone]";
  const mistyped = `operand ${position} must be a number of nanoseconds or an array ${forms}`;
  if (!isNumber(time) || typeof zoneName !== "string") return context.fail("eval_type_error", mistyped);
  const nanoseconds = exactTime(time);
  if (nanoseconds === undefined) return context.fail("eval_builtin_error", "timestamp too big");
  const zone = findZone(zoneName);
  if (zone === undefined) return context.fail("eval_builtin_error", `unknown time zone ${zoneName}`);
  // What comes behind the layout is not looked at.
  return typeof layout === "string" ? { nanoseconds, zone, layout } : context.fail("eval_type_error", mistyped);
}

/** A time that is an integer once it has been rounded to the bits that fractions have. */
function exactTime(time: RegoNumber): bigint | undefined {
  if (!(time instanceof Decimal) && !isInteger(time)) return undefined;
  const { below, above } = time instanceof Decimal ? neighbours(time) : { below: toBigInt(time), above: toBigInt(time) };
  return below === above && fits(below) ? below : undefined;
}

function fits(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** A time as a result. */
function inRange(context: BuiltinContext, time: bigint): RegoNumber | undefined {
  return fits(time) ? canonicalInteger(time) : context.fail("eval_builtin_error", "time outside of valid range");
}

function nanosecondOf(nanoseconds: bigint): number {
  return Number(((nanoseconds % perSecond) + perSecond) % perSecond);
}

/** Seconds since 1970 on the clocks of the zone. */
function localSeconds({ nanoseconds, zone }: Moment): number {
  const seconds = floorSeconds(nanoseconds);
  return seconds + zone.offsetAt(seconds);
}

function parse(context: BuiltinContext, layout: string, text: string): RegoNumber | undefined {
  const time = parseTime(layout, text);
  if (time === undefined)
    return context.fail("eval_builtin_error", `cannot parse ${JSON.stringify(text)} as a time of the layout ${JSON.stringify(layout)}`);
  return inRange(context, time);
}

/** A builtin that tells something of the local date and time. */
function local(name: string, result: Builtin["result"], tell: (seconds: number) => RegoValue): Builtin {
  return define({
    name,
    args: [momentType],
    result,
    evaluate(context, operand) {
      const moment = readMoment(context, 1, operand, false);
      return moment === undefined ? undefined : tell(localSeconds(moment));
    },
  });
}

/** A date so far away cannot be in range, and its days are no longer exact. */
const farAway = 10_000_000;

function addDate(
  context: BuiltinContext,
  time: PlainNumber,
  added: readonly [PlainNumber, PlainNumber, PlainNumber],
): RegoNumber | undefined {
  const nanoseconds = exactTime(time);
  if (nanoseconds === undefined) return context.fail("eval_builtin_error", "timestamp too big");
  const [years, months, days] = added.map(Number) as [number, number, number];
  if (Math.max(Math.abs(years), Math.abs(months), Math.abs(days)) > farAway) return inRange(context, 1n << 64n);
  const seconds = floorSeconds(nanoseconds);
  const civil = civilOf(seconds);
  const moved = secondsOf({ ...civil, year: civil.year + years, month: civil.month + months, day: civil.day + days });
  return inRange(context, nanoseconds + BigInt(moved - seconds) * perSecond);
}

/** Years, months, days, hours, minutes and seconds from the earlier moment to the later, both on the clocks of the first one's zone. */
function difference(first: Moment, second: Moment): number[] {
  const zoned = { ...second, zone: first.zone };
  const [from, to] = first.nanoseconds > second.nanoseconds ? [zoned, first] : [first, zoned];
  const [a, b] = [civilOf(localSeconds(from)), civilOf(localSeconds(to))];
  const result = parts(b).map((part, i) => part - (parts(a)[i] as number)) as [number, number, number, number, number, number];
  // A part that is negative borrows from the one before: a month has as many days as the earlier date's month.
  const sizes = [0, 12, daysInMonth(a.year, a.month), 24, 60, 60];
  for (let i = 5; i > 0; i--) {
    if ((result[i] as number) >= 0) continue;
    result[i] = (result[i] as number) + (sizes[i] as number);
    result[i - 1] = (result[i - 1] as number) - 1;
  }
  return result;
}

function parts({ year, month, day, hour, minute, second }: Civil): number[] {
  return [year, month, day, hour, minute, second];
}

export const moments: readonly Builtin[] = [
  define({ name: "time.now_ns", args: [], result: number, nondeterministic: true, evaluate: (context) => canonicalInteger(context.now) }),
  define({
    name: "time.parse_ns",
    args: [string, string],
    result: number,
    evaluate: (context, layout, text) => parse(context, resolveLayout(layout), text),
  }),
  define({
    name: "time.parse_rfc3339_ns",
    args: [string],
    result: number,
    evaluate: (context, text) => parse(context, rfc3339, text),
  }),
  define({
    name: "time.parse_duration_ns",
    args: [string],
    result: number,
    evaluate(context, text) {
      const value = parseDuration(text);
      return value === undefined ? context.fail("eval_builtin_error", `invalid duration ${JSON.stringify(text)}`) : canonicalInteger(value);
    },
  }),
  define({
    name: "time.format",
    args: [momentType],
    result: string,
    evaluate(context, operand) {
      const moment = readMoment(context, 1, operand, true);
      if (moment === undefined) return undefined;
      return formatTime(
        floorSeconds(moment.nanoseconds),
        nanosecondOf(moment.nanoseconds),
        moment.zone,
        moment.layout === "" ? rfc3339Nano : resolveLayout(moment.layout),
      );
    },
  }),
  local("time.date", arrayOf(number), (seconds) => parts(civilOf(seconds)).slice(0, 3)),
  local("time.clock", arrayOf(number), (seconds) => parts(civilOf(seconds)).slice(3)),
  local("time.weekday", string, (seconds) => weekdayNames[weekdayOf(seconds)] as string),
  define({
    name: "time.add_date",
    args: [number, long, long, long],
    result: number,
    evaluate: (context, time, years, months, days) => addDate(context, time, [years, months, days]),
  }),
  define({
    name: "time.diff",
    args: [momentType, momentType],
    result: arrayOf(number),
    evaluate(context, first, second) {
      const a = readMoment(context, 1, first, false);
      const b = readMoment(context, 2, second, false);
      return a === undefined || b === undefined ? undefined : difference(a, b);
    },
  }),
];
