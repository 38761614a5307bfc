import { RESULT_SCHEMA } from "@holdfast/core";
import type { JsonSchema } from "@holdfast/core";
import { expect, test } from "vitest";
import { TREATMENTS, treatmentOf } from "./treatments.ts";

function texts(schema: JsonSchema, place: string, above: readonly string[] = []): readonly string[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    const target = RESULT_SCHEMA.$defs?.[name];
    return target === undefined || above.includes(name) ? [] : texts(target, place, [...above, name]);
  }
  if (schema.properties !== undefined)
    return Object.entries(schema.properties).flatMap(([key, value]) => texts(value, place === "" ? key : `${place}.${key}`, above));
  if (schema.items !== undefined) return texts(schema.items, `${place}[]`, above);
  return [place];
}

const places = texts(RESULT_SCHEMA, "");

test("each entry is about something that a result has", () => {
  const idle = Object.keys(TREATMENTS).filter(
    (entry) => !places.some((place) => place === entry || place.startsWith(`${entry}.`) || place.startsWith(`${entry}[`)),
  );
  expect(idle).toEqual([]);
});

test("what people name or write is never kept", () => {
  const kept = places.filter((place) => treatmentOf(place) === "keep");
  expect(kept).not.toEqual([]);
  expect(kept.filter((place) => /message|cause$|excerpt|diff|namespace|\.file$|subject|detail|^resources\[\]\.name$/u.test(place))).toEqual(
    [],
  );
});

test("what the table does not know is left out", () => {
  expect(treatmentOf("findings[].somethingNew")).toBe("leave-out");
  expect(treatmentOf("inputs.cluster.name")).toBe("leave-out");
  expect(treatmentOf("controls[].help.why")).toBe("keep");
});
