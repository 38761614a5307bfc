import type { Result } from "@holdfast/core";
import { yamlFields, yamlItems } from "../yaml-text.ts";
import type { Format } from "./define.ts";

// Items of a list that are written at once.
const PIECE = 100;

function* fields(object: object, indent: string): Iterable<string> {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    if (Array.isArray(value) && value.length > 0) {
      yield `${indent}${key}:\n`;
      for (let from = 0; from < value.length; from += PIECE) yield yamlItems(value.slice(from, from + PIECE), `${indent}  `);
    } else if (key === "attack" && typeof value === "object" && value !== null) {
      // The one part beside the result's own lists that grows with the estate.
      yield `${indent}attack:\n`;
      yield* fields(value, `${indent}  `);
    } else yield yamlFields({ [key]: value }, indent);
  }
}

function* render(result: Result): Iterable<string> {
  yield* fields(result, "");
}

/** The result itself, as the format `json` writes it, in YAML. */
export const yaml: Format = { render };
