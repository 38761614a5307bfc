// `sprintf` writes what Go's fmt.Sprintf writes: https://pkg.go.dev/fmt. Numbers are Go's int, *big.Int or float64; every other value is a
// string by then, strings themselves and the rest in Rego's notation.
import { Decimal } from "../runtime/decimal.ts";
import { display } from "../runtime/display.ts";
import type { RegoArray, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { defineDirect } from "./define.ts";
import type { Directive, Operand } from "./go-directive.ts";
import { goType, writeOperand } from "./go-directive.ts";
import { any, arrayOf, string } from "./type-description.ts";

/** Go refuses wider fields and longer precisions. */
const widest = 1_000_000;

export function sprintf(format: RegoValue, operands: RegoValue): string | undefined {
  if (typeof format !== "string" || !Array.isArray(operands)) return undefined;
  return simpleFormat(format, operands) ?? new Formatter(format, operands).run();
}

/** Formats with nothing but `%s`, `%v` and `%d` for operands that fit: nearly all that there are. Undefined for any other. */
function simpleFormat(format: string, operands: RegoArray): string | undefined {
  let result = "";
  let from = 0;
  let used = 0;
  for (let at = format.indexOf("%"); at >= 0; at = format.indexOf("%", from)) {
    if (used >= operands.length) return undefined;
    const operand = operands[used++] as RegoValue;
    const text = simpleText(format.charCodeAt(at + 1), operand);
    if (text === undefined) return undefined;
    result += format.slice(from, at) + text;
    from = at + 2;
  }
  return used === operands.length ? result + format.slice(from) : undefined;
}

function simpleText(verb: number, operand: RegoValue): string | undefined {
  const isNumber = typeof operand === "number";
  if (verb === 0x73 /* s */)
    return typeof operand === "string"
      ? operand
      : isNumber || typeof operand === "bigint" || operand instanceof Decimal
        ? undefined
        : display(operand);
  if (verb === 0x76 /* v */) {
    if (typeof operand === "string") return operand;
    return (isNumber && !Number.isSafeInteger(operand)) || operand instanceof Decimal ? undefined : display(operand);
  }
  return verb === 0x64 /* d */ && isNumber && Number.isSafeInteger(operand) ? display(operand) : undefined;
}

function operandOf(value: RegoValue): Operand {
  if (value instanceof Decimal) return decimalOperand(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? value : display(value);
}

/** What is not written as an integer is a float64 to Go, or a text where it is greater than any. */
function decimalOperand(value: Decimal): Operand {
  if (value.writtenText() === "-0") return 0;
  const float = Number(value);
  return Number.isFinite(float) ? { float } : value.writtenText();
}

/** Goes through a format as Go does, with argument indexes, `*`, and remarks in the text about what is wrong. */
class Formatter {
  private readonly format: string;
  private readonly operands: readonly Operand[];
  private position = 0;
  private next = 0;
  private reordered = false;
  private goodIndex = true;
  private afterIndex = false;
  private output = "";

  constructor(format: string, operands: RegoArray) {
    this.format = format;
    this.operands = operands.map(operandOf);
  }

  run(): string {
    while (this.position < this.format.length) {
      const at = this.format.indexOf("%", this.position);
      if (at < 0) break;
      this.output += this.format.slice(this.position, at);
      this.position = at + 1;
      this.directive();
    }
    this.output += this.format.slice(this.position);
    if (!this.reordered && this.next < this.operands.length) this.output += this.extra();
    return this.output;
  }

  private directive(): void {
    const directive: Directive = {
      verb: "",
      plus: false,
      minus: false,
      sharp: false,
      space: false,
      zero: false,
      width: undefined,
      precision: undefined,
    };
    this.goodIndex = true;
    this.afterIndex = false;
    this.flags(directive);
    this.argumentIndex();
    this.width(directive);
    this.precision(directive);
    if (!this.afterIndex) this.argumentIndex();
    if (this.position >= this.format.length) {
      this.output += "%!(NOVERB)";
      return;
    }
    directive.verb = String.fromCodePoint(this.format.codePointAt(this.position) as number);
    this.position += directive.verb.length;
    this.output += this.verb(directive);
  }

  private verb(directive: Directive): string {
    if (directive.verb === "%") return "%";
    if (!this.goodIndex) return `%!${directive.verb}(BADINDEX)`;
    if (this.next >= this.operands.length) return `%!${directive.verb}(MISSING)`;
    return writeOperand(directive, this.operands[this.next++] as Operand);
  }

  private flags(directive: Directive): void {
    for (;;) {
      const flag = this.format[this.position];
      if (flag === "#") directive.sharp = true;
      else if (flag === "0") directive.zero = true;
      else if (flag === "+") directive.plus = true;
      else if (flag === "-") directive.minus = true;
      else if (flag === " ") directive.space = true;
      else break;
      this.position++;
    }
    if (directive.minus) directive.zero = false;
  }

  private width(directive: Directive): void {
    if (this.format[this.position] === "*") {
      this.position++;
      const width = this.starOperand();
      if (width === undefined) this.output += "%!(BADWIDTH)";
      else {
        directive.width = Math.abs(width);
        if (width < 0) {
          directive.minus = true;
          directive.zero = false;
        }
      }
      this.afterIndex = false;
    } else {
      const width = this.number();
      if (width === undefined) return;
      directive.width = width;
      // As in Go, an index must stand right before what it is for: %[3]2d is wrong.
      if (this.afterIndex) this.goodIndex = false;
    }
  }

  private precision(directive: Directive): void {
    // At the end of a format the point is taken for the verb.
    if (this.format[this.position] !== "." || this.position + 1 === this.format.length) return;
    this.position++;
    if (this.afterIndex) this.goodIndex = false;
    this.argumentIndex();
    if (this.format[this.position] === "*") {
      this.position++;
      const precision = this.starOperand();
      if (precision === undefined) this.output += "%!(BADPREC)";
      else if (precision >= 0) directive.precision = precision;
      else this.output += "%!(BADPREC)";
      this.afterIndex = false;
    } else {
      directive.precision = this.number() ?? 0;
    }
  }

  /** Digits at the position. A number that is too large counts as none, its digits as read. */
  private number(): number | undefined {
    const start = this.position;
    while (isDigit(this.format[this.position])) this.position++;
    if (start === this.position) return undefined;
    const value = Number(this.format.slice(start, this.position));
    return value <= widest ? value : undefined;
  }

  private starOperand(): number | undefined {
    const operand = this.operands[this.next];
    if (this.next < this.operands.length) this.next++;
    return typeof operand === "number" && Number.isInteger(operand) && Math.abs(operand) <= widest ? operand : undefined;
  }

  /** `[n]` makes the n-th operand, counted from 1, the next one. */
  private argumentIndex(): void {
    this.afterIndex = false;
    if (this.format[this.position] !== "[") return;
    this.reordered = true;
    const end = this.format.indexOf("]", this.position);
    if (end < 0) {
      this.goodIndex = false;
      this.position++;
      return;
    }
    const digits = this.format.slice(this.position + 1, end);
    this.position = end + 1;
    const index = /^[0-9]+$/.test(digits) ? Number(digits) - 1 : -1;
    if (index >= 0 && index < this.operands.length) {
      this.next = index;
      this.afterIndex = true;
    } else {
      this.goodIndex = false;
    }
  }

  private extra(): string {
    const rest = this.operands.slice(this.next).map((operand) => `${goType(operand)}=${writeOperand({ ...noDirective }, operand)}`);
    return `%!(EXTRA ${rest.join(", ")})`;
  }
}

const noDirective: Directive = {
  verb: "v",
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
};

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

export const sprintfBuiltin: Builtin = defineDirect({ name: "sprintf", args: [string, arrayOf(any)], result: string, direct: sprintf });

export const formatting: readonly Builtin[] = [sprintfBuiltin];
