import type { SourceText } from "../../yaml/source-text.ts";

/**
 * Says where objects begin in their template, as well as the template's text alone tells: objects of a kind are taken to come in the order in which the template has that kind.
 */
export class ObjectLines {
  readonly #taken = new Map<string, number>();

  lineOf(template: SourceText, kind: string): number {
    const lines = template.text.split(/\r\n?|\n/u);
    const own = placesOf(lines, new RegExp(String.raw`^(?:- )?kind:\s*["']?${kind.replaceAll(/[^\w]/gu, "")}["']?\s*(?:#.*)?$`, "u"));
    const places = own.length > 0 ? own : placesOf(lines, /^kind:.*\{\{/u);
    const name = `${template.file} ${kind}`;
    const at = this.#taken.get(name) ?? 0;
    this.#taken.set(name, at + 1);
    const place = places[at] ?? places.at(-1);
    if (place !== undefined) return firstKey(lines, place) + 1;
    // It may come as a whole from a named template.
    const action = lines.findIndex((line) => /\{\{-?\s*(?:include|template|tpl)\b/u.test(line));
    const text = lines.findIndex((line) => /^\w/u.test(line));
    return (text !== -1 ? text : Math.max(action, 0)) + 1;
  }
}

function placesOf(lines: readonly string[], pattern: RegExp): readonly number[] {
  return [...lines.keys()].filter((at) => pattern.test(lines[at] ?? ""));
}

/** The line of `apiVersion`, where that stands before the kind. */
function firstKey(lines: readonly string[], kind: number): number {
  for (let at = kind - 1; at >= 0 && lines[at]?.startsWith("---") !== true; at -= 1)
    if (/^(?:- )?apiVersion:/u.test(lines[at] ?? "")) return at;
  return kind;
}
