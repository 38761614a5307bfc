// https://www.openpolicyagent.org/docs/policy-reference#conversions and #types
import { Decimal } from "../runtime/decimal.ts";
import { display } from "../runtime/display.ts";
import { parseNumber } from "../runtime/numbers.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { isArray, isObject, isSet, typeName } from "../runtime/value.ts";
import type { RegoNumber, RegoValue, TypeName } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define, defineDirect, defineHot } from "./define.ts";
import { fractionOf } from "./extended-float.ts";
import type { TypeDescription } from "./type-description.ts";
import { any, arrayOf, boolean, nullType, number, objectOf, oneOf, setOf, string } from "./type-description.ts";

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/;
const noNumber = /^[+-]?(?:nan|inf|infinity)$/i;

const hexadecimal = /^([+-]?)0[xX]([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?\d+)$/;
/** Underscores may stand between digits, and between a prefix and a digit. */
const misplaced = /(?<!\d)_|_(?!\d)/;
const misplacedInHexadecimal = /(?<![0-9a-fx])_|_(?![0-9a-f])/i;
/** A binary exponent beyond this is refused: it would fill the memory. */
const largestExponent = 20_000;

/**
 * A number as Go reads floats, `+5`, `.5`, `1_000` and `0x1p-2` included; undefined for anything else, and for what is greater than any double.
 * https://go.dev/ref/spec#Floating-point_literals
 */
function readNumber(text: string): RegoNumber | undefined {
  if (/^[1-9]?[0-9]$/.test(text)) return Number(text);
  if (text.includes("_")) {
    const rule = /^[+-]?0x/i.test(text) ? misplacedInHexadecimal : misplaced;
    return rule.test(text) ? undefined : readNumber(text.replaceAll("_", ""));
  }
  const match = decimal.exec(text);
  if (match === null) return readHexadecimal(text);
  const [, sign = "", whole = "", fraction = "", exponent = ""] = match;
  if (whole === "" && fraction === "") return undefined;
  const canonical = `${sign === "-" ? "-" : ""}${whole.replace(/^0+(?=\d)/, "") || "0"}${fraction === "" ? "" : `.${fraction}`}${exponent}`;
  return Number.isFinite(Number(canonical)) ? parseNumber(canonical) : undefined;
}

function readHexadecimal(text: string): RegoNumber | undefined {
  const [, sign = "", whole = "", fraction = "", exponentText = ""] = hexadecimal.exec(text) ?? [];
  const exponent = Number(exponentText) - 4 * fraction.length;
  if (whole + fraction === "" || Math.abs(exponent) > largestExponent) return undefined;
  const digits = BigInt(`0x${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  const value = exponent >= 0 ? fractionOf(digits << BigInt(exponent), 1n) : fractionOf(digits, 1n << BigInt(-exponent));
  return Number.isFinite(Number(value)) ? value : undefined;
}

/** null is 0, false 0, true 1; a string is read as a decimal number. */
function toNumber(value: RegoValue): RegoNumber | undefined {
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal) return value;
  if (value === null || value === false) return 0;
  if (value === true) return 1;
  return typeof value === "string" ? readNumber(value) : undefined;
}

function typeTest(name: TypeName): Builtin {
  return defineDirect({ name: `is_${name}`, args: [any], result: boolean, direct: (value) => typeName(value) === name });
}

/** The `cast_…` builtins return their operand if it has the type, and are otherwise undefined. */
function cast(name: TypeName, type: TypeDescription, convert: (value: RegoValue) => RegoValue | undefined): Builtin {
  return define({
    name: `cast_${name}`,
    args: [any],
    result: type,
    deprecated: true,
    evaluate: (context, value) => convert(value) ?? context.fail("eval_type_error", `operand 1 must be ${name} but got ${typeName(value)}`),
  });
}

export const conversions: readonly Builtin[] = [
  defineHot({
    name: "to_number",
    args: [oneOf(nullType, boolean, number, string)],
    result: number,
    direct: toNumber,
    explain(context, value) {
      if (typeof value === "string" && noNumber.test(value))
        return context.fail("eval_type_error", "operand 1 must be valid number string");
      return context.fail("eval_builtin_error", `invalid syntax: ${display(value)} is no number`);
    },
  }),
  typeTest("null"),
  typeTest("boolean"),
  typeTest("number"),
  typeTest("string"),
  typeTest("array"),
  typeTest("set"),
  typeTest("object"),
  defineDirect({ name: "type_name", args: [any], result: string, direct: typeName }),
  cast("array", arrayOf(any), (value) => (isSet(value) ? value.sorted() : isArray(value) ? value : undefined)),
  cast("set", setOf(any), (value) => (isArray(value) ? RegoSet.from(value) : isSet(value) ? value : undefined)),
  cast("string", string, (value) => (typeof value === "string" ? value : undefined)),
  cast("boolean", boolean, (value) => (typeof value === "boolean" ? value : undefined)),
  cast("object", objectOf(any, any), (value) => (isObject(value) ? value : undefined)),
  define({
    name: "cast_null",
    args: [any],
    result: nullType,
    deprecated: true,
    evaluate: (context, value) =>
      value === null ? null : context.fail("eval_type_error", `operand 1 must be null but got ${typeName(value)}`),
  }),
];
