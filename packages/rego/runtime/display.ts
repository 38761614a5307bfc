// Values as Rego source shows them: what `print`, `sprintf("%v")` and template strings write.
import { sortedKeys } from "./compare.ts";
import { Decimal } from "./decimal.ts";
import { goQuote } from "./go-quote.ts";
import { numberText } from "./numbers.ts";
import { own } from "./own.ts";
import { ObjectValue, SetValue } from "./value.ts";
import type { PlainObject, RegoArray, RegoValue } from "./value.ts";

/** The value in Rego's notation: `{"a": [1, 2]}`, `{1, 2}`, `set()`; strings are quoted. */
export function display(value: RegoValue): string {
  switch (typeof value) {
    case "string":
      return goQuote(value);
    case "number":
      return numberText(value);
    case "bigint":
      return value.toString();
    case "boolean":
      return value ? "true" : "false";
    default:
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${(value as RegoArray).map(display).join(", ")}]`;
      if (value instanceof Decimal) return value.writtenText();
      if (value instanceof SetValue) return value.size === 0 ? "set()" : `{${value.sorted().map(display).join(", ")}}`;
      return displayObject(value as PlainObject | ObjectValue);
  }
}

/** As `display`, but a string stands as it is. */
export function displayText(value: RegoValue): string {
  return typeof value === "string" ? value : display(value);
}

function displayObject(object: PlainObject | ObjectValue): string {
  if (object instanceof ObjectValue) {
    return `{${object
      .sortedKeys()
      .map((key) => `${display(key)}: ${display(object.get(key) as RegoValue)}`)
      .join(", ")}}`;
  }
  return `{${sortedKeys(object)
    .map((key) => `${goQuote(key)}: ${display(own(object, key) as RegoValue)}`)
    .join(", ")}}`;
}
