import { displayText } from "../../runtime/display.ts";
import type { StaticType } from "../../builtins/static-type.ts";
import { unknown } from "./combine-types.ts";

/** A type as messages show it, in OPA's notation, shortened where it gets long. What is not known yet is shown as told: where a type is declared, it is anything. */
export function showType(type: StaticType, notKnown: "???" | "any" = "???", depth: number = 0): string {
  if (type === unknown) return notKnown;
  if (depth > 4) return "...";
  const show = (each: StaticType): string => showType(each, notKnown, depth + 1);
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
      return type.of.length === 0 ? "any" : showUnion(type.of, show);
    default:
      return type.kind;
  }
}

const kinds: readonly StaticType["kind"][] = ["null", "boolean", "number", "string", "array", "object", "set"];

/** The members of a union by their kinds, without those sets that another member says all of. */
function showUnion(types: readonly StaticType[], show: (type: StaticType) => string): string {
  const anySet = types.some((type) => type.kind === "set" && type.of.kind === "any");
  const shown = types
    .filter((type) => !anySet || type.kind !== "set" || type.of.kind === "any")
    .map((type) => ({ rank: kinds.indexOf(type.kind), text: show(type) }))
    .toSorted((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : 1))
    .map(({ text }) => text);
  return shown.length === 1 ? shown.join("") : `any<${list(shown)}>`;
}

function list(parts: readonly string[]): string {
  return parts.length > 12 ? `${parts.slice(0, 12).join(", ")}, ...` : parts.join(", ");
}
