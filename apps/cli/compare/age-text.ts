import { daysBetween } from "@holdfast/judge/comparing";

/** How old something is, for a sentence: "12 days old (made 2026-01-01T00:00:00Z)". `now` is RFC 3339. */
export function ageText(time: string | undefined, now: string): string {
  const days = daysBetween(time, now);
  if (time === undefined || days === null) return "of unknown age: it does not say when it was made (a scan does, with SOURCE_DATE_EPOCH)";
  return `${days === 0 ? "less than a day" : days === 1 ? "1 day" : `${days} days`} old (made ${time})`;
}
