// Compiles JSON Schemas. What is refused, and the words for it, are those of https://github.com/xeipuuv/gojsonschema, which policies see.
import { compare } from "../../runtime/compare.ts";
import { stringify } from "../../runtime/json.ts";
import { isInteger } from "../../runtime/numbers.ts";
import { own } from "../../runtime/own.ts";
import type { PlainObject, RegoArray, RegoNumber, RegoValue } from "../../runtime/value.ts";
import { isArray, isNumber, isPlainObject } from "../../runtime/value.ts";
import type { Pattern } from "../pattern.ts";
import { compilePattern } from "../pattern.ts";
import { References } from "./references.ts";
import type { Limits, Schema } from "./schema.ts";
import { SchemaError } from "./schema.ts";

const typeNames = ["array", "boolean", "integer", "number", "null", "object", "string"];
const drafts: ReadonlyMap<string, number> = new Map(
  [4, 6, 7].map((draft) => [`http://json-schema.org/draft-0${draft}/schema`, draft] as const),
);

/** Compiles a schema. Throws a SchemaError if it is none. */
export function compileSchema(source: RegoValue): Schema {
  if (typeof source !== "boolean" && !isPlainObject(source)) throw new SchemaError("schema is invalid");
  const declared = isPlainObject(source) ? own(source, "$schema") : undefined;
  if (declared !== undefined && typeof declared !== "string") throw new SchemaError("$schema must be of type string");
  const draft = typeof declared === "string" ? drafts.get(declared.replace(/#$/, "")) : undefined;
  return new Compiler(new References(source), draft).compile(source);
}

class Compiler {
  private readonly references: References;
  /** Undefined if the schema does not tell: then it may use the keywords of all. */
  private readonly draft: number | undefined;
  private readonly compiled = new Map<RegoValue, Schema>();

  constructor(references: References, draft: number | undefined) {
    this.references = references;
    this.draft = draft;
  }

  compile(source: RegoValue): Schema {
    if (typeof source === "boolean") return { ...noDemands, always: source };
    if (!isPlainObject(source)) throw new SchemaError("Expected: Valid Schema, given: Invalid JSON");
    const known = this.compiled.get(source);
    if (known !== undefined) return known;
    // A schema may refer to itself, so it is known before it is complete.
    const schema: { -readonly [Key in keyof Schema]: Schema[Key] } = { ...noDemands };
    this.compiled.set(source, schema);
    Object.assign(schema, this.demands(source));
    return schema;
  }

  private demands(source: PlainObject): Schema {
    for (const name of ["$id", "id", "$ref", "title", "description"]) {
      const value = own(source, name);
      if (value !== undefined && typeof value !== "string") throw invalidType("string", name);
    }
    this.checkDefinitions(own(source, "definitions"));
    const reference = own(source, "$ref") as string | undefined;
    if (reference !== undefined) {
      const target = this.compile(this.references.find(source, reference));
      return { ...noDemands, reference: () => target };
    }
    return {
      ...noDemands,
      types: readTypes(own(source, "type")),
      ...this.composition(source),
      ...this.arrays(source),
      ...this.objects(source),
      ...this.values(source),
      limits: readLimits(source, this.draft),
    };
  }

  private checkDefinitions(definitions: RegoValue | undefined): void {
    if (definitions === undefined) return;
    const fault = invalidType("Array Of Schemas", "definitions");
    if (!isPlainObject(definitions)) throw fault;
    for (const name of Object.keys(definitions)) {
      const definition = own(definitions, name) as RegoValue;
      if (typeof definition !== "boolean" && !isPlainObject(definition)) throw fault;
      this.compile(definition);
    }
  }

  private composition(source: PlainObject): Partial<Schema> {
    const since7 = this.since(7);
    return {
      allOf: this.list(source, "allOf"),
      anyOf: this.list(source, "anyOf"),
      oneOf: this.list(source, "oneOf"),
      ...this.optional("not", this.single(source, "not")),
      ...(since7 ? this.optional("condition", this.single(source, "if")) : {}),
      ...(since7 ? this.optional("then", this.single(source, "then")) : {}),
      ...(since7 ? this.optional("otherwise", this.single(source, "else")) : {}),
      ...this.dependencies(own(source, "dependencies")),
    };
  }

  private arrays(source: PlainObject): Partial<Schema> {
    const contains = this.since(6) ? own(source, "contains") : undefined;
    const unique = own(source, "uniqueItems");
    if (unique !== undefined && typeof unique !== "boolean") throw new SchemaError("uniqueItems must be of a boolean");
    return {
      ...this.items(own(source, "items")),
      ...this.optional("additionalItems", this.additional(source, "additionalItems")),
      ...this.optional("contains", contains === undefined ? undefined : this.compile(contains)),
      uniqueItems: unique === true,
    };
  }

  private objects(source: PlainObject): Partial<Schema> {
    const names = this.since(6) ? own(source, "propertyNames") : undefined;
    if (names !== undefined && typeof names !== "boolean" && !isPlainObject(names)) throw invalidType("Valid Schema", "patternProperties");
    return {
      properties: this.properties(own(source, "properties")),
      patternProperties: this.patternProperties(own(source, "patternProperties")),
      ...this.optional("additionalProperties", this.additional(source, "additionalProperties")),
      ...this.optional("propertyNames", names === undefined ? undefined : this.compile(names)),
      required: readStrings(own(source, "required"), "required"),
    };
  }

  private values(source: PlainObject): Partial<Schema> {
    const constant = this.since(6) ? own(source, "const") : undefined;
    const choices = own(source, "enum");
    if (choices !== undefined && !isArray(choices)) throw new SchemaError("enum must be of an array");
    const texts = choices?.map(stringify);
    if (texts !== undefined && new Set(texts).size < texts.length) throw new SchemaError("enum items must be unique");
    const format = own(source, "format");
    if (format !== undefined && typeof format !== "string") throw invalidType("string", "format");
    const pattern = own(source, "pattern");
    return {
      ...this.optional("constant", constant === undefined ? undefined : stringify(constant)),
      ...this.optional("choices", texts),
      ...this.optional("format", format),
      ...this.optional("pattern", pattern === undefined ? undefined : readPattern(pattern)),
    };
  }

  private since(draft: number): boolean {
    return this.draft === undefined || this.draft >= draft;
  }

  private optional<Key extends keyof Schema>(key: Key, value: Schema[Key] | undefined): Partial<Schema> {
    return value === undefined ? {} : { [key]: value };
  }

  private list(source: PlainObject, name: string): Schema[] {
    const value = own(source, name);
    if (value === undefined) return [];
    if (!isArray(value)) throw new SchemaError(`${name} must be of an array`);
    return value.map((item) => this.compile(item));
  }

  private single(source: PlainObject, name: string): Schema | undefined {
    const value = own(source, name);
    if (value === undefined) return undefined;
    if (typeof value !== "boolean" && !isPlainObject(value)) throw new SchemaError(`${name} must be of an object`);
    return this.compile(value);
  }

  private items(value: RegoValue | undefined): Partial<Schema> {
    if (value === undefined) return {};
    if (isSchema(value)) return { items: this.compile(value) };
    if (!isArray(value) || !value.every(isSchema)) throw invalidType("Valid Schema/Array Of Schemas", "items");
    return { positions: value.map((item) => this.compile(item)) };
  }

  private additional(source: PlainObject, name: string): boolean | Schema | undefined {
    const value = own(source, name);
    if (value === undefined || typeof value === "boolean") return value;
    if (!isPlainObject(value)) throw invalidType("boolean/Valid Schema", name);
    return this.compile(value);
  }

  private properties(value: RegoValue | undefined): Map<string, Schema> {
    if (value === undefined) return new Map();
    if (!isPlainObject(value)) throw new SchemaError("Properties must be of type object");
    return new Map(Object.keys(value).map((name) => [name, this.compile(own(value, name) as RegoValue)]));
  }

  private patternProperties(value: RegoValue | undefined): { readonly pattern: Pattern; readonly schema: Schema }[] {
    if (value === undefined) return [];
    if (!isPlainObject(value)) throw invalidType("Valid Schema", "patternProperties");
    return Object.keys(value).map((source) => {
      const pattern = compilePattern(source);
      if (pattern === undefined) throw new SchemaError(`Invalid regex pattern '${source}'`);
      return { pattern, schema: this.compile(own(value, source) as RegoValue) };
    });
  }

  private dependencies(value: RegoValue | undefined): Partial<Schema> {
    if (value === undefined) return {};
    if (!isPlainObject(value)) throw new SchemaError("dependencies must be of type object");
    const dependentNames = new Map<string, readonly string[]>();
    const dependentSchemas = new Map<string, Schema>();
    for (const name of Object.keys(value)) {
      const dependency = own(value, name) as RegoValue;
      if (isSchema(dependency)) dependentSchemas.set(name, this.compile(dependency));
      else if (isArray(dependency) && dependency.every((item) => typeof item === "string")) dependentNames.set(name, dependency);
      else throw new SchemaError("Dependency must be of type Schema Or Array Of Strings");
    }
    return { dependentNames, dependentSchemas };
  }
}

function isSchema(value: RegoValue): boolean {
  return typeof value === "boolean" || isPlainObject(value);
}

const noDemands: Schema = {
  types: [],
  allOf: [],
  anyOf: [],
  oneOf: [],
  dependentNames: new Map(),
  dependentSchemas: new Map(),
  uniqueItems: false,
  properties: new Map(),
  patternProperties: [],
  required: [],
  limits: {},
};

function invalidType(expected: string, given: string): SchemaError {
  return new SchemaError(`Invalid type. Expected: ${expected}, given: ${given}`);
}

function readTypes(value: RegoValue | undefined): string[] {
  if (value === undefined) return [];
  const list: RegoArray = isArray(value) ? value : [value];
  const types: string[] = [];
  for (const type of list) {
    if (typeof type !== "string") throw invalidType("type", "string/Array Of Strings");
    if (!typeNames.includes(type)) {
      throw new SchemaError(
        `has a primitive type that is NOT VALID -- given: /${type}/ Expected valid values are:[${typeNames.join(" ")}]`,
      );
    }
    if (types.includes(type)) throw new SchemaError(`${type} type is duplicated`);
    types.push(type);
  }
  return types;
}

function readStrings(value: RegoValue | undefined, name: string): string[] {
  if (value === undefined) return [];
  if (!isArray(value)) throw new SchemaError(`${name} must be of an array`);
  const strings = value.filter((item) => typeof item === "string");
  if (strings.length < value.length) throw invalidType("string", name);
  if (new Set(strings).size < strings.length) throw new SchemaError(`${name} items must be unique`);
  return strings;
}

function readPattern(source: RegoValue): { readonly source: string; readonly pattern: Pattern } {
  if (typeof source !== "string") throw invalidType("string", "pattern");
  const pattern = compilePattern(source);
  if (pattern === undefined) throw new SchemaError("pattern must be a valid regex");
  return { source, pattern };
}

function readLimits(source: PlainObject, draft: number | undefined): Limits {
  const limits: Record<string, RegoNumber> = {};
  const multiple = own(source, "multipleOf");
  if (multiple !== undefined) {
    if (!isNumber(multiple)) throw invalidType("Number", "multipleOf");
    if (compare(multiple, 0) <= 0) throw new SchemaError("multipleOf must be strictly greater than 0");
    limits["multipleOf"] = multiple;
  }
  readBound(source, "maximum", "exclusiveMaximum", draft, limits);
  readBound(source, "minimum", "exclusiveMinimum", draft, limits);
  for (const [least, most] of [
    ["minLength", "maxLength"],
    ["minItems", "maxItems"],
    ["minProperties", "maxProperties"],
  ] as const) {
    for (const name of [least, most]) {
      const value = own(source, name);
      if (value === undefined) continue;
      if (!isNumber(value) || !isInteger(value)) throw new SchemaError(`${name} must be of an integer`);
      if (compare(value, 0) < 0) throw new SchemaError(`${name} must be greater than or equal to 0`);
      limits[name] = Number(value);
    }
    const [from, to] = [limits[least], limits[most]];
    if (least !== "minItems" && from !== undefined && to !== undefined && compare(from, to) > 0) {
      throw new SchemaError(`${least} cannot be greater than ${most}`);
    }
  }
  return limits;
}

/** In draft 4 the exclusive form is a mark on the inclusive one, later it is a number of its own. */
function readBound(
  source: PlainObject,
  name: string,
  exclusive: string,
  draft: number | undefined,
  limits: Record<string, RegoNumber>,
): void {
  const bound = own(source, name);
  if (bound !== undefined) {
    if (!isNumber(bound)) throw new SchemaError(`${name} must be of a Number`);
    limits[name] = bound;
  }
  const value = own(source, exclusive);
  if (value === undefined) return;
  if (isNumber(value) && draft !== 4) {
    limits[exclusive] = value;
  } else if (typeof value === "boolean" && (draft === undefined || draft === 4)) {
    if (bound === undefined) throw new SchemaError(`${exclusive} cannot be used without ${name}`);
    if (!value) return;
    limits[exclusive] = limits[name] as RegoNumber;
    delete limits[name];
  } else throw invalidType(draft === 4 ? "boolean" : draft === undefined ? "boolean/number" : "number", exclusive);
}
