import { firstMarker, markersIn } from "./instrument.ts";
import type { TemplateLine } from "./instrument.ts";
import type { TracedTemplate } from "./instrumented-run.ts";

/** Finds the template lines that made what templates rendered to. */
export class TemplateLines {
  readonly #templates: readonly TracedTemplate[];

  constructor(templates: readonly TracedTemplate[]) {
    this.#templates = templates;
  }

  /**
   * The template line that made the line of an offset in a rendered text: the first that it names, or that one of the lines below names. A key whose value a named template writes on lines
   * of its own (`labels: {{ include … | nindent 4 }}`) is named only behind the last of these, after the lines of the named template.
   */
  of(text: string, offset: number): TemplateLine | undefined {
    let start = text.lastIndexOf("\n", offset - 1) + 1;
    const own = lineAt(text, start);
    const [named] = markersIn(own);
    if (named !== undefined) return named;
    const { indent = "", name } = /^(?<indent>[\s-]*)(?<name>[^\s:#]+):\s*$/u.exec(own)?.groups ?? {};
    start += own.length + 1;
    if (name === undefined) return firstMarker(text, start);
    let nearest: TemplateLine | undefined;
    for (let line = lineAt(text, start); start < text.length && !isOutside(line, indent.length); line = lineAt(text, start)) {
      const markers = markersIn(line);
      const caller = markers.find((one) => this.hasKey(one, name));
      if (caller !== undefined) return caller;
      nearest ??= markers[0];
      start += line.length + 1;
    }
    return nearest ?? firstMarker(text, start);
  }

  /** Whether a line of a template writes a key. */
  hasKey({ template, line }: TemplateLine, key: string): boolean {
    const text = this.#templates[template]?.source.lines.lineAt(line) ?? "";
    const escaped = key.replaceAll(/[.*+?^${}()|[\]\\"']/gu, String.raw`\$&`);
    return new RegExp(String.raw`(?:^|[\s{,"'-])${escaped}["']?\s*:`, "u").test(text);
  }
}

/** The line that starts at an offset. */
function lineAt(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? text.length : end);
}

/** Whether a line stands beside or around a key and not beneath it; items of a list may stand as far left as its key. */
function isOutside(line: string, indent: number): boolean {
  if (line.trim() === "" || /^\s*#/u.test(line)) return false;
  const own = line.length - line.trimStart().length;
  return own < indent || (own === indent && !line.trimStart().startsWith("- "));
}
