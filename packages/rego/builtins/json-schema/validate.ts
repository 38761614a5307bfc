// Validates values against schemas. The errors, their order and their words are those of https://github.com/xeipuuv/gojsonschema.

import { Decimal } from "../../runtime/decimal.ts";
import { stringify } from "../../runtime/json.ts";
import { isInteger, numberText } from "../../runtime/numbers.ts";
import { own } from "../../runtime/own.ts";
import type { PlainObject, RegoArray, RegoNumber, RegoValue } from "../../runtime/value.ts";
import { isArray, isNumber, isPlainObject } from "../../runtime/value.ts";
import { sortedKeys } from "../../runtime/compare.ts";
import { hasFormat } from "./formats.ts";
import { isMultiple } from "./multiples.ts";
import type { Schema } from "./schema.ts";
import { SchemaError } from "./schema.ts";

export interface Violation {
  readonly type: string;
  /** The way to the value, with dots; `(Root)` for the whole. */
  readonly field: string;
  readonly description: string;
}

/** How deep values may be nested, and schemas may refer to each other. */
const mostDepth = 1000;

/** Schemas that refer to each other twice each time would take forever, though they are neither deep nor large. */
const mostChecks = 5_000_000;

/** What violates the schema; nothing if the value is valid. The value is JSON. Throws a SchemaError if the schema never ends. */
export function validate(schema: Schema, value: RegoValue): Violation[] {
  return new Validation().run(schema, value, "", 0).violations;
}

/** What came of a part: how much of it was in order decides which of several failed alternatives is reported. */
class Outcome {
  readonly violations: Violation[] = [];
  score = 0;

  add(field: string, type: string, description: string): void {
    this.violations.push({ type, field: field === "" ? "(Root)" : field, description });
    this.score--;
  }

  merge(other: Outcome): void {
    this.violations.push(...other.violations);
    this.score += other.score;
  }

  get isValid(): boolean {
    return this.violations.length === 0;
  }
}

class Validation {
  private checks = 0;

  run(schema: Schema, value: RegoValue, field: string, depth: number): Outcome {
    const outcome = new Outcome();
    this.check(schema, value, field, depth, outcome);
    return outcome;
  }

  private check(schema: Schema, value: RegoValue, field: string, depth: number, outcome: Outcome): void {
    if (++this.checks > mostChecks) throw new SchemaError("the schema takes too long");
    if (depth > mostDepth) throw new SchemaError("the schema refers to itself without end");
    if (schema.always === false) outcome.add(field, "false", "False always fails validation");
    if (schema.always !== undefined) return;
    if (schema.reference !== undefined) {
      this.check(schema.reference(), value, field, depth + 1, outcome);
      return;
    }
    const type = schemaType(value);
    if (schema.types.length > 0 && !schema.types.includes(type) && !(type === "integer" && schema.types.includes("number"))) {
      const expected = schema.types.length > 1 ? `[${schema.types.join(",")}]` : (schema.types[0] as string);
      outcome.add(field, "invalid_type", `Invalid type. Expected: ${expected}, given: ${type}`);
      return;
    }
    this.checkComposition(schema, value, field, depth + 1, outcome);
    if (isArray(value)) this.checkArray(schema, value, field, depth + 1, outcome);
    else if (isPlainObject(value)) this.checkObject(schema, value, field, depth + 1, outcome);
    else if (isNumber(value)) checkNumber(schema, value, field, outcome);
    checkValue(schema, value, field, outcome);
    if (typeof value === "string") checkString(schema, value, field, outcome);
    if (isPlainObject(value)) this.checkProperties(schema, value, field, depth + 1, outcome);
  }

  private checkComposition(schema: Schema, value: RegoValue, field: string, depth: number, outcome: Outcome): void {
    if (schema.anyOf.length > 0) {
      const { valid, best } = this.alternatives(schema.anyOf, value, field, depth, true);
      if (valid === 0) outcome.add(field, "number_any_of", "Must validate at least one schema (anyOf)");
      if (valid === 0 && best !== undefined) outcome.merge(best);
    }
    if (schema.oneOf.length > 0) {
      const { valid, best } = this.alternatives(schema.oneOf, value, field, depth, false);
      if (valid !== 1) outcome.add(field, "number_one_of", "Must validate one and only one schema (oneOf)");
      if (valid === 0 && best !== undefined) outcome.merge(best);
    }
    const failed = schema.allOf.map((one) => this.run(one, value, field, depth)).filter((one) => !one.isValid);
    for (const one of failed) outcome.merge(one);
    if (failed.length > 0) outcome.add(field, "number_all_of", "Must validate all the schemas (allOf)");
    if (schema.not !== undefined && this.run(schema.not, value, field, depth).isValid) {
      outcome.add(field, "number_not", "Must not validate the schema (not)");
    }
    if (isPlainObject(value)) this.checkDependencies(schema, value, field, depth, outcome);
    this.checkCondition(schema, value, field, depth, outcome);
    outcome.score++;
  }

  private alternatives(
    schemas: readonly Schema[],
    value: RegoValue,
    field: string,
    depth: number,
    first: boolean,
  ): { valid: number; best?: Outcome } {
    let valid = 0;
    let best: Outcome | undefined;
    for (const schema of schemas) {
      const one = this.run(schema, value, field, depth);
      if (one.isValid) valid++;
      else if (best === undefined || one.score > best.score) best = one;
      if (first && valid > 0) break;
    }
    return best === undefined ? { valid } : { valid, best };
  }

  private checkDependencies(schema: Schema, value: PlainObject, field: string, depth: number, outcome: Outcome): void {
    for (const [name, wanted] of schema.dependentNames) {
      const missing = own(value, name) === undefined ? [] : wanted.filter((one) => own(value, one) === undefined);
      for (const one of missing) outcome.add(field, "missing_dependency", `Has a dependency on ${one}`);
    }
    for (const [name, dependent] of schema.dependentSchemas) {
      if (own(value, name) !== undefined) this.check(dependent, value, field, depth, outcome);
    }
  }

  private checkCondition(schema: Schema, value: RegoValue, field: string, depth: number, outcome: Outcome): void {
    if (schema.condition === undefined) return;
    const holds = this.run(schema.condition, value, field, depth).isValid;
    const consequence = holds ? schema.then : schema.otherwise;
    const result = consequence === undefined ? undefined : this.run(consequence, value, field, depth);
    if (result === undefined || result.isValid) return;
    if (holds) outcome.add(field, "condition_then", 'Must validate "then" as "if" was valid');
    else outcome.add(field, "condition_else", 'Must validate "else" as "if" was not valid');
    outcome.merge(result);
  }

  private checkArray(schema: Schema, value: RegoArray, field: string, depth: number, outcome: Outcome): void {
    const { items, positions, limits } = schema;
    const additional = positions === undefined ? undefined : schema.additionalItems;
    value.forEach((item, i) => {
      const one = items ?? positions?.[i] ?? additional;
      if (one !== undefined && typeof one !== "boolean") outcome.merge(this.run(one, item, below(field, String(i)), depth));
    });
    if (additional === false && positions !== undefined && value.length > positions.length) {
      outcome.add(field, "array_no_additional_items", "No additional items allowed on array");
    }
    if (limits.minItems !== undefined && value.length < limits.minItems) {
      outcome.add(field, "array_min_items", `Array must have at least ${limits.minItems} items`);
    }
    if (limits.maxItems !== undefined && value.length > limits.maxItems) {
      outcome.add(field, "array_max_items", `Array must have at most ${limits.maxItems} items`);
    }
    if (schema.uniqueItems) checkUnique(value, field, outcome);
    if (schema.contains !== undefined) this.checkContains(schema.contains, value, field, depth, outcome);
    outcome.score++;
  }

  private checkContains(schema: Schema, value: RegoArray, field: string, depth: number, outcome: Outcome): void {
    let best: Outcome | undefined;
    for (const [i, item] of value.entries()) {
      const one = this.run(schema, item, below(field, String(i)), depth);
      if (one.isValid) return;
      if (best === undefined || one.score > best.score) best = one;
    }
    outcome.add(field, "contains", "At least one of the items must match");
    if (best !== undefined) outcome.merge(best);
  }

  private checkObject(schema: Schema, value: PlainObject, field: string, depth: number, outcome: Outcome): void {
    const keys = sortedKeys(value);
    const { minProperties, maxProperties } = schema.limits;
    if (minProperties !== undefined && keys.length < minProperties) {
      outcome.add(field, "array_min_properties", `Must have at least ${minProperties} properties`);
    }
    if (maxProperties !== undefined && keys.length > maxProperties) {
      outcome.add(field, "array_max_properties", `Must have at most ${maxProperties} properties`);
    }
    for (const name of schema.required) {
      if (own(value, name) === undefined) outcome.add(field, "required", `${name} is required`);
      else outcome.score++;
    }
    for (const key of keys) this.checkOther(schema, key, own(value, key) as RegoValue, field, depth, outcome);
    for (const key of schema.propertyNames === undefined ? [] : keys) {
      const result = this.run(schema.propertyNames as Schema, key, field, depth);
      if (result.isValid) continue;
      outcome.add(field, "invalid_property_name", `Property name of "${key}" does not match`);
      outcome.merge(result);
    }
    outcome.score++;
  }

  /** Checks a property against the patterns of names, and one that nothing describes against what is said of the others. */
  private checkOther(schema: Schema, key: string, value: RegoValue, field: string, depth: number, outcome: Outcome): void {
    const matching = schema.patternProperties.filter((one) => one.pattern.test(key));
    for (const one of matching) outcome.merge(this.run(one.schema, value, below(field, key), depth));
    if (matching.length > 0 || schema.properties.has(key)) return;
    const additional = schema.additionalProperties;
    if (additional === false) {
      outcome.add(field, "additional_property_not_allowed", `Additional property ${key} is not allowed`);
    } else if (additional !== undefined && additional !== true) {
      outcome.merge(this.run(additional, value, below(field, key), depth));
    }
  }

  private checkProperties(schema: Schema, value: PlainObject, field: string, depth: number, outcome: Outcome): void {
    for (const [name, property] of schema.properties) {
      const item = own(value, name);
      if (item !== undefined) this.check(property, item, below(field, name), depth, outcome);
    }
  }
}

function below(field: string, step: string): string {
  return field === "" ? step : `${field}.${step}`;
}

function schemaType(value: RegoValue): string {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  if (typeof value === "bigint" || (value instanceof Decimal && isInteger(value))) return "integer";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

function checkUnique(value: RegoArray, field: string, outcome: Outcome): void {
  const seen = new Map<string, number>();
  value.forEach((item, i) => {
    const text = stringify(item);
    const earlier = seen.get(text);
    if (earlier === undefined) seen.set(text, i);
    else outcome.add(field, "unique", `array items[${earlier},${i}] must be unique`);
  });
}

function checkValue(schema: Schema, value: RegoValue, field: string, outcome: Outcome): void {
  const shown = field === "" ? "(Root)" : field;
  if (schema.constant !== undefined && stringify(value) !== schema.constant) {
    outcome.add(field, "const", `${shown} does not match: ${schema.constant}`);
  }
  if (schema.choices !== undefined && !schema.choices.includes(stringify(value))) {
    outcome.add(field, "enum", `${shown} must be one of the following: ${schema.choices.join(", ")}`);
  }
  if (schema.format !== undefined && typeof value === "string" && !hasFormat(schema.format, value)) {
    outcome.add(field, "format", `Does not match format '${schema.format}'`);
  }
  outcome.score++;
}

function checkString({ limits, pattern }: Schema, value: string, field: string, outcome: Outcome): void {
  const length = Array.from(value).length;
  if (limits.minLength !== undefined && length < limits.minLength) {
    outcome.add(field, "string_gte", `String length must be greater than or equal to ${limits.minLength}`);
  }
  if (limits.maxLength !== undefined && length > limits.maxLength) {
    outcome.add(field, "string_lte", `String length must be less than or equal to ${limits.maxLength}`);
  }
  if (pattern?.pattern.test(value) === false) outcome.add(field, "pattern", `Does not match pattern '${pattern.source}'`);
  outcome.score++;
}

function checkNumber({ limits }: Schema, value: RegoNumber, field: string, outcome: Outcome): void {
  const { multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum } = limits;
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
    outcome.add(field, "multiple_of", `Must be a multiple of ${limitText(multipleOf)}`);
  }
  if (maximum !== undefined && value > maximum) outcome.add(field, "number_lte", `Must be less than or equal to ${limitText(maximum)}`);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) {
    outcome.add(field, "number_lt", `Must be less than ${limitText(exclusiveMaximum)}`);
  }
  if (minimum !== undefined && value < minimum) outcome.add(field, "number_gte", `Must be greater than or equal to ${limitText(minimum)}`);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    outcome.add(field, "number_gt", `Must be greater than ${limitText(exclusiveMinimum)}`);
  }
  outcome.score++;
}

/** As Go's `%v` writes a large floating-point number: ten digits at most, an exponent where there are more. */
function limitText(limit: RegoNumber): string {
  const text = String(Number(Number(limit).toPrecision(10)));
  const exponent = Math.floor(Math.log10(Math.abs(Number(limit))));
  if (Number(limit) === 0 || (exponent < 10 && exponent >= -4)) return text.includes("e") ? numberText(limit) : text;
  const [mantissa = "", power = ""] = Number(Number(limit).toPrecision(10)).toExponential().split("e");
  return `${mantissa}e${power.startsWith("-") ? "-" : "+"}${power.slice(1).padStart(2, "0")}`;
}
