import type { ArrayTerm, Body, Comprehension, ExpressionLiteral, ObjectTerm, SetTerm, Span, TemplateString, Term, With } from "./ast.ts";
import { ScalarParser } from "./scalar-parser.ts";
import { furthest, SyntaxFailure } from "./syntax-failure.ts";
import { token, type TokenKind } from "./token-kind.ts";

/** Reads what stands in brackets: collections, comprehensions and template strings. The terms in them are read by the class below. */
export abstract class CollectionParser extends ScalarParser {
  /** True while `|` ends a term, because what is being read may be the head of a comprehension. */
  protected pipeEnds = false;
  /** How many operators lie above each other in the term read last, and the most since the innermost open bracket. */
  protected height = 0;
  protected tallest = 0;
  /** For an opening bracket (by token) with a `|` in its first item: whether it is a comprehension. Each is found out once, so that trying costs no more than quadratic time. */
  private readonly comprehensions = new Map<number, boolean>();

  /** The conjuncts up to the token `closing`, which is not consumed. */
  protected abstract body(closing: TokenKind, opening: number): Body;

  protected abstract withModifiers(): readonly With[];

  /** A term with all operators but `=` and `:=`. */
  protected abstract expression(): Term;

  /** Also takes `key, value in collection`. */
  protected abstract expressionOrKeyedMember(): Term;

  /** Forgets what an abandoned statement left behind. */
  protected resetState(): void {
    this.pipeEnds = false;
    this.tallest = 0;
  }

  /** Goes one level deeper, where `|` is an operator again; gives what `leaveBrackets` restores. */
  protected enterBrackets(): Surroundings {
    this.enter();
    const outer = { pipeEnds: this.pipeEnds, tallest: this.tallest, height: this.height };
    this.pipeEnds = false;
    this.tallest = 0;
    return outer;
  }

  protected leaveBrackets(outer: Surroundings): void {
    this.pipeEnds = outer.pipeEnds;
    this.height = Math.max(outer.height, this.tallest);
    this.tallest = outer.tallest;
    this.leave();
  }

  /** Terms separated by commas up to the closing bracket, which is consumed. `items` has what was read already. */
  protected items(closing: TokenKind, opening: number, items: Term[]): readonly Term[] {
    while (this.kind !== closing) {
      items.push(this.expression());
      if (!this.accept(token.comma)) break;
    }
    this.expectClosing(closing, opening);
    return items;
  }

  /** `[…]` or `{…}`: array, set, object, or a comprehension of these. */
  protected collection(): Term {
    const outer = this.enterBrackets();
    const opening = this.at;
    const closing = this.is(token.leftBrace) ? token.rightBrace : token.rightBracket;
    this.next();
    const term = this.is(closing) ? this.emptyCollection(opening, closing) : this.filledCollection(opening, closing);
    this.leaveBrackets(outer);
    return term;
  }

  private emptyCollection(opening: number, closing: TokenKind): Term {
    this.next();
    const span = this.spanFrom(this.starts[opening] ?? 0);
    return closing === token.rightBrace ? { kind: "object", entries: [], span } : { kind: "array", items: [], span };
  }

  private filledCollection(opening: number, closing: TokenKind): Term {
    const braces = closing === token.rightBrace;
    const before = this.mark();
    let failure: unknown;
    if (this.comprehensions.get(opening) !== false) {
      this.pipeEnds = true;
      const head = this.item(braces);
      this.pipeEnds = false;
      if (!this.is(token.pipe)) return this.restOfCollection(opening, closing, head);
      if (this.endsWithOperator(head.value)) return this.unitedCollection(before, opening, closing);
      try {
        return this.restOfComprehension(opening, closing, head);
      } catch (problem) {
        if (!(problem instanceof SyntaxFailure) || problem.final || this.comprehensions.get(opening) === true) throw problem;
        failure = problem;
        this.comprehensions.set(opening, false);
        this.restore(before);
      }
    }
    this.pipeEnds = false;
    try {
      return this.restOfCollection(opening, closing, this.item(braces));
    } catch (problem) {
      throw furthest(failure, problem);
    }
  }

  /** A collection whose first `|`, at the cursor, unites sets, because an operator stands before it. */
  private unitedCollection(before: { readonly at: number; readonly depth: number }, opening: number, closing: TokenKind): Term {
    const pipe = this.tokenSpan();
    this.comprehensions.set(opening, false);
    this.restore(before);
    try {
      return this.restOfCollection(opening, closing, this.item(closing === token.rightBrace));
    } catch (problem) {
      if (!(problem instanceof SyntaxFailure) || problem.final || problem.reached < pipe.start) throw problem;
      const message = "an operator stands before this `|`, which therefore unites sets";
      return this.fail(
        "unexpected-token",
        message,
        pipe,
        "if this is a comprehension, put what it collects into parentheses: `[(x + 1) | …]`",
      );
    }
  }

  /** Whether the term just read has an operator outside of parentheses, a sign apart. */
  private endsWithOperator(term: Term): boolean {
    if (term.kind !== "call" || !term.infix || term.span.end !== this.previousEnd()) return false;
    const [first] = term.args;
    return first === undefined || this.source.slice(first.span.start, first.span.end) !== "-";
  }

  /** One item of a collection: a value, or in braces perhaps `key: value`. */
  private item(braces: boolean): Item {
    const first = this.expression();
    if (!braces || !this.accept(token.colon)) return { key: null, value: first };
    return { key: first, value: this.expression() };
  }

  private restOfComprehension(opening: number, closing: TokenKind, head: Item): Comprehension {
    this.next();
    const body = this.body(closing, opening);
    this.expectClosing(closing, opening);
    this.comprehensions.set(opening, true);
    const collects = closing === token.rightBracket ? "array" : head.key === null ? "set" : "object";
    return { kind: "comprehension", collects, key: head.key, value: head.value, body, span: this.spanFrom(this.starts[opening] ?? 0) };
  }

  private restOfCollection(opening: number, closing: TokenKind, first: Item): ArrayTerm | SetTerm | ObjectTerm {
    if (first.key !== null) return this.restOfObject(opening, first.key, first.value);
    const items = [first.value];
    if (this.accept(token.comma)) this.items(closing, opening, items);
    else this.expectClosing(closing, opening);
    return { kind: closing === token.rightBracket ? "array" : "set", items, span: this.spanFrom(this.starts[opening] ?? 0) };
  }

  private restOfObject(opening: number, key: Term, value: Term): ObjectTerm {
    const entries: (readonly [Term, Term])[] = [[key, value]];
    while (this.accept(token.comma) && !this.is(token.rightBrace)) {
      const entry = this.item(true);
      if (entry.key === null) this.failUnexpected("`:` and a value after the key");
      entries.push([entry.key, entry.value]);
    }
    this.expectClosing(token.rightBrace, opening);
    return { kind: "object", entries, span: this.spanFrom(this.starts[opening] ?? 0) };
  }

  protected template(): TemplateString {
    const start = this.start();
    const raw = this.is(token.rawTemplateOpen);
    const outer = this.enterBrackets();
    this.next();
    const parts: (string | ExpressionLiteral)[] = [];
    while (!this.is(token.templateClose)) {
      if (this.is(token.templateText)) {
        const offset = this.start();
        parts.push(raw ? this.text().replaceAll("\\{", "{") : this.unescaped(this.text(), offset, true));
        this.next();
      } else if (this.is(token.templateBrace)) {
        parts.push(this.templateExpression());
      } else this.failUnexpected("the end of the template string");
    }
    this.next();
    this.leaveBrackets(outer);
    return { kind: "template", raw, parts, span: this.spanFrom(start) };
  }

  private templateExpression(): ExpressionLiteral {
    const opening = this.at;
    this.next();
    const start = this.start();
    if (this.is(token.rightBrace)) {
      const span: Span = { start: this.starts[opening] ?? start, end: start + 1 };
      this.fail(
        "template-expression",
        "there is no expression between these braces",
        span,
        "a brace that is meant literally is written `\\{`",
      );
    }
    const term = this.expressionOrKeyedMember();
    const modifiers = this.withModifiers();
    const span = this.spanFrom(start);
    this.expectClosing(token.rightBrace, opening);
    return { kind: "expression", term, negated: false, with: modifiers, span };
  }
}

/** What `leaveBrackets` restores. */
export interface Surroundings {
  readonly pipeEnds: boolean;
  readonly tallest: number;
  readonly height: number;
}

interface Item {
  readonly key: Term | null;
  readonly value: Term;
}
