import type { Command, Option } from "commander";
import { settableOptions, settingKey, takesList } from "./apply-settings.ts";

/** What an option takes, as a JSON Schema has it. */
function typeOf(option: Option, isList: boolean): object {
  const choices = option.argChoices === undefined ? {} : { enum: option.argChoices };
  if (!option.required && !option.optional) return { type: "boolean" };
  const scalar = { type: ["string", "number"], ...choices };
  const value = isList ? { anyOf: [scalar, { type: "array", items: scalar }] } : scalar;
  return option.optional ? { anyOf: [{ type: "boolean" }, value] } : value;
}

/** The JSON Schema of `holdfast.yaml`, made from the options of `scan`. */
export function settingsSchema(scan: Command): object {
  const properties = settableOptions(scan).map((option) => [
    settingKey(option),
    { description: option.description, ...typeOf(option, takesList(option)) },
  ]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "holdfast.yaml: options of holdfast scan",
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(properties) as object,
  };
}
