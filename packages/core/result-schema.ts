import schema from "./result.schema.json" with { type: "json" };

/** What result.schema.json uses of JSON Schema (2020-12). */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The JSON Schema of results: the source of the type `Result`. */
export const RESULT_SCHEMA: JsonSchema = schema;
