import { valueAt } from "@holdfast/core";
import type { Excerpt, KubernetesObject } from "@holdfast/core";
import type { Origin } from "../1-load/loaders/define.ts";
import { isSecretSetting, MASK, secretPaths } from "./secret-values.ts";

/** No line of an excerpt is longer. */
const LONGEST_LINE = 400;
/** Shorter texts are found in too many others. */
const SHORTEST_SECRET = 4;
/** How far apart `name` and `value` of a setting may stand. */
const NEIGHBOURS = 2;

/** `key: value`, `- key: value`, `"key": value` and `key=value`, with what stands before the value. */
const SETTING = /^(?<before>\s*(?:-\s+)*["']?(?<key>[\w./-]+)(?:["']\s*:\s*|\s*:\s+|\s*=\s*))(?<value>\S.*)$/u;
/** A value that a template puts in is no secret, but one that stands in the expression is. */
const ONLY_EXPRESSION = /^(?:\{\{[^"'`]*\}\}\s*)+$/u;

/**
 * An excerpt of a file that a rendered object comes from: a template, a values file, a patch. What the object has as a secret is masked wherever it stands, plain or in
 * base64, and so is every setting that is a credential by its name or form: other objects come from the same file.
 */
export function originExcerpt(origin: Origin, object: KubernetesObject, from: number, to: number): Excerpt {
  const { lines } = origin.text;
  const first = Math.max(1, from);
  const last = Math.min(Math.max(first, to), lines.count);
  const shown: string[] = [];
  for (let line = first; line <= last; line += 1) shown.push(withoutRanges(origin, line));
  const secrets = secretTexts(object);
  const masked = maskedSettings(shown.map((line) => withoutTexts(line, secrets)));
  // The empty line behind the last line break is none of the file's.
  while (masked.length > 1 && last === lines.count && masked.at(-1) === "") masked.pop();
  return { line: first, text: masked.map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line)).join("\n") };
}

/** Lines of a file, with the values of settings that are credentials masked. */
export function maskedSettings(lines: readonly string[]): string[] {
  return lines.map((line, at) => maskedSetting(line, lines, at));
}

/** A line of the file, with what the origin knows to be secret masked. */
function withoutRanges({ text, secrets = [] }: Origin, line: number): string {
  const start = text.lines.startOf(line);
  let shown = text.lines.lineAt(line);
  for (const range of secrets.toReversed()) {
    const from = Math.max(range.start - start, 0);
    const to = Math.min(range.end - start, shown.length);
    if (from < to) shown = shown.slice(0, from) + MASK + shown.slice(to);
  }
  return shown;
}

/** The texts that are secrets of an object, line by line, and what they are the base64 of. The longest come first, for others may be parts of them. */
export function secretTexts(object: KubernetesObject): readonly string[] {
  const found = new Set<string>();
  for (const path of secretPaths(object))
    for (const text of textsOf(valueAt(object, path))) for (const form of [text, decoded(text)]) found.add(form);
  return [...found]
    .flatMap((text) => text.split(/\r?\n/u).map((line) => line.trim()))
    .filter((text) => text.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function decoded(text: string): string {
  return /^[\w+/]+=*\s*$/u.test(text) ? Buffer.from(text, "base64").toString("utf8") : "";
}

/** A line without these texts. */
export function withoutTexts(line: string, secrets: readonly string[]): string {
  let shown = line;
  for (const secret of secrets) shown = shown.replaceAll(secret, MASK);
  return shown;
}

/** A line whose setting is a credential, by its own key or by the `name` beside it, without its value. */
export function maskedSetting(line: string, all: readonly string[], at: number): string {
  const { before, key, value } = SETTING.exec(line)?.groups ?? {};
  if (before === undefined || key === undefined || value === undefined) return isSecretSetting("", line) ? MASK : line;
  if (ONLY_EXPRESSION.test(value) || /^[{[|>&]/u.test(value.replace(/^\{\{.*\}\}\s*/u, ""))) return line;
  const bare = value.replace(/\s+#.*$/u, "").replace(/^(?<quote>["'])(?<text>.*)\k<quote>$/u, "$<text>");
  const names = key === "value" ? [key, ...namesBeside(all, at)] : [key];
  return names.some((name) => isSecretSetting(name, bare)) ? before + MASK : line;
}

function namesBeside(all: readonly string[], at: number): string[] {
  return all.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1).flatMap((line) => {
    const { key, value } = SETTING.exec(line)?.groups ?? {};
    return key === "name" && value !== undefined ? [value.replaceAll(/["']/gu, "")] : [];
  });
}
