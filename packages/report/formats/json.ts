import type { Result } from "@holdfast/core";
import type { Format } from "./define.ts";

const PIECE = 500;

/** A list that can grow with the estate: one element a line, so that lists can be read, searched and compared line by line. */
function* list(items: readonly unknown[], indent: string): Iterable<string> {
  if (items.length === 0) {
    yield "[]";
    return;
  }
  yield "[\n";
  for (let from = 0; from < items.length; from += PIECE) {
    const piece = items.slice(from, from + PIECE).map((item) => `${indent}  ${JSON.stringify(item)}`);
    yield piece.join(",\n") + (from + PIECE < items.length ? ",\n" : "\n");
  }
  yield `${indent}]`;
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
