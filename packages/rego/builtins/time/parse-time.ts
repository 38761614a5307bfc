// Reads a date in a layout, as Go's time.Parse does. https://pkg.go.dev/time#Parse
import type { Civil } from "./civil.ts";
import { daysInMonth, isLeap, secondsOf } from "./civil.ts";
import type { Field, LayoutPart } from "./layout.ts";
import { parseLayout } from "./layout.ts";
import { monthNames, weekdayNames } from "./names.ts";

/** What has been read so far. */
interface Reading {
  /** What is left of the text. */
  rest: string;
  year: number;
  month: number | undefined;
  day: number | undefined;
  dayOfYear: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  afternoon: boolean | undefined;
  /** Seconds east of Greenwich, where the text says so. */
  offset: number;
  isUtc: boolean;
}

/**
 * Nanoseconds since 1970 of a date, which is in UTC unless it says otherwise. An abbreviation of a zone says nothing: they are not unique.
 * Undefined if the text does not have the layout, or if there is no such date.
 */
export function parseTime(layout: string, text: string): bigint | undefined {
  const reading: Reading = {
    rest: text,
    year: 0,
    month: undefined,
    day: undefined,
    dayOfYear: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    afternoon: undefined,
    offset: 0,
    isUtc: false,
  };
  const parts = parseLayout(layout);
  // Seconds may have a fraction though the layout has none: what field comes next is looked for from the end.
  const nexts: (LayoutPart | undefined)[] = [];
  for (let i = parts.length - 1, next: LayoutPart | undefined; i >= 0; i--) {
    nexts[i] = next;
    if (parts[i]?.kind !== "text") next = parts[i];
  }
  if (!parts.every((part, i) => readPart(part, nexts[i], reading))) return undefined;
  if (reading.rest !== "") return undefined;
  const civil = finish(reading);
  if (civil === undefined) return undefined;
  return BigInt(secondsOf(civil) - (reading.isUtc ? 0 : reading.offset)) * 1_000_000_000n + BigInt(reading.nanosecond);
}

function finish(reading: Reading): Civil | undefined {
  const { year, minute, second } = reading;
  let hour = reading.hour;
  if (reading.afternoon === true && hour < 12) hour += 12;
  if (reading.afternoon === false && hour === 12) hour = 0;
  if (reading.dayOfYear !== undefined) {
    if (reading.dayOfYear < 1 || reading.dayOfYear > (isLeap(year) ? 366 : 365)) return undefined;
    const [month, day] = monthAndDay(year, reading.dayOfYear);
    if ((reading.month ?? month) !== month || (reading.day ?? day) !== day) return undefined;
    return { year, month, day, hour, minute, second };
  }
  const month = reading.month ?? 1;
  const day = reading.day ?? 1;
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  return { year, month, day, hour, minute, second };
}

function monthAndDay(year: number, dayOfYear: number): [number, number] {
  let [month, day] = [1, dayOfYear];
  while (day > daysInMonth(year, month)) {
    day -= daysInMonth(year, month);
    month++;
  }
  return [month, day];
}

function readPart(part: LayoutPart, next: LayoutPart | undefined, reading: Reading): boolean {
  if (part.kind === "text") return skipText(part.text, reading);
  if (part.kind === "fraction") return readFraction(part.digits, part.trimmed, reading);
  return readField(part.field, next, reading);
}

/** A run of spaces in the layout matches a run of any length, and the layout's own spaces may be missing at the end of the text. */
function skipText(text: string, reading: Reading): boolean {
  let { rest } = reading;
  for (const [run] of text.matchAll(/ +|[^ ]+/g)) {
    if (run.startsWith(" ")) {
      if (rest !== "" && !rest.startsWith(" ")) return false;
      rest = rest.replace(/^ +/, "");
    } else {
      if (!rest.startsWith(run)) return false;
      rest = rest.slice(run.length);
    }
  }
  reading.rest = rest;
  return true;
}

function readFraction(digits: number, trimmed: boolean, reading: Reading): boolean {
  const match = /^[.,]\d+/.exec(reading.rest)?.[0];
  // Nines: the fraction may be missing, or have any number of digits.
  if (trimmed) return match === undefined || takeFraction(match.length, reading);
  return match !== undefined && match.length > digits && takeFraction(digits + 1, reading);
}

/** Digits beyond nanoseconds are cut off. */
function takeFraction(length: number, reading: Reading): boolean {
  const digits = reading.rest.slice(1, Math.min(length, 10));
  reading.nanosecond = Number(digits.padEnd(9, "0"));
  reading.rest = reading.rest.slice(length);
  return true;
}

function readField(field: Field, next: LayoutPart | undefined, reading: Reading): boolean {
  switch (field) {
    case "2006":
      return take(/^\d{4}/, reading, (text) => (reading.year = Number(text)));
    case "06":
      // Go takes a sign for a digit here.
      return take(/^[+\d-]\d/, reading, (text) => (reading.year = Number(text) + (Number(text) >= 69 ? 1900 : 2000)));
    case "January":
    case "Jan":
      return readMonthName(field === "Jan", reading);
    case "Monday":
    case "Mon":
      return takeName(field === "Mon" ? weekdayNames.map((name) => name.slice(0, 3)) : weekdayNames, reading) !== undefined;
    case "1":
    case "01":
      return takeNumber(field, reading, (value) => (reading.month = value)) && inRange(reading.month, 1, 12);
    case "_2":
    case "2":
    case "02":
      if (field === "_2" && reading.rest.startsWith(" ")) reading.rest = reading.rest.slice(1);
      return takeNumber(field, reading, (value) => (reading.day = value));
    case "__2":
    case "002":
      if (field === "__2") reading.rest = reading.rest.replace(/^ {1,2}/, "");
      return take(field === "002" ? /^\d{3}/ : /^\d{1,3}/, reading, (text) => (reading.dayOfYear = Number(text)));
    case "PM":
      return take(/^(?:AM|PM)/, reading, (text) => (reading.afternoon = text === "PM"));
    case "pm":
      return take(/^(?:am|pm)/, reading, (text) => (reading.afternoon = text === "pm"));
    case "MST":
      return readAbbreviation(reading);
    default:
      return readTimeField(field, next, reading);
  }
}

function readTimeField(field: Field, next: LayoutPart | undefined, reading: Reading): boolean {
  switch (field) {
    case "15":
      return take(/^\d{1,2}/, reading, (text) => (reading.hour = Number(text))) && inRange(reading.hour, 0, 23);
    case "3":
    case "03":
      return takeNumber(field, reading, (value) => (reading.hour = value)) && inRange(reading.hour, 0, 12);
    case "4":
    case "04":
      return takeNumber(field, reading, (value) => (reading.minute = value)) && inRange(reading.minute, 0, 59);
    case "5":
    case "05":
      return takeNumber(field, reading, (value) => (reading.second = value)) && inRange(reading.second, 0, 59) && readExtra(next, reading);
    default:
      return readOffset(field, reading);
  }
}

/** Seconds may have a fraction though the layout has none. */
function readExtra(next: LayoutPart | undefined, reading: Reading): boolean {
  const fraction = next?.kind === "fraction" ? undefined : /^[.,]\d+/.exec(reading.rest)?.[0];
  return fraction === undefined || takeFraction(fraction.length, reading);
}

/** Reads a number of one or two digits; of two where the field begins with a zero. */
function takeNumber(field: string, reading: Reading, set: (value: number) => void): boolean {
  return take(field.startsWith("0") ? /^\d\d/ : /^\d{1,2}/, reading, (text) => {
    set(Number(text));
  });
}

function take(pattern: RegExp, reading: Reading, use: (text: string) => void): boolean {
  const text = pattern.exec(reading.rest)?.[0];
  if (text === undefined) return false;
  reading.rest = reading.rest.slice(text.length);
  use(text);
  return true;
}

function inRange(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}

function readMonthName(short: boolean, reading: Reading): boolean {
  const index = takeName(short ? monthNames.map((name) => name.slice(0, 3)) : monthNames, reading);
  if (index !== undefined) reading.month = index + 1;
  return index !== undefined;
}

/** The position of the name that the rest begins with, in capital letters or small ones. */
function takeName(names: readonly string[], reading: Reading): number | undefined {
  const index = names.findIndex((name) => reading.rest.slice(0, name.length).toLowerCase() === name.toLowerCase());
  if (index < 0) return undefined;
  reading.rest = reading.rest.slice((names[index] as string).length);
  return index;
}

/** What an abbreviation of a zone can be: three to five capital letters that look like one, `GMT+3`, or an offset such as `+03`. */
function readAbbreviation(reading: Reading): boolean {
  const { rest } = reading;
  if (rest.startsWith("UTC")) return readUtc(/^UTC/, reading);
  if (/^(?:ChST|MeST|WITA(?![A-Z]))/.test(rest)) return take(/^.{4}/, reading, () => undefined);
  if (rest.startsWith("GMT")) return take(smallOffset(rest.slice(3)) ? /^GMT[+-]\d+/ : /^GMT/, reading, () => undefined);
  if (/^[+-]/.test(rest)) return smallOffset(rest) && rest.length >= 3 && take(/^[+-]\d+/, reading, () => undefined);
  return take(/^(?:[A-Z]{3}|[A-Z]{3}T|[A-Z]{4}T)(?![A-Z])/, reading, () => undefined);
}

function smallOffset(text: string): boolean {
  const hours = /^[+-](\d+)/.exec(text)?.[1];
  return hours !== undefined && Number(hours) <= 23;
}

/** `Z` and `UTC` count for more than an offset elsewhere in the text. */
function readUtc(pattern: RegExp, reading: Reading): boolean {
  reading.isUtc = true;
  return take(pattern, reading, () => undefined);
}

const offsets: ReadonlyMap<string, RegExp> = new Map([
  ["070000", /^([+-])(\d\d)(\d\d)(\d\d)/],
  ["07:00:00", /^([+-])(\d\d):(\d\d):(\d\d)/],
  ["0700", /^([+-])(\d\d)(\d\d)/],
  ["07:00", /^([+-])(\d\d):(\d\d)/],
  ["07", /^([+-])(\d\d)/],
]);

function readOffset(field: Field, reading: Reading): boolean {
  if (field.startsWith("Z") && reading.rest.startsWith("Z")) return readUtc(/^Z/, reading);
  const match = offsets.get(field.slice(1))?.exec(reading.rest);
  if (match === null || match === undefined) return false;
  const [hours, minutes, seconds] = [match[2], match[3], match[4]].map((part) => Number(part ?? 0)) as [number, number, number];
  // Go admits 24 hours, 60 minutes and 60 seconds, for some people write offsets like that.
  if (hours > 24 || minutes > 60 || seconds > 60) return false;
  reading.offset = (match[1] === "-" ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
  reading.rest = reading.rest.slice(match[0].length);
  return true;
}
