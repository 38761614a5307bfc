// https://www.openpolicyagent.org/docs/policy-reference#object: JSON Schema.
import { fromJson, toJson } from "../runtime/json.ts";
import { plainNumbers } from "../runtime/plain-numbers.ts";
import { isArray, isObject, type RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { compileSchema } from "./json-schema/compile.ts";
import { SchemaError } from "./json-schema/schema.ts";
import { validate } from "./json-schema/validate.ts";
import { any, arrayOf } from "./type-description.ts";

/** A document that is given as JSON text, or as an object or array. Throws a SchemaError if it is neither, or the text is no JSON. */
function read(given: RegoValue): RegoValue {
  if (isObject(given) || isArray(given)) return plainNumbers(toJson(given));
  if (typeof given !== "string") throw new SchemaError("wrong type, expected string or object");
  try {
    return plainNumbers(fromJson(given));
  } catch {
    throw new SchemaError("invalid JSON string");
  }
}

/** A schema that is given as a document is one. An array is a document, but no schema. */
function readSchema(given: RegoValue): RegoValue {
  if (isArray(given)) throw new SchemaError("schema is invalid");
  return read(given);
}

function match(given: RegoValue, schema: RegoValue): RegoValue {
  const violations = validate(compileSchema(readSchema(schema)), read(given)).map(({ type, field, description }) => ({
    type,
    field,
    desc: description,
    error: `${field}: ${description}`,
  }));
  return [violations.length === 0, violations];
}

export const schemas: readonly Builtin[] = [
  define({
    name: "json.match_schema",
    args: [any, any],
    result: arrayOf(any),
    evaluate(context, given, schema) {
      try {
        return match(given, schema);
      } catch (error) {
        if (error instanceof SchemaError) return context.fail("eval_builtin_error", error.message);
        throw error;
      }
    },
  }),
  define({
    name: "json.verify_schema",
    args: [any],
    result: arrayOf(any),
    evaluate(_, schema) {
      try {
        compileSchema(readSchema(schema));
        return [true, null];
      } catch (error) {
        if (error instanceof SchemaError) return [false, `jsonschema: ${error.message}`];
        throw error;
      }
    },
  }),
];
