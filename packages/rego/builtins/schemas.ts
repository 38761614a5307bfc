// https://www.openpolicyagent.org/docs/policy-reference#object: JSON Schema.
import { fromJson, toJson } from "../runtime/json.ts";
import { plainNumbers } from "../runtime/plain-numbers.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { compileSchema } from "./json-schema/compile.ts";
import { SchemaError } from "./json-schema/schema.ts";
import { validate } from "./json-schema/validate.ts";
import { any, arrayOf, objectOf, oneOf, string } from "./type-description.ts";

const document = oneOf(string, objectOf(any, any));

/** A document that is given as JSON text or as an object. Throws a SchemaError if the text is no JSON. */
function read(given: RegoValue): RegoValue {
  if (typeof given !== "string") return plainNumbers(toJson(given));
  try {
    return plainNumbers(fromJson(given));
  } catch {
    throw new SchemaError("invalid JSON string");
  }
}

function match(given: RegoValue, schema: RegoValue): RegoValue {
  const violations = validate(compileSchema(read(schema)), read(given)).map(({ type, field, description }) => ({
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
    args: [document, document],
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
    args: [document],
    result: arrayOf(any),
    evaluate(_, schema) {
      try {
        compileSchema(read(schema));
        return [true, null];
      } catch (error) {
        if (error instanceof SchemaError) return [false, `jsonschema: ${error.message}`];
        throw error;
      }
    },
  }),
];
