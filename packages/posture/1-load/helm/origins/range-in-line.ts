import type { SourceText } from "../../../yaml/source-text.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The part of a template line that makes a field: its value, or its key where that has more beneath it; the line without its indentation where the key is not in it. */
export function rangeInLine({ lines }: SourceText, line: number, step: string | number | undefined, isCollection: boolean): Range {
  const text = lines.lineAt(line);
  const offset = lines.startOf(line);
  const written = text.replace(/\s+#\s.*$/u, "").trimEnd();
  const first = written.length - written.trimStart().length;
  const whole = { start: offset + first, end: offset + Math.max(first, written.length) };
  if (typeof step !== "string") return whole;
  const key = new RegExp(
    String.raw`(?:^|[\s{,-])(?<key>["']?${step.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}["']?)\s*:(?:\s+|$)`,
    "u",
  ).exec(written);
  if (key?.groups?.["key"] === undefined) return whole;
  const start = key.index + key[0].indexOf(key.groups["key"]);
  const value = key.index + key[0].length;
  if (isCollection || value >= written.length) return { start: offset + start, end: offset + start + key.groups["key"].length };
  return { start: offset + value, end: offset + written.length };
}
