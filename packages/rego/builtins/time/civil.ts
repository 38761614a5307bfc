// The proleptic Gregorian calendar: days and seconds to dates and back, as Go's time.Date normalises them.

export interface Civil {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const secondsOfDay = 86400;

/** Days since 1970-01-01. The month may lie outside of 1 to 12 and the day outside of its month: they carry over. */
function daysOf(year: number, month: number, day: number): number {
  const months = year * 12 + (month - 1);
  // Years are counted from March, so that the leap day comes last: http://howardhinnant.github.io/date_algorithms.html
  const shifted = months - 2;
  const y = Math.floor(shifted / 12);
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (shifted - y * 12) + 2) / 5);
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468 + (day - 1);
}

/** Seconds since 1970 of a date and a time of day, both without a zone. Every part may be out of its range and carries over. */
export function secondsOf(civil: Civil): number {
  return daysOf(civil.year, civil.month, civil.day) * secondsOfDay + civil.hour * 3600 + civil.minute * 60 + civil.second;
}

/** The date and the time of day of a number of seconds since 1970. */
export function civilOf(seconds: number): Civil {
  const days = Math.floor(seconds / secondsOfDay);
  const rest = seconds - days * secondsOfDay;
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
  };
}

/** From 0, which is Sunday. */
export function weekdayOf(seconds: number): number {
  return (((Math.floor(seconds / secondsOfDay) + 4) % 7) + 7) % 7;
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The days of a month, which is from 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return daysOf(year, month + 1, 1) - daysOf(year, month, 1);
}

/** The day of the year, from 1. */
export function dayOfYear({ year, month, day }: Civil): number {
  return daysOf(year, month, day) - daysOf(year, 1, 1) + 1;
}

const perSecond = 1_000_000_000n;

/** The whole seconds since 1970 at a time in nanoseconds: those before it, where there is a fraction. */
export function floorSeconds(nanoseconds: bigint): number {
  const whole = Number(nanoseconds / perSecond);
  return nanoseconds < 0n && nanoseconds % perSecond !== 0n ? whole - 1 : whole;
}
