import { RESULT_SCHEMA, type JsonSchema } from "@holdfast/core";

const HEAD = `# The result

<!-- Made by tools/generate-reference.ts from packages/core/result.schema.json. Change that, then run \`node tools/node24.cjs tools/generate-reference.ts\`. -->

What \`--format json\` writes, and what every other format is a view of: [the JSON Schema](../../packages/core/result.schema.json), part by part. \`?\` marks what may be absent. How to read it in a script:
[read a result](../how-to/read-a-result.md).
`;

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** What a value can be, in short. */
function typeText(schema: JsonSchema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    return RESULT_SCHEMA.$defs?.[name]?.properties === undefined
      ? typeText(RESULT_SCHEMA.$defs?.[name] ?? {})
      : `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${String(one)}\``).join(", ");
  if (schema.items !== undefined) return `list of ${typeText(schema.items)}`;
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  return typeof schema.type === "string" ? schema.type : "any value";
}

function table(schema: JsonSchema): readonly string[] {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(([name, value]) => {
    const target = value.$ref === undefined ? undefined : RESULT_SCHEMA.$defs?.[value.$ref.replace("#/$defs/", "")];
    const meaning = value.description ?? target?.description ?? "";
    return `| \`${name}\`${required.has(name) ? "" : "?"} | ${cell(typeText(value))} | ${cell(meaning)} |`;
  });
  return ["| field | what it is | meaning |", "|---|---|---|", ...rows, ""];
}

/** The reference of the result, as Markdown: the whole and each part that has fields, in the schema's order. */
export function resultPage(): string {
  const parts = Object.entries(RESULT_SCHEMA.$defs ?? {}).filter(([, { properties }]) => properties !== undefined);
  return [
    HEAD,
    ...table(RESULT_SCHEMA),
    ...parts.flatMap(([name, part]) => [
      `## ${name}`,
      "",
      ...(part.description === undefined ? [] : [part.description, ""]),
      ...table(part),
    ]),
  ]
    .join("\n")
    .replace(/\n+$/u, "\n");
}
