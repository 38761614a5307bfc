import type { Scalar, Variable } from "./ast.ts";
import { numberValue } from "./number-value.ts";
import { unescape } from "./string-value.ts";
import { TokenCursor } from "./token-cursor.ts";
import { token } from "./token-kind.ts";

/** Reads constants and names. */
export abstract class ScalarParser extends TokenCursor {
  private wildcards = 0;

  protected constant(value: null | boolean): Scalar {
    const span = this.tokenSpan();
    this.next();
    return { kind: "scalar", value, span };
  }

  /** The name at hand as a variable. */
  protected variable(): Variable {
    const name = this.text();
    const wildcard = name === "_";
    const span = this.tokenSpan();
    this.next();
    return { kind: "variable", name: wildcard ? `$${String(++this.wildcards)}` : name, wildcard, span };
  }

  protected numberTerm(start: number, sign: string): Scalar {
    const value = numberValue(sign + this.text());
    if (value === null) this.fail("invalid-number", "this number is too large to be worked with", this.tokenSpan());
    this.next();
    return { kind: "scalar", value, span: this.spanFrom(start) };
  }

  protected negativeNumber(): Scalar {
    const start = this.start();
    this.next();
    if (this.is(token.number)) return this.numberTerm(start, "-");
    return this.failUnexpected("a number, a name or a call after the minus sign", "the opposite of anything else is written `0 - (…)`");
  }

  /** The string at hand; raw strings mean what they show. */
  protected stringTerm(): Scalar {
    const span = this.tokenSpan();
    const inner = this.source.slice(span.start + 1, span.end - 1);
    const value = this.is(token.rawString) ? inner : this.unescaped(inner, span.start + 1, false);
    this.next();
    return { kind: "scalar", value, span };
  }

  protected unescaped(text: string, offset: number, template: boolean): string {
    const value = unescape(text, template);
    if (typeof value === "string") return value;
    const start = offset + value.at;
    const hint = "the escapes are those of JSON; patterns are best written in backticks, where a backslash is an ordinary character";
    return this.fail(
      "invalid-escape",
      `\`${text.slice(value.at, value.at + value.length)}\` is not an escape sequence`,
      { start, end: start + value.length },
      hint,
    );
  }
}
