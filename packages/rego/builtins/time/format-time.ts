// Writes a moment in a layout, as Go's Time.Format does. https://pkg.go.dev/time#Time.Format
import type { Civil } from "./civil.ts";
import { civilOf, dayOfYear, weekdayOf } from "./civil.ts";
import type { Field, LayoutPart } from "./layout.ts";
import { parseLayout } from "./layout.ts";
import { monthNames, weekdayNames } from "./names.ts";
import type { Zone } from "./zone.ts";

interface Moment {
  readonly civil: Civil;
  readonly weekday: number;
  readonly offset: number;
  readonly nanosecond: number;
  abbreviation(): string;
}

/** A moment, in seconds since 1970 and nanoseconds beside, in the zone and the layout (which is no name of one). */
export function formatTime(seconds: number, nanosecond: number, zone: Zone, layout: string): string {
  const offset = zone.offsetAt(seconds);
  const moment: Moment = {
    civil: civilOf(seconds + offset),
    weekday: weekdayOf(seconds + offset),
    offset,
    nanosecond,
    abbreviation: () => zone.abbreviationAt(seconds),
  };
  return parseLayout(layout)
    .map((part) => writePart(part, moment))
    .join("");
}

function writePart(part: LayoutPart, moment: Moment): string {
  if (part.kind === "text") return part.text;
  if (part.kind === "field") return writeField(part.field, moment);
  const digits = pad(moment.nanosecond, 9).slice(0, part.digits).padEnd(part.digits, "0");
  const shown = part.trimmed ? digits.replace(/0+$/, "") : digits;
  return shown === "" ? "" : part.separator + shown;
}

function writeField(field: Field, moment: Moment): string {
  const { civil } = moment;
  switch (field) {
    case "2006":
      return civil.year < 0 ? `-${pad(-civil.year, 4)}` : pad(civil.year, 4);
    case "06":
      return pad(Math.abs(civil.year % 100), 2);
    case "January":
      return monthNames[civil.month - 1] as string;
    case "Jan":
      return (monthNames[civil.month - 1] as string).slice(0, 3);
    case "1":
      return String(civil.month);
    case "01":
      return pad(civil.month, 2);
    case "Monday":
      return weekdayNames[moment.weekday] as string;
    case "Mon":
      return (weekdayNames[moment.weekday] as string).slice(0, 3);
    case "2":
      return String(civil.day);
    case "_2":
      return String(civil.day).padStart(2, " ");
    case "02":
      return pad(civil.day, 2);
    case "__2":
      return String(dayOfYear(civil)).padStart(3, " ");
    case "002":
      return pad(dayOfYear(civil), 3);
    default:
      return writeTimeField(field, moment);
  }
}

function writeTimeField(field: Field, moment: Moment): string {
  const { hour, minute, second } = moment.civil;
  switch (field) {
    case "15":
      return pad(hour, 2);
    case "3":
      return String(hour % 12 || 12);
    case "03":
      return pad(hour % 12 || 12, 2);
    case "4":
      return String(minute);
    case "04":
      return pad(minute, 2);
    case "5":
      return String(second);
    case "05":
      return pad(second, 2);
    case "PM":
      return hour < 12 ? "AM" : "PM";
    case "pm":
      return hour < 12 ? "am" : "pm";
    case "MST":
      return moment.abbreviation();
    default:
      return writeOffset(field, moment.offset);
  }
}

function writeOffset(field: string, offset: number): string {
  if (field.startsWith("Z") && offset === 0) return "Z";
  const size = Math.abs(offset);
  const parts = [Math.floor(size / 3600), Math.floor((size % 3600) / 60), size % 60].map((part) => pad(part, 2));
  const count = field.replace(/[^0-9]/g, "").length / 2;
  return (offset < 0 ? "-" : "+") + parts.slice(0, count).join(field.includes(":") ? ":" : "");
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
