import type { SourceText } from "../../../yaml/source-text.ts";

/** How many lines below a key its value may begin. */
const NEAR = 4;

/**
 * The lines of a template that would write a field into a mapping, if the value that they take it from were not empty: the line with the field's key below the line of the mapping's own key, and those
 * below it. Nothing where the mapping's part of the template has no such key.
 */
export function leftOutLines({ lines }: SourceText, mapping: number, key: string): readonly number[] {
  const first = lines.lineAt(mapping);
  const around = indentOf(first);
  // The keys of an item begin behind its dash, others where the first of them does.
  const dash = /^\s*-\s+/u.exec(first)?.[0].length;
  let inner = dash;
  const own = new RegExp(String.raw`^\s*["']?${key.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}["']?:`, "u");
  for (let line = mapping + 1; line <= lines.count; line += 1) {
    const text = lines.lineAt(line);
    if (!writes(text)) continue;
    const indent = indentOf(text);
    if (indent <= around && !(indent === around && dash === undefined && text.trimStart().startsWith("- "))) return [];
    inner ??= indent;
    if (indent === inner && own.test(text)) return Array.from({ length: NEAR }, (_, at) => line + at);
  }
  return [];
}

/** Whether a line has anything but expressions and comments. */
function writes(text: string): boolean {
  return !/^\s*(?:#.*|(?:\{\{.*\}\}\s*)+|-{3})?$/u.test(text);
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
