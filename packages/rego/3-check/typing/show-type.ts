import { displayText } from "../../runtime/display.ts";
import type { StaticType } from "../../builtins/static-type.ts";
import { unknown } from "./combine-types.ts";

/** A type as messages show it, in OPA's notation, shortened where it gets long. */
export function showType(type: StaticType, depth: number = 0): string {
  if (type === unknown) return "???";
  if (depth > 4) return "...";
  const show = (each: StaticType): string => showType(each, depth + 1);
  switch (type.kind) {
    case "array": {
      const items = type.items.length === 0 ? "" : `<${list(type.items.map(show))}>`;
      return `array${items}${type.rest === null ? "" : `[${show(type.rest)}]`}`;
    }
    case "set":
      return `set[${show(type.of)}]`;
    case "object": {
      const fields = [...type.fields].map(([key, value]) => `${displayText(key)}: ${show(value)}`);
      const rest = type.rest === null ? "" : `[${show(type.rest.key)}: ${show(type.rest.value)}]`;
      return `object${fields.length === 0 ? "" : `<${list(fields)}>`}${rest}`;
    }
    case "union":
      return type.of.length === 0 ? "any" : `any<${list(type.of.map(show).toSorted())}>`;
    default:
      return type.kind;
  }
}

function list(parts: readonly string[]): string {
  return parts.length > 12 ? `${parts.slice(0, 12).join(", ")}, ...` : parts.join(", ");
}
