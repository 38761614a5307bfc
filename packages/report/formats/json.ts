import type { Result } from "@holdfast/core";
import type { Format } from "./define.ts";

/** The lists of the result that can grow with the estate: one element a line, so that they can be read, searched and compared line by line. */
function* list(key: string, items: readonly unknown[], last: boolean): Iterable<string> {
  if (items.length === 0) {
    yield `  ${JSON.stringify(key)}: []${last ? "" : ","}\n`;
    return;
  }
  yield `  ${JSON.stringify(key)}: [\n`;
  const PIECE = 500;
  for (let from = 0; from < items.length; from += PIECE) {
    const piece = items.slice(from, from + PIECE).map((item) => `    ${JSON.stringify(item)}`);
    yield piece.join(",\n") + (from + PIECE < items.length ? ",\n" : "\n");
  }
  yield `  ]${last ? "" : ","}\n`;
}

function* render(result: Result): Iterable<string> {
  const entries = Object.entries(result) as [string, unknown][];
  yield "{\n";
  for (const [place, [key, value]] of entries.entries()) {
    const last = place === entries.length - 1;
    if (Array.isArray(value)) yield* list(key, value, last);
    else yield `  ${JSON.stringify(key)}: ${JSON.stringify(value)}${last ? "" : ","}\n`;
  }
  yield "}\n";
}

/** The result itself, in the form of `packages/core/result.schema.json`. */
export const json: Format = {
  id: "json",
  title: "the whole result, for automation (schema: holdfast.result/v1)",
  extension: ".json",
  render,
};
