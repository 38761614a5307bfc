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
  if (type === "string" || type === "boolean" || type === "number") return typeof value === type;
  return type === "integer" ? Number.isSafeInteger(value) : typeOf(value) === type;
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** Finds the first breach of a value; null where there is none. */
type Check = (value: unknown) => SchemaBreach | null;

/**
 * Checks values against one schema, by the keywords of JSON Schema 2020-12 that `JsonSchema` lists. It throws where the schema uses another keyword: one that is
 * passed over would let through what it forbids. Each part of the schema is made into a function once: a result has millions of values.
 */
export class SchemaCheck {
  readonly #root: JsonSchema;
  readonly #checks = new Map<JsonSchema, Check>();

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  /** The first breach, in the order of the schema; null where there is none. */
  breachOf(value: unknown): SchemaBreach | null {
    return this.#checkOf(this.#root)(value);
  }

  #definition(reference: string): JsonSchema {
    const found = this.#root.$defs?.[reference.replace("#/$defs/", "")];
    if (found === undefined) throw new Error(`the schema has no ${reference}`);
    return found;
  }

  #checkOf(schema: JsonSchema): Check {
    const known = this.#checks.get(schema);
    if (known !== undefined) return known;
    const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword));
    if (unknown !== undefined) throw new Error(`the schema uses ${unknown}, which is not checked`);
    // A schema may refer to itself: what it is made of is asked for when it is used.
    let parts: readonly Check[] = [];
    const check: Check = (value) => {
      for (const part of parts) {
        const breach = part(value);
        if (breach !== null) return breach;
      }
      return null;
    };
    this.#checks.set(schema, check);
    const { $ref, items, properties, required, additionalProperties } = schema;
    parts = [
      ...($ref === undefined ? [] : [this.#checkOf(this.#definition($ref))]),
      (value) => valueBreach(value, schema),
      ...(items === undefined ? [] : [itemsCheck(this.#checkOf(items))]),
      ...(properties === undefined && required === undefined && additionalProperties === undefined ? [] : [this.#propertiesCheck(schema)]),
    ];
    return check;
  }

  #propertiesCheck({ properties = {}, required = [], additionalProperties }: JsonSchema): Check {
    const checks = new Map(Object.entries(properties).map(([key, schema]) => [key, this.#checkOf(schema)]));
    const asked = new Set(required);
    const inside = (object: Readonly<Record<string, unknown>>): SchemaBreach | null => {
      let found = 0;
      let first: SchemaBreach | null = null;
      for (const key of Object.keys(object)) {
        if (asked.has(key)) found++;
        if (first !== null) continue;
        const check = checks.get(key);
        if (check !== undefined) {
          const breach = check(object[key]);
          if (breach !== null) first = within(key, breach);
        } else if (additionalProperties === false) first = { path: key, what: "is not known" };
      }
      if (found === asked.size) return first;
      return { path: required.find((key) => !Object.hasOwn(object, key)) ?? "", what: "is missing" };
    };
    return (value) =>
      typeof value !== "object" || value === null || Array.isArray(value) ? null : inside(value as Record<string, unknown>);
  }
}

function itemsCheck(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return null;
    for (let index = 0; index < value.length; index++) {
      const breach = check(value[index]);
      if (breach !== null) return within(`[${index}]`, breach);
    }
    return null;
  };
}

/** A breach inside a list or object, as seen from outside. Paths are put together on the way out: nearly all values are right, and need none. */
function within(step: string, { path, what }: SchemaBreach): SchemaBreach {
  return { path: step + (path === "" || path.startsWith("[") ? "" : ".") + path, what };
}

/** What breaks the keywords that look at a value without going into it. */
function valueBreach(value: unknown, schema: JsonSchema): SchemaBreach | null {
  const { type, minimum, maximum, minItems } = schema;
  const fits = type === undefined || (typeof type === "string" ? isOfType(value, type) : type.some((one) => isOfType(value, one)));
  if (!fits) return { path: "", what: `is ${typeOf(value)}, expected ${oneOf([type].flat())}` };
  if ("const" in schema && value !== schema.const) return { path: "", what: `is not ${JSON.stringify(schema.const)}` };
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return { path: "", what: `is not ${oneOf(schema.enum.map((one) => JSON.stringify(one)))}` };
  }
  if (minItems !== undefined && Array.isArray(value) && value.length < minItems) return { path: "", what: "is empty" };
  if (typeof value === "number") {
    if (minimum !== undefined && value < minimum) return { path: "", what: `is less than ${minimum}` };
    if (maximum !== undefined && value > maximum) return { path: "", what: `is more than ${maximum}` };
  }
  return null;
}
