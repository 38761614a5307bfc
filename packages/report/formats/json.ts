import type { Result } from "@holdfast/core";
import type { Format } from "./define.ts";

/** Lists are given in pieces of about so many characters: none is put together twice, and none is held for long. */
const PIECE = 1 << 16;

/** A list that can grow with the estate: one element a line, so that lists can be read, searched and compared line by line. */
function* list(items: readonly unknown[], indent: string): Iterable<string> {
  if (items.length === 0) {
    yield "[]";
    return;
  }
  const separator = `,\n${indent}  `;
  let text = `[\n${indent}  `;
  for (let at = 0; at < items.length; at += 1) {
    if (at > 0) text += separator;
    text += JSON.stringify(items[at]);
    if (text.length < PIECE) continue;
    yield text;
    text = "";
  }
  yield `${text}\n${indent}]`;
}

/** An object whose fields are lists, or are written whole. */
function* fields(object: object, indent: string): Iterable<string> {
  const entries = Object.entries(object) as [string, unknown][];
  yield "{\n";
  for (const [place, [key, value]] of entries.entries()) {
    yield `${indent}  ${JSON.stringify(key)}: `;
    if (Array.isArray(value)) yield* list(value, `${indent}  `);
    // The one part beside the result's own lists that grows with the estate.
    else if (key === "attack" && typeof value === "object" && value !== null) yield* fields(value, `${indent}  `);
    else yield JSON.stringify(value);
    yield place === entries.length - 1 ? "\n" : ",\n";
  }
  yield `${indent}}`;
}

function* render(result: Result): Iterable<string> {
  yield* fields(result, "");
  yield "\n";
}

/** The result itself, in the form of `packages/core/result.schema.json`. */
export const json: Format = { render };
