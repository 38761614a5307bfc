// Writes one operand of a Go format directive such as `%-8.3f`. Source of the rules: https://pkg.go.dev/fmt
import { goQuote, goQuoteRune } from "../runtime/go-quote.ts";
import { binaryParts, exponentText, fixedText, generalText, hexadecimalText } from "./float-text.ts";

/** What stands between `%` and the verb. */
export interface Directive {
  verb: string;
  plus: boolean;
  minus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  /** Undefined where the format gives none. */
  width: number | undefined;
  precision: number | undefined;
}

/** A number or a text, as Go would hold it: an `int64`, a `*big.Int`, a `float64` (`float` tells it from the integers) or a `string`. */
export type Operand = string | number | bigint | { readonly float: number };

/** Go's name of the operand's type. */
export function goType(operand: Operand): string {
  if (typeof operand === "string") return "string";
  if (typeof operand === "object") return "float64";
  if (typeof operand === "number") return Number.isInteger(operand) ? "int64" : "float64";
  return isInt64(operand) ? "int64" : "*big.Int";
}

/** The operand as the directive wants it, or Go's remark that the verb does not fit the operand. */
export function writeOperand(directive: Directive, operand: Operand): string {
  if (directive.verb === "T") return pad(directive, truncate(directive, goType(operand)));
  if (typeof operand === "string") return writeString(directive, operand);
  if (typeof operand === "object") return writeFloat(directive, operand.float);
  if (typeof operand === "number" && !Number.isInteger(operand)) return writeFloat(directive, operand);
  const integer = BigInt(operand);
  if (!isInt64(integer)) return writeBigInteger(directive, integer);
  return writeInteger(directive, integer);
}

function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function misfit(directive: Directive, operand: Operand): string {
  // A text stands there as it is, even with `#`.
  const verb = typeof operand === "string" ? "s" : "v";
  return `%!${directive.verb}(${goType(operand)}=${writeOperand({ ...directive, verb }, operand)})`;
}

function pad(directive: Directive, text: string): string {
  if (directive.width === undefined) return text;
  const missing = directive.width - Array.from(text).length;
  if (missing <= 0) return text;
  if (directive.minus) return text + " ".repeat(missing);
  return (directive.zero ? "0" : " ").repeat(missing) + text;
}

function truncate(directive: Directive, text: string): string {
  return directive.precision === undefined ? text : Array.from(text).slice(0, directive.precision).join("");
}

function writeString(directive: Directive, text: string): string {
  switch (directive.verb) {
    case "v":
      return directive.sharp ? writeQuoted(directive, text) : pad(directive, truncate(directive, text));
    case "s":
      return pad(directive, truncate(directive, text));
    case "q":
      return writeQuoted(directive, text);
    case "x":
    case "X":
      return writeBytes(directive, text);
    default:
      return misfit(directive, text);
  }
}

/** What Go can put between back quotes: no control characters but tabs, no back quote, no byte-order mark. */
const rawString = /^[^\p{Cc}`\uFEFF]*$/u;

function writeQuoted(directive: Directive, text: string): string {
  const shown = truncate(directive, text);
  if (directive.sharp && directive.verb === "q" && rawString.test(shown.replaceAll("\t", ""))) return pad(directive, `\`${shown}\``);
  return pad(directive, goQuote(shown, directive.plus));
}

function writeBytes(directive: Directive, text: string): string {
  const bytes = new TextEncoder().encode(text).subarray(0, directive.precision);
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  const prefix = directive.sharp && pairs.length > 0 ? "0x" : "";
  const hexadecimal = prefix + pairs.join(directive.space ? ` ${prefix}` : "");
  return pad(directive, directive.verb === "X" ? hexadecimal.toUpperCase() : hexadecimal);
}

const bases: ReadonlyMap<string, number> = new Map([
  ["v", 10],
  ["d", 10],
  ["b", 2],
  ["o", 8],
  ["O", 8],
  ["x", 16],
  ["X", 16],
]);

function writeInteger(directive: Directive, value: bigint): string {
  const base = bases.get(directive.verb);
  if (base !== undefined) return writeDigits(directive, value, base);
  switch (directive.verb) {
    case "c":
      return pad(directive, character(value));
    case "q":
      return pad(directive, goQuoteRune(character(value), directive.plus));
    case "U":
      return pad({ ...directive, zero: false }, unicodeName(directive, value));
    default:
      return misfit(directive, value);
  }
}

function writeDigits(directive: Directive, value: bigint, base: number): string {
  const signText = value < 0n ? "-" : directive.plus ? "+" : directive.space ? " " : "";
  let digits = (value < 0n ? -value : value).toString(base);
  if (directive.verb === "X") digits = digits.toUpperCase();
  if (directive.precision !== undefined) {
    if (directive.precision === 0 && value === 0n) return pad({ ...directive, zero: false }, "");
    digits = digits.padStart(directive.precision, "0");
  } else if (directive.zero && !directive.minus && directive.width !== undefined) {
    digits = digits.padStart(directive.width - signText.length, "0");
  }
  return pad({ ...directive, zero: false }, signText + prefix(directive, base, digits) + digits);
}

function prefix(directive: Directive, base: number, digits: string): string {
  if (directive.verb === "O") return "0o";
  if (!directive.sharp) return "";
  if (base === 2) return "0b";
  if (base === 8) return digits.startsWith("0") ? "" : "0";
  return base === 16 ? `0${directive.verb}` : "";
}

function character(value: bigint): string {
  return value < 0n || value > 0x10ffffn || (value >= 0xd800n && value <= 0xdfffn) ? "\ufffd" : String.fromCodePoint(Number(value));
}

function unicodeName(directive: Directive, value: bigint): string {
  const digits = BigInt.asUintN(64, value).toString(16).toUpperCase();
  const name = `U+${digits.padStart(Math.max(4, directive.precision ?? 4), "0")}`;
  const quoted = goQuoteRune(character(value));
  return directive.sharp && !quoted.startsWith("'\\") ? `${name} ${quoted}` : name;
}

/** Integers that are no int64 format themselves in Go, and know the verb `s` too. */
function writeBigInteger(directive: Directive, value: bigint): string {
  const verb = directive.verb === "s" ? "d" : directive.verb;
  const base = bases.get(verb);
  if (base !== undefined) return writeDigits({ ...directive, verb }, value, base);
  return `%!${verb}(big.Int=${value})`;
}

function writeFloat(directive: Directive, value: number): string {
  const text = floatText(directive, value);
  if (text === undefined) return misfit(directive, { float: value });
  const unsigned = text.startsWith("-") ? text.slice(1) : text;
  const signText = text.startsWith("-") ? "-" : directive.plus ? "+" : directive.space ? " " : "";
  const number = directive.sharp && directive.verb !== "b" ? withPoint(directive, unsigned) : unsigned;
  if (directive.zero && !directive.minus && directive.width !== undefined)
    return signText + number.padStart(directive.width - signText.length, "0");
  return pad(directive, signText + number);
}

function floatText({ verb, precision }: Directive, value: number): string | undefined {
  switch (verb) {
    case "v":
    case "g":
      return generalText(value, precision ?? -1);
    case "G":
      return generalText(value, precision ?? -1).toUpperCase();
    case "f":
    case "F":
      return fixedText(value, precision ?? 6);
    case "e":
      return exponentText(value, precision ?? 6);
    case "E":
      return exponentText(value, precision ?? 6).toUpperCase();
    case "x":
      return hexadecimalText(value, precision ?? -1);
    case "X":
      return hexadecimalText(value, precision ?? -1).toUpperCase();
    case "b": {
      const parts = binaryParts(value);
      return `${parts.negative ? "-" : ""}${parts.mantissa}p${parts.exponent < 0 ? "" : "+"}${parts.exponent}`;
    }
    default:
      return undefined;
  }
}

/** The flag `#` makes floats keep their decimal point, `%g` its trailing zeros, and `%x` as many digits as `%g`, of which its prefix is one. */
function withPoint({ verb, precision }: Directive, number: string): string {
  const tailAt = number.search(verb === "x" || verb === "X" ? /[pP]/ : /[eE]/);
  const tail = tailAt < 0 ? "" : number.slice(tailAt);
  let text = tailAt < 0 ? number : number.slice(0, tailAt);
  const general = verb === "v" || verb === "g" || verb === "G";
  let missing = general ? (precision ?? 6) - text.replace(".", "").replace(/^0+/, "").length : 0;
  if (verb === "x") missing = (precision ?? 6) - text.replace(".", "").length + 1;
  if (!text.includes(".")) {
    if (text === "0") missing--;
    text += ".";
  }
  return text + "0".repeat(Math.max(0, missing)) + tail;
}
