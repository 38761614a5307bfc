// YAML text as Go's writer has it: https://pkg.go.dev/sigs.k8s.io/yaml#Marshal. Texts that some YAML could read as something else are in double quotes, those that could not stand
// there plainly in single quotes, and those of several lines in a block.
import {
  defineScalarTag,
  dump,
  mapTag,
  NOT_RESOLVED,
  SCALAR_STYLE,
  Schema,
  seqTag,
  strTag,
  type ScalarLayout,
  type ScalarStyle,
} from "js-yaml";
import { Decimal } from "../runtime/decimal.ts";
import { stringify, toJson } from "../runtime/json.ts";
import { numberText } from "../runtime/numbers.ts";
import { isNumber, type RegoNumber, type RegoValue } from "../runtime/value.ts";
import { generalText } from "./float-text.ts";
import { compareNaturally } from "./natural-order.ts";
import { isLong, nothings, readFloat, readInteger } from "./yaml-scalars.ts";
import { daysInMonth } from "./time/civil.ts";

const booleans = /^(?:[yYnN]|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const noFiniteNumber = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** Numbers in base 60, such as `1:30`. */
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const time = "([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\\.[0-9]+)?";
const moment = new RegExp(`^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]${time}(?:Z|[-+][0-9]{2}:[0-9]{2})| ${time})?$`);

function isMoment(text: string): boolean {
  const match = moment.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = match.slice(4).filter(Boolean).map(Number);
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return isDate && hour < 24 && minute < 60 && second < 60;
}

/** Whether a reader of YAML 1.1 or 1.2 could take a text for something else. */
function readsAsOther(text: string): boolean {
  if (nothings.has(text) || booleans.test(text) || noFiniteNumber.test(text) || sexagesimal.test(text) || isMoment(text)) return true;
  return readInteger(text) !== NOT_RESOLVED || readFloat(text) !== NOT_RESOLVED;
}

const schema: Schema = new Schema([
  strTag,
  seqTag,
  mapTag,
  defineScalarTag<null>("tag:yaml.org,2002:null", {
    implicit: true,
    resolve: (source) => (readsAsOther(source) ? null : NOT_RESOLVED),
    identify: (value) => value === null,
    represent: () => "null",
  }),
  defineScalarTag<boolean>("tag:yaml.org,2002:bool", {
    implicit: true,
    resolve: (source) => (source === "true" || source === "false" ? source === "true" : NOT_RESOLVED),
    identify: (value) => typeof value === "boolean",
    represent: String,
  }),
  defineScalarTag<number>("tag:yaml.org,2002:int", {
    implicit: true,
    resolve: (source) => (readsAsOther(source) ? 0 : NOT_RESOLVED),
    identify: (value) => isNumber(value as RegoValue),
    represent: (value: RegoNumber) => writtenNumber(value),
  }),
]);

/** As Go writes what it has read the number as: an integer of 64 bits, a float64, or the text of what is greater than any. */
function writtenNumber(value: RegoNumber): string {
  const isFloat = typeof value === "bigint" ? !isLong(value) : value instanceof Decimal || !Number.isInteger(value);
  const text = numberText(value);
  const double = Number(value);
  if (!isFloat || !Number.isFinite(double)) return text;
  return text === "-0" ? "0" : generalText(double, -1);
}

/** Control characters and others that no form but the double quotes shows. */
const invisible = /[^\t\n\u0020-\u0084\u0086-\u2027\u202a-\ufefe\uff00-\uffff]/u;

function chooseStyle(layout: ScalarLayout): void {
  if (layout.node.tag !== strTag.tagName) return;
  const style = styleOf(layout.node.value);
  const wanted = style === SCALAR_STYLE.PLAIN && !allows(layout, style) ? SCALAR_STYLE.SINGLE_QUOTED : style;
  layout.style = allows(layout, wanted) ? wanted : SCALAR_STYLE.DOUBLE_QUOTED;
}

function allows({ allowedStylesMask }: ScalarLayout, style: ScalarStyle): boolean {
  return (allowedStylesMask & (1 << style)) !== 0;
}

function styleOf(text: string): ScalarStyle {
  if (invisible.test(text)) return SCALAR_STYLE.DOUBLE_QUOTED;
  // A space at the end of a line can't be seen.
  if (text.includes("\n")) return / (?:\n|$)/.test(text) ? SCALAR_STYLE.DOUBLE_QUOTED : SCALAR_STYLE.LITERAL_BLOCK;
  return text === "" || text.includes("\t") || readsAsOther(text) ? SCALAR_STYLE.DOUBLE_QUOTED : SCALAR_STYLE.PLAIN;
}

/** What Go's reader of JSON refuses as YAML. */
const refused = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** Block style, sorted keys, lists further in than their key, long lines left alone. Undefined if a text has characters that YAML does not allow. */
export function marshalYaml(value: RegoValue): string | undefined {
  const json = toJson(value);
  if (refused.test(stringify(value))) return undefined;
  const text = dump(json, { schema, sortKeys: compareNaturally, lineWidth: -1, noRefs: true, scalarStyleRules: [chooseStyle] });
  // A block at the end keeps its empty lines without a mark, and one without a parent counts its indentation from the margin.
  // All texts with characters beyond U+FFFF are in double quotes.
  const escaped = text.replace(
    /[\u{10000}-\u{10ffff}]/gu,
    (one) => `\\U${(one.codePointAt(0) as number).toString(16).toUpperCase().padStart(8, "0")}`,
  );
  const closed = escaped.endsWith("\n...\n") ? escaped.slice(0, -4) : escaped;
  return typeof json === "string" ? closed.replace(/^\|(?:3|(?=[-+]?\n\n))/, "|2") : closed;
}
