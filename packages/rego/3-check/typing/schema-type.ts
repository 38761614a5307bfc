// JSON Schemas as static types. https://json-schema.org/draft-07; what they say beyond types, such as patterns and limits, says nothing here.
import {
  anyStatic,
  booleanStatic,
  nullStatic,
  numberStatic,
  stringStatic,
  type FieldKey,
  type StaticType,
} from "../../builtins/static-type.ts";
import { mergeObjects, unionOf } from "./combine-types.ts";

/** A JSON Schema, as its JSON says it. */
export type JsonSchema = boolean | { readonly [key: string]: unknown };

/** A schema that can't be used; the message says why. */
export class SchemaProblem extends Error {}

/**
 * The type of the values that a schema admits. An object whose `properties` are listed has no others unless `additionalProperties` says so. References
 * lead into the schema itself; others would need a network. Throws SchemaProblem.
 */
export function schemaType(schema: JsonSchema): StaticType {
  return new SchemaReader(schema).read(schema);
}

/** A type whose parts are still being read: schemas may refer to themselves. */
interface OpenObject {
  readonly kind: "object";
  readonly fields: Map<FieldKey, StaticType>;
  rest: { readonly key: StaticType; readonly value: StaticType } | null;
}

class SchemaReader {
  private readonly root: JsonSchema;
  /** What the schemas behind references became: null while that is not known yet. */
  private readonly referred: Map<string, StaticType | null> = new Map();

  constructor(root: JsonSchema) {
    this.root = root;
  }

  read(schema: unknown, reference: string | null = null): StaticType {
    if (typeof schema === "boolean") return anyStatic;
    if (!isRecord(schema)) throw new SchemaProblem("a schema is an object or a boolean");
    if (schema["$ref"] !== undefined) return this.follow(schema["$ref"]);
    const own = this.readOwn(schema, reference);
    const { anyOf, allOf } = schema;
    if (Array.isArray(allOf))
      return all(
        own,
        allOf.map((each) => this.read(each)),
      );
    if (!Array.isArray(anyOf)) return own ?? anyStatic;
    const choices = unionOf(anyOf.map((each) => this.read(each)));
    return own === null ? choices : unionOf([own, choices]);
  }

  private follow(reference: unknown): StaticType {
    if (typeof reference !== "string") throw new SchemaProblem("$ref is no text");
    if (!reference.startsWith("#")) throw new SchemaProblem(`$ref ${reference} leads out of the schema, and nothing is fetched`);
    const known = this.referred.get(reference);
    if (known !== undefined) return known ?? anyStatic;
    let target: unknown = this.root;
    for (const part of reference.split("/").slice(1)) {
      const name = unescaped(part);
      target = isRecord(target) && Object.hasOwn(target, name) ? target[name] : Array.isArray(target) ? target[Number(name)] : undefined;
    }
    if (target === undefined) throw new SchemaProblem(`$ref ${reference} leads nowhere`);
    this.referred.set(reference, null);
    const type = this.read(target, reference);
    this.referred.set(reference, type);
    return type;
  }

  /** What the schema says itself, without what it combines; null when that is nothing. */
  private readOwn(schema: Readonly<Record<string, unknown>>, reference: string | null): StaticType | null {
    const { type } = schema;
    if (Array.isArray(type)) return unionOf(type.map((one) => this.ofKind(one, schema, null)));
    if (type !== undefined) return this.ofKind(type, schema, reference);
    if (schema["properties"] !== undefined) return this.ofKind("object", schema, reference);
    if (schema["items"] !== undefined) return this.ofKind("array", schema, reference);
    return null;
  }

  private ofKind(kind: unknown, schema: Readonly<Record<string, unknown>>, reference: string | null): StaticType {
    switch (kind) {
      case "null":
        return nullStatic;
      case "boolean":
        return booleanStatic;
      case "string":
        return stringStatic;
      case "number":
      case "integer":
        return numberStatic;
      case "array": {
        const { items } = schema;
        if (Array.isArray(items)) return { kind: "array", items: items.map((item) => this.read(item)), rest: null };
        return { kind: "array", items: [], rest: items === undefined ? anyStatic : this.read(items) };
      }
      case "object":
        return this.object(schema, reference);
      default:
        throw new SchemaProblem(`there is no type ${JSON.stringify(kind)}`);
    }
  }

  private object(schema: Readonly<Record<string, unknown>>, reference: string | null): StaticType {
    const { properties, additionalProperties: additional } = schema;
    const type: OpenObject = { kind: "object", fields: new Map(), rest: null };
    if (reference !== null) this.referred.set(reference, type);
    if (properties !== undefined && !isRecord(properties)) throw new SchemaProblem("properties are no object");
    const known = Object.entries(properties ?? {});
    for (const [name, property] of known) type.fields.set(name, this.read(property));
    const isOpen = known.length === 0 ? additional !== false : additional !== undefined && additional !== false;
    if (isOpen) type.rest = { key: stringStatic, value: isRecord(additional) ? this.read(additional) : anyStatic };
    return type;
  }
}

function all(own: StaticType | null, parts: readonly StaticType[]): StaticType {
  const types = (own === null ? parts : [own, ...parts]).filter((type) => type.kind !== "any");
  const [first] = types;
  if (first === undefined) return anyStatic;
  if (types.every((type) => type.kind === "object")) return mergeObjects(types);
  if (types.some((type) => type.kind !== first.kind)) throw new SchemaProblem("allOf combines schemas that no value can meet");
  return first;
}

function unescaped(part: string): string {
  let text = part;
  try {
    text = decodeURIComponent(part);
  } catch {
    // A percent sign that escapes nothing stands for itself.
  }
  return text.replaceAll("~1", "/").replaceAll("~0", "~");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
