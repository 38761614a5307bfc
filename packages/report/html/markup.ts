import { visibleText } from "../visible-text.ts";

/** HTML that may be written as it is: it came out of `html`, which escapes what it is given. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in HTML: text, which is escaped; markup, which is not; several of them; nothing. */
export type Content = Markup | string | number | null | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as HTML shows it, in an element or a quoted attribute; what would be invisible is seen. */
function escaped(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? "");
}

function written(content: Content): string {
  if (content === null) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "string") return escaped(content);
  if (typeof content === "number") return content.toLocaleString("en-US");
  return content.map(written).join("");
}

const compact = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The markup of a template without the indentation that its source has. */
function compacted(strings: TemplateStringsArray): readonly string[] {
  const known = compact.get(strings);
  if (known !== undefined) return known;
  const made = strings.map((string) => string.replaceAll(/\s*\n\s*/gu, "\n"));
  compact.set(strings, made);
  return made;
}

/**
 * The tag of templates: what stands between the holes is markup, what fills them is escaped unless it is markup itself. Attributes that hold a hole must be quoted. Line breaks
 * of the template mean no more than a space, so `<pre>` gets its text through a hole, and scripts and styles are not written by it.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(
    compacted(strings)
      .map((string, place) => string + written(contents[place] ?? null))
      .join(""),
  );
}

/** A number as an attribute of a drawing has it: at most two decimals, cut. */
export function drawn(value: number): string {
  return String(Math.floor(value * 100 + 1e-9) / 100);
}
