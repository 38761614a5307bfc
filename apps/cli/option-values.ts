import type { View } from "@holdfast/report";
import { InvalidArgumentError } from "commander";

/** Adds the names of a comma list to those of earlier uses of the same option. */
export function commaList(value: string, earlier: readonly string[] = []): readonly string[] {
  const names = value
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length === 0) throw new InvalidArgumentError("Expected a name, or several with commas between them.");
  return [...earlier, ...names];
}

/** A percentage from 0 to 100. */
export function percentage(value: string): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number) || number < 0 || number > 100)
    throw new InvalidArgumentError("Expected a number from 0 to 100.");
  return number;
}

/** A severity that can be a threshold, in any case. */
export function severity(value: string): "low" | "medium" | "high" | "critical" {
  const found = (["low", "medium", "high", "critical"] as const).find((name) => name === value.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError("Expected low, medium, high or critical.");
  return found;
}

const VIEWS: readonly View[] = ["security", "resource", "control", "attack", "namespace"];

/** What a page for people is about. */
export function view(value: string): View {
  const found = VIEWS.find((name) => name === value.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError("Expected security, resource, control, attack or namespace.");
  return found;
}

/** Adds a path to those of earlier uses of the same option. */
export function severalPaths(value: string, earlier: readonly string[] = []): readonly string[] {
  if (value === "") throw new InvalidArgumentError("Expected a file or folder.");
  return [...earlier, value];
}

/** Seconds: a number above 0, at most a day. */
export function aboveZero(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 86_400)) throw new InvalidArgumentError("Expected a number of seconds above 0, at most 86400.");
  return number;
}

/** Memory in MiB: no less than the engine itself needs. */
export function mebibytes(value: string): number {
  const number = Number(value);
  if (!(number >= 128 && Number.isFinite(number))) throw new InvalidArgumentError("Expected a number of MiB, at least 128.");
  return number;
}

/** Reads a whole number above 0 of at most so many digits. */
export function wholeNumber(digits: number): (value: string) => number {
  return (value) => {
    if (!/^[1-9]\d*$/u.test(value) || value.length > digits)
      throw new InvalidArgumentError(`Expected a whole number from 1 to ${"9".repeat(digits)}.`);
    return Number(value);
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, "": 1000, m: 60_000, h: 3_600_000 };

/** A time in milliseconds: `10` and `10s` are seconds, and there are `500ms`, `2m` and `1h`. At most a day. */
export function duration(value: string): number {
  const match = /^(?<number>\d+(?:\.\d+)?)(?<unit>ms|s|m|h)?$/u.exec(value)?.groups;
  const milliseconds = Number(match?.["number"]) * (UNITS[match?.["unit"] ?? ""] ?? 1);
  if (!(milliseconds >= 1 && milliseconds <= 86_400_000))
    throw new InvalidArgumentError("Expected a time such as 10s, 500ms or 2m, at most a day.");
  return milliseconds;
}

/** Adds a text to those of earlier uses of the same option. */
export function repeated(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
