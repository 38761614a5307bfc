// Checks operands against the types that their builtin declares.
import { Decimal, longInteger } from "../runtime/decimal.ts";
import { isInteger } from "../runtime/numbers.ts";
import { ObjectValue, SetValue, typeName } from "../runtime/value.ts";
import type { PlainObject, RegoArray, RegoValue } from "../runtime/value.ts";
import type { TypeDescription } from "./type-description.ts";
import { typeNames } from "./type-description.ts";

/** Tells whether a value has the type it was made for. */
export type OperandCheck = (value: RegoValue) => boolean;

/** The check of a type, made once for each operand of each builtin. */
export function operandCheck(description: TypeDescription): OperandCheck {
  switch (description.kind) {
    case "any":
      return () => true;
    case "null":
      return (value) => value === null;
    case "boolean":
      return (value) => typeof value === "boolean";
    case "string":
      return (value) => typeof value === "string";
    case "number":
      if (description.long === true) return (value) => longInteger(value) !== undefined;
      return description.integer
        ? (value) => (typeof value === "number" ? Number.isInteger(value) : typeof value === "bigint" || isWholeDecimal(value))
        : (value) => typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
    case "array":
      return arrayCheck(description.of);
    case "set":
      return setCheck(description.of);
    case "object":
      return objectCheck(description.key, description.value);
    default: {
      const checks = description.of.map(operandCheck);
      return (value) => checks.some((check) => check(value));
    }
  }
}

/** What to say of an operand (counted from 1) that failed its check. */
export function operandMessage(position: number, description: TypeDescription, value: RegoValue): string {
  const admitted = [...new Set(typeNames(description))].sort();
  const actual = typeName(value);
  if (!admitted.includes(actual)) {
    const wanted = admitted.length === 1 ? (admitted[0] as string) : `one of {${admitted.join(", ")}}`;
    return `operand ${position} must be ${wanted} but got ${actual}`;
  }
  if (actual === "number") {
    return `operand ${position} must be integer number but got floating-point number`;
  }
  const members = (description.kind === "union" ? description.of : [description]).filter((member) => member.kind === actual);
  return `operand ${position} must be ${members.map(fullName).join(" or ")} but got ${actual} containing ${offender(members, value)}`;
}

function isWholeDecimal(value: RegoValue): boolean {
  return value instanceof Decimal && isInteger(value);
}

function arrayCheck(of: TypeDescription): OperandCheck {
  if (of.kind === "any") return (value) => Array.isArray(value);
  const check = operandCheck(of);
  return (value) => Array.isArray(value) && (value as RegoArray).every(check);
}

function setCheck(of: TypeDescription): OperandCheck {
  if (of.kind === "any") return (value) => value instanceof SetValue;
  const check = operandCheck(of);
  return (value) => value instanceof SetValue && value.items.every(check);
}

function objectCheck(key: TypeDescription, value: TypeDescription): OperandCheck {
  const checkKey = operandCheck(key);
  const checkValue = operandCheck(value);
  const anyValue = value.kind === "any";
  return (object) => {
    if (typeof object !== "object" || object === null || Array.isArray(object) || object instanceof SetValue) return false;
    if (object instanceof Decimal) return false;
    if (object instanceof ObjectValue) return object.keys.every(checkKey) && object.values.every(checkValue);
    return anyValue || Object.values(object as PlainObject).every(checkValue);
  };
}

function fullName(description: TypeDescription): string {
  switch (description.kind) {
    case "array":
    case "set":
      return description.of.kind === "any" ? description.kind : `${description.kind} of ${plural(description.of)}`;
    case "object":
      return description.value.kind === "any" ? "object with string keys" : `object with values of type ${fullName(description.value)}`;
    case "union":
      return description.of.map(fullName).join(" or ");
    default:
      return description.kind;
  }
}

function plural(description: TypeDescription): string {
  const names = typeNames(description);
  return names.map((name) => `${name}s`).join(" or ");
}

function contentsOf(description: TypeDescription): TypeDescription {
  if (description.kind === "array" || description.kind === "set") return description.of;
  return description.kind === "object" ? description.value : description;
}

/** The type of the first thing inside a collection that none of the admitted types would have. */
function offender(members: readonly TypeDescription[], value: RegoValue): string {
  const checks = members.map((member) => operandCheck(contentsOf(member)));
  const contents: RegoArray = Array.isArray(value)
    ? (value as RegoArray)
    : value instanceof SetValue
      ? value.items
      : value instanceof ObjectValue
        ? [...value.keys.filter((key) => typeof key !== "string"), ...value.values]
        : Object.values(value as PlainObject);
  const found = contents.find((item) => !checks.some((check) => check(item)));
  return found === undefined ? "other types" : typeName(found);
}
