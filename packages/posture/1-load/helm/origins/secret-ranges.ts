import { aliasBudget, compose } from "../../../yaml/compose.ts";
import { YamlFault } from "../../../yaml/yaml-fault.ts";

/** Shorter texts are found in too many others. */
const SHORTEST = 6;

/** What the Secrets among rendered documents hold, line by line, and what that is the base64 of. The longest come first, for others may be parts of them. */
export function secretTexts(documents: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const text of documents) {
    if (!/^kind:\s*["']?Secret\b/mu.test(text)) continue;
    for (const value of secretsIn(text))
      for (const form of [value, Buffer.from(value, "base64").toString("utf8")])
        for (const line of form.split(/\r?\n/u)) found.add(line.trim());
  }
  return [...found].filter((text) => text.length >= SHORTEST && !text.includes("\uFFFD")).sort((a, b) => b.length - a.length);
}

function secretsIn(text: string): readonly string[] {
  try {
    return compose(text, 0, text.length, aliasBudget()).flatMap(({ value }) => {
      const { data, stringData } = typeof value === "object" && value !== null ? (value as { data?: unknown; stringData?: unknown }) : {};
      return [data, stringData].flatMap((fields) =>
        typeof fields === "object" && fields !== null ? Object.values(fields).map(String) : [],
      );
    });
  } catch (error) {
    if (error instanceof YamlFault) return [];
    throw error;
  }
}

/** Where a text has secrets, in order and apart. */
export function secretRanges(text: string, secrets: readonly string[]): readonly { readonly start: number; readonly end: number }[] {
  const ranges: { readonly start: number; readonly end: number }[] = [];
  for (const secret of secrets) {
    for (let start = text.indexOf(secret); start !== -1; start = text.indexOf(secret, start + secret.length)) {
      const end = start + secret.length;
      if (!ranges.some((range) => start < range.end && range.start < end)) ranges.push({ start, end });
    }
  }
  return ranges.sort((a, b) => a.start - b.start);
}
