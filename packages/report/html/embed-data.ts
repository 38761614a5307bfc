import { visibleText } from "../visible-text.ts";

const ESCAPES: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" };

/**
 * A value as JSON that can stand in a `<script>` element: nothing in it can end the element or begin a comment (HTML 13.1.3.1), whatever the texts hold. Characters that
 * would be invisible are made visible, so that the page may show every text as it comes.
 */
function embedded(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "string" ? visibleText(part) : part)).replaceAll(
    /[<>&]/gu,
    (character) => ESCAPES[character] ?? "",
  );
}

/** A data block: a `<script>` of a type that no browser runs. */
export function dataBlock(name: string, value: unknown): string {
  return `<script type="application/json" data-part="${name}">${embedded(value)}</script>\n`;
}
