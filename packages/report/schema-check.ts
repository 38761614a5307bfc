import type { JsonSchema } from "@holdfast/core";

/** The first place of a value that breaks a schema. */
export interface SchemaBreach {
  /** Where: `findings[3].severity`; empty for the value itself. */
  readonly path: string;
  /** What is wrong, to follow the path in a sentence: "is missing". */
  readonly what: string;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  "$schema",
  "$id",
  "$ref",
  "$defs",
  "title",
  "description",
  "type",
  "const",
  "enum",
  "required",
  "properties",
  "additionalProperties",
  "items",
  "minItems",
  "minimum",
  "maximum",
]);

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

function isOfType(value: unknown, type: string): boolean {
  return type === "integer" ? Number.isSafeInteger(value) : typeOf(value) === type;
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/**
 * Checks values against one schema, by the keywords of JSON Schema 2020-12 that `JsonSchema` lists. It throws where the schema uses another keyword: one that is
 * passed over would let through what it forbids.
 */
export class SchemaCheck {
  readonly #root: JsonSchema;
  readonly #known = new Set<JsonSchema>();

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  /** The first breach, in the order of the schema; null where there is none. */
  breachOf(value: unknown): SchemaBreach | null {
    return this.#check(value, this.#root);
  }

  #definition(reference: string): JsonSchema {
    const found = this.#root.$defs?.[reference.replace("#/$defs/", "")];
    if (found === undefined) throw new Error(`the schema has no ${reference}`);
    return found;
  }

  #meet(schema: JsonSchema): void {
    if (this.#known.has(schema)) return;
    const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword));
    if (unknown !== undefined) throw new Error(`the schema uses ${unknown}, which is not checked`);
    this.#known.add(schema);
  }

  #check(value: unknown, schema: JsonSchema): SchemaBreach | null {
    this.#meet(schema);
    if (schema.$ref !== undefined) {
      const breach = this.#check(value, this.#definition(schema.$ref));
      if (breach !== null) return breach;
    }
    return valueBreach(value, schema) ?? this.#itemsBreach(value, schema) ?? this.#propertiesBreach(value, schema);
  }

  #itemsBreach(value: unknown, { items, minItems }: JsonSchema): SchemaBreach | null {
    if (!Array.isArray(value)) return null;
    if (minItems !== undefined && value.length < minItems) return { path: "", what: "is empty" };
    if (items === undefined) return null;
    for (let index = 0; index < value.length; index++) {
      const breach = this.#check(value[index], items);
      if (breach !== null) return within(`[${index}]`, breach);
    }
    return null;
  }

  #propertiesBreach(value: unknown, { properties = {}, required = [], additionalProperties }: JsonSchema): SchemaBreach | null {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    for (const key of required) if (!Object.hasOwn(value, key)) return { path: key, what: "is missing" };
    for (const [key, item] of Object.entries(value)) {
      const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (schema === undefined) {
        if (additionalProperties === false) return { path: key, what: "is not known" };
        continue;
      }
      const breach = this.#check(item, schema);
      if (breach !== null) return within(key, breach);
    }
    return null;
  }
}

/** A breach inside a list or object, as seen from outside. Paths are put together on the way out: nearly all values are right, and need none. */
function within(step: string, { path, what }: SchemaBreach): SchemaBreach {
  return { path: step + (path === "" || path.startsWith("[") ? "" : ".") + path, what };
}

/** What breaks the keywords that look at a value without going into it. */
function valueBreach(value: unknown, schema: JsonSchema): SchemaBreach | null {
  const { type, minimum, maximum } = schema;
  const fits = type === undefined || (typeof type === "string" ? isOfType(value, type) : type.some((one) => isOfType(value, one)));
  if (!fits) return { path: "", what: `is ${typeOf(value)}, expected ${oneOf([type].flat())}` };
  if ("const" in schema && value !== schema.const) return { path: "", what: `is not ${JSON.stringify(schema.const)}` };
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return { path: "", what: `is not ${oneOf(schema.enum.map((one) => JSON.stringify(one)))}` };
  }
  if (typeof value === "number") {
    if (minimum !== undefined && value < minimum) return { path: "", what: `is less than ${minimum}` };
    if (maximum !== undefined && value > maximum) return { path: "", what: `is more than ${maximum}` };
  }
  return null;
}
