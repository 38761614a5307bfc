import { compile, type JSONSchema } from "json-schema-to-typescript";

const HEAD = "// The types of result.schema.json, made from it by tools/generate-result-type.ts. Change the schema, then run that.\n\n";

/** Leaves a reference alone: with a description beside it the generator would make a second type of the same form. */
function bareReferences(key: string, value: unknown): unknown {
  void key;
  return typeof value === "object" && value !== null && "$ref" in value ? { $ref: value.$ref } : value;
}

/** The TypeScript text of the types that a JSON Schema's text describes: one interface per definition, all of it read-only. */
export async function resultType(schemaText: string): Promise<string> {
  // The generator reads the older spelling of definitions.
  const schema = JSON.parse(schemaText.replaceAll("$defs", "definitions"), bareReferences) as JSONSchema;
  const text = await compile(schema, "Result", { bannerComment: "", additionalProperties: false, format: false });
  return (
    HEAD +
    text
      // A value of any type.
      .replaceAll(/\{\n\[k: string\]: unknown\n\}/gu, "unknown")
      .replaceAll(/^(\w+\??:) (.*)\[\]$/gmu, "$1 readonly $2[]")
      .replaceAll(/^(\w+\??: )/gmu, "  readonly $1")
      .replaceAll(/^(\/\*\*| \*\/| \* )/gmu, "  $1")
  );
}
