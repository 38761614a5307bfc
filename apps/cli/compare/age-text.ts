import { stat } from "node:fs/promises";
import path from "node:path";
import { daysBetween } from "@holdfast/judge/comparing";

function daysText(days: number): string {
  return days === 0 ? "less than a day" : days === 1 ? "1 day" : `${days} days`;
}

/** When a file was last written on this machine, RFC 3339; undefined where nobody knows. */
async function writtenAt(file: string): Promise<string | undefined> {
  try {
    return (await stat(file)).mtime.toISOString().replace(/\.\d+Z$/u, "Z");
  } catch {
    return undefined;
  }
}

/**
 * How old a stored scan is, for a sentence: "12 days old (made 2026-01-01T00:00:00Z)". One that does not say when it was made is no younger than its file, of which nobody knows how it came here: both are
 * said. `now` is RFC 3339.
 */
export async function ageText(time: string | undefined, now: string, file: string, workingFolder: string): Promise<string> {
  const days = daysBetween(time, now);
  if (time !== undefined && days !== null) return `${daysText(days)} old (made ${time})`;
  const written = await writtenAt(path.resolve(workingFolder, file));
  const least = daysBetween(written, now);
  const known =
    written === undefined || least === null ? "of unknown age" : `${daysText(least)} old, or more: its file was written here at ${written}`;
  return `${known}; it does not say when it was made (a scan does, with SOURCE_DATE_EPOCH)`;
}
