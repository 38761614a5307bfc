import type { Body, EveryLiteral, ExpressionLiteral, Literal, SomeInLiteral, SomeLiteral, Term, Variable, With } from "./ast.ts";
import { infixOperators } from "./operators.ts";
import { furthest, SyntaxFailure } from "./syntax-failure.ts";
import { TermParser } from "./term-parser.ts";
import { token, type TokenKind } from "./token-kind.ts";

/** What stands beside `and` or `or`: a literal, or a body in braces. */
type Operand = { readonly literal: Literal } | { readonly body: Body };

/** Reads bodies and their literals. */
export abstract class LiteralParser extends TermParser {
  /** Opening braces and parentheses (by token) that have been found to hold no body or group of literals. */
  private readonly notGroups = new Set<number>();

  protected body(closing: TokenKind, opening: number): Body {
    if (this.kind === closing) {
      const span = { start: this.starts[opening] ?? this.start(), end: this.tokenSpan().end };
      this.fail("empty-body", "this body is empty", span, "a body that always holds is `true`");
    }
    const literals = [this.literal()];
    while (this.kind !== closing) {
      if (this.is(token.semicolon)) {
        this.next();
        if (this.kind === closing) this.failUnexpected("a condition after `;`", "`;` stands between conditions, not behind the last one");
      } else if (!this.onNewLine()) this.failSeparator(closing, opening);
      else if (this.endsUnclosed()) this.failUnclosed(closing, opening);
      literals.push(this.literal());
    }
    return literals;
  }

  /** Whether what follows can't belong to a body any more, so that its closing bracket must be missing. */
  private endsUnclosed(): boolean {
    return (
      this.is(token.end) ||
      this.is(token.rightBrace) ||
      this.is(token.rightBracket) ||
      this.is(token.rightParen) ||
      this.is(token.import) ||
      this.is(token.package) ||
      this.is(token.default)
    );
  }

  private failSeparator(closing: TokenKind, opening: number): never {
    if (opening >= 0 && !this.is(token.invalid) && (this.endsUnclosed() || this.lineBeginsStatement(opening)))
      this.failUnclosed(closing, opening);
    if (this.is(token.assign) || this.is(token.unify)) this.failAssignment();
    const end = closing === token.rightBrace ? "`}`" : closing === token.rightBracket ? "`]`" : "the end";
    return this.failUnexpected(`a new line, \`;\` or ${end}`);
  }

  /** Whether the cursor is in a line that looks like the head of another statement, after the bracket at `opening`. */
  private lineBeginsStatement(opening: number): boolean {
    if (!this.is(token.if) && !this.is(token.contains) && !this.is(token.leftBrace)) return false;
    for (let index = this.at; index > opening; index--) {
      if (this.beginsStatement(index)) return true;
      if (this.source.slice(this.ends[index - 1], this.starts[index]).includes("\n")) return false;
    }
    return false;
  }

  /** One conjunct of a body. */
  protected literal(): Literal {
    if (this.is(token.some)) return this.someLiteral();
    const start = this.start();
    const literal = this.disjunction();
    const modifiers = this.withModifiers();
    if (modifiers.length === 0) return literal;
    const span = this.spanFrom(start);
    if (literal.kind === "some" || literal.with.length > 0)
      return { kind: "logic", operator: "and", operands: [[literal]], with: modifiers, span };
    return { ...literal, with: modifiers, span };
  }

  private disjunction(): Literal {
    const operand = this.chain(token.or, "or", (right) => this.chain(token.and, "and", (further) => this.logicOperand(right || further)));
    return "literal" in operand
      ? operand.literal
      : { kind: "logic", operator: "or", operands: [operand.body], with: [], span: this.spanFrom(this.start()) };
  }

  /** Operands between `and` or `or`; a single one stands for itself. `read` is told whether it reads one on the right. */
  private chain(kind: TokenKind, operator: "and" | "or", read: (right: boolean) => Operand): Operand {
    const start = this.start();
    const first = read(false);
    if (this.kind !== kind) return first;
    const operands = [bodyOf(first)];
    while (this.accept(kind)) operands.push(bodyOf(read(true)));
    return { literal: { kind: "logic", operator, operands, with: [], span: this.spanFrom(start) } };
  }

  private logicOperand(right: boolean): Operand {
    switch (this.kind) {
      case token.not:
        return { literal: this.negation() };
      case token.every:
        return { literal: this.everyLiteral() };
      case token.leftBrace:
        return this.hasLogic() ? this.bodyOrExpression(right) : { literal: this.expressionLiteral(false) };
      case token.leftParen:
        return { literal: this.groupOr(() => this.expressionLiteral(false)) };
      default:
        return { literal: this.expressionLiteral(false) };
    }
  }

  /** `{ … }` beside `and` or `or` is a body; anything else that begins with a brace is an expression. */
  private bodyOrExpression(right: boolean): Operand {
    return this.firstOf<Operand>(
      () => {
        const body = this.bracedBody();
        return this.is(token.and) || this.is(token.or) || (right && this.endsOperand()) ? { body } : null;
      },
      () => ({ literal: this.expressionLiteral(false) }),
    );
  }

  private hasLogic(): boolean {
    return this.active.has(token.and) || this.active.has(token.or);
  }

  /** Whether nothing follows that would continue a term. */
  private endsOperand(): boolean {
    if (this.is(token.with) || this.is(token.semicolon) || this.is(token.and) || this.is(token.or)) return true;
    if (infixOperators.has(this.kind) || this.is(token.in) || this.is(token.unify) || this.is(token.assign)) return false;
    return !this.adjacent() || (!this.is(token.dot) && !this.is(token.leftBracket));
  }

  /** The body in braces at the cursor. */
  protected bracedBody(): Body {
    const opening = this.at;
    this.next();
    const body = this.body(token.rightBrace, opening);
    this.expectClosing(token.rightBrace, opening);
    return body;
  }

  /** `(a or b)`, `(a with input as b)`: what is more than a term in parentheses; otherwise what `term` reads. */
  private groupOr(term: () => Literal): Literal {
    if (!this.hasLogic()) return term();
    return this.firstOf(() => {
      const opening = this.at;
      this.next();
      const inner = this.literal();
      this.expectClosing(token.rightParen, opening);
      const plain = inner.kind === "expression" && !inner.negated && inner.with.length === 0;
      return !plain && inner.kind !== "some" && inner.kind !== "some-in" && this.endsOperand() ? inner : null;
    }, term);
  }

  /** The first of two readings of the bracket at the cursor that is possible. If neither is, the one that got further says why. */
  private firstOf<T>(first: () => T | null, second: () => T): T {
    const opening = this.at;
    if (this.notGroups.has(opening)) return second();
    const before = this.mark();
    let failure: unknown;
    try {
      this.enter();
      const result = first();
      this.leave();
      if (result !== null) return result;
    } catch (problem) {
      if (!(problem instanceof SyntaxFailure) || problem.final) throw problem;
      failure = problem;
    }
    this.notGroups.add(opening);
    this.restore(before);
    try {
      return second();
    } catch (problem) {
      throw furthest(failure, problem);
    }
  }

  private negation(): Literal {
    const start = this.start();
    this.next();
    if (this.is(token.some) || this.is(token.every) || this.is(token.not)) {
      this.failUnexpected("an expression after `not`", "put the condition into a rule or a comprehension of its own and negate that");
    }
    const expression = (): Literal => ({ ...this.expressionLiteral(true), span: this.spanFrom(start) });
    const negated = (body: Body): Literal => ({ kind: "not", body, with: [], span: this.spanFrom(start) });
    if (this.is(token.leftBrace) && this.active.has(token.not)) {
      return this.firstOf(() => {
        const body = this.bracedBody();
        return this.endsOperand() ? negated(body) : null;
      }, expression);
    }
    if (!this.is(token.leftParen)) return expression();
    const inner = this.groupOr(expression);
    return inner.kind === "expression" && inner.span.start === start ? inner : negated([inner]);
  }

  /** An expression or an assignment, without modifiers. */
  private expressionLiteral(negated: boolean): ExpressionLiteral {
    const start = this.start();
    let term: Term = this.expressionOrKeyedMember();
    if (this.is(token.assign) || this.is(token.unify)) term = this.assignment(term);
    return { kind: "expression", term, negated, with: [], span: this.spanFrom(start) };
  }

  private someLiteral(): SomeLiteral | SomeInLiteral {
    const start = this.start();
    this.next();
    const terms = [this.operators(0)];
    while (this.accept(token.comma)) terms.push(this.operators(0));
    if (this.accept(token.in)) {
      const [first, second, third] = terms;
      if (first === undefined || third !== undefined)
        this.fail("some-declaration", "`some … in` takes a value, or a key and a value", this.spanFrom(start));
      const domain = this.operators(0);
      const modifiers = this.withModifiers();
      return {
        kind: "some-in",
        key: second === undefined ? null : first,
        value: second ?? first,
        domain,
        with: modifiers,
        span: this.spanFrom(start),
      };
    }
    const variables: Variable[] = [];
    for (const term of terms) {
      if (term.kind !== "variable" || (term.name === "contains" && this.active.has(token.contains)))
        this.fail(
          "some-declaration",
          "`some` declares variables: this is none",
          term.span,
          'with `in` it takes patterns too: `some {"name": name} in items`',
        );
      variables.push(term);
    }
    return { kind: "some", variables, span: this.spanFrom(start) };
  }

  private everyLiteral(): EveryLiteral {
    const start = this.start();
    this.next();
    const first = this.everyVariable();
    const second = this.accept(token.comma) ? this.everyVariable() : null;
    if (!this.is(token.in)) this.failUnexpected("`in` after the variables of `every`");
    this.next();
    const domain = this.operators(0);
    const opening = this.at;
    this.expect(token.leftBrace, "and the body of `every`");
    this.enter();
    const body = this.body(token.rightBrace, opening);
    this.expectClosing(token.rightBrace, opening);
    this.leave();
    return {
      kind: "every",
      key: second === null ? null : first,
      value: second ?? first,
      domain,
      body,
      with: [],
      span: this.spanFrom(start),
    };
  }

  private everyVariable(): Variable {
    if (!this.is(token.name) && !this.is(token.contains))
      this.failUnexpected("a variable after `every`", "`every` takes one or two plain variables");
    return this.variable();
  }

  /** `with a as b with c as d` at the cursor, or nothing. */
  protected withModifiers(): readonly With[] {
    const modifiers: With[] = [];
    while (this.is(token.with)) {
      const start = this.start();
      this.next();
      if (!this.is(token.name)) this.failUnexpected("`input`, a path of `data` or a function's name after `with`");
      const target = this.steps(this.variable());
      if (!this.is(token.as)) this.failUnexpected("`as` and a value after the target of `with`");
      this.next();
      const value = this.expression();
      modifiers.push({ target, value, span: this.spanFrom(start) });
    }
    return modifiers;
  }
}

function bodyOf(operand: Operand): Body {
  return "body" in operand ? operand.body : [operand.literal];
}
