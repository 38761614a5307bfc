import type { Call, Reference, Scalar, Term, Variable } from "./ast.ts";
import { CollectionParser } from "./collection-parser.ts";
import { bindsPipe, infixOperators } from "./operators.ts";
import { SyntaxFailure } from "./syntax-failure.ts";
import { longestChain, longestPath } from "./token-cursor.ts";
import { token } from "./token-kind.ts";

/** Reads terms: everything that has a value. Bodies, which comprehensions contain, are read by the class below. */
export abstract class TermParser extends CollectionParser {
  /** A term with all operators but `=` and `:=`. */
  protected expression(): Term {
    let left = this.operators(0);
    while (this.is(token.in)) {
      const operator = this.operatorName(["internal", "member_2"]);
      const height = this.height;
      this.next();
      const right = this.operators(0);
      this.grow(height);
      left = this.infixCall(operator, [left, right]);
    }
    return left;
  }

  /** Also takes `key, value in collection`, which elsewhere needs parentheses. */
  protected expressionOrKeyedMember(): Term {
    const first = this.expression();
    if (!this.is(token.comma) || !this.active.has(token.in)) return first;
    this.next();
    const value = this.operators(0);
    const operator = this.operatorName(["internal", "member_3"]);
    if (!this.is(token.in)) this.failUnexpected("`in` after key and value");
    this.next();
    const collection = this.operators(0);
    return this.infixCall(operator, [first, value, collection]);
  }

  /** A term with the operators that bind more than `loosest`. */
  protected operators(loosest: number): Term {
    let left = this.operand();
    for (;;) {
      const operator = infixOperators.get(this.kind);
      if (operator === undefined || operator.binds <= loosest) return left;
      if (operator.binds === bindsPipe && this.pipeEnds) return left;
      const name = this.operatorName([operator.builtin]);
      const height = this.height;
      this.next();
      const right = this.operators(operator.binds);
      this.grow(height);
      left = this.infixCall(name, [left, right]);
    }
  }

  /** Puts an operator above the term read last and one of height `left`. Chains nest to the left in the tree, so that their length is bounded like depth. */
  private grow(left: number): void {
    this.height = Math.max(left, this.height) + 1;
    this.tallest = Math.max(this.tallest, this.height);
    if (this.height <= longestChain) return;
    throw new SyntaxFailure("nesting-too-deep", `more than ${String(longestChain)} operators are chained here`, this.tokenSpan(), {
      final: true,
    });
  }

  /** The name of the builtin behind the operator at hand. */
  protected operatorName(path: readonly [string, ...string[]]): Variable | Reference {
    const span = this.tokenSpan();
    const [name, ...steps] = path;
    const head: Variable = { kind: "variable", name, wildcard: false, span };
    if (steps.length === 0) return head;
    return { kind: "reference", head, steps: steps.map((step): Scalar => ({ kind: "scalar", value: step, span })), span };
  }

  protected infixCall(operator: Variable | Reference, args: readonly Term[]): Call {
    const start = args[0]?.span.start ?? operator.span.start;
    return { kind: "call", operator, args, infix: true, span: this.spanFrom(start) };
  }

  private operand(): Term {
    const start = this.start();
    this.height = 0;
    switch (this.kind) {
      case token.name:
        return this.postfix(this.variable());
      case token.contains:
        return this.postfix(this.variable());
      case token.and:
      case token.or:
        // The builtins of these names can still be called.
        if (this.kindAt(this.at + 1) !== token.leftParen)
          return this.failUnexpected("a value", `\`${this.text()}\` is a keyword here and can't be a name`);
        return this.postfix(this.variable());
      case token.string:
      case token.rawString:
        return this.stringTerm();
      case token.number:
        return this.numberTerm(start, "");
      case token.minus:
        return this.negative();
      case token.true:
      case token.false:
        return this.constant(this.is(token.true));
      case token.null:
        return this.constant(null);
      case token.leftBracket:
      case token.leftBrace:
        return this.postfix(this.collection());
      case token.leftParen:
        return this.postfix(this.root(this.parenthesised()));
      case token.templateOpen:
      case token.rawTemplateOpen:
        return this.template();
      default:
        return this.failUnexpected("a value");
    }
  }

  /** A number with its sign, or what begins with a name: `-x` is `0 - x`. */
  private negative(): Term {
    if (this.kindAt(this.at + 1) !== token.name) return this.negativeNumber();
    const span = this.tokenSpan();
    this.next();
    const zero: Scalar = { kind: "scalar", value: 0, span };
    const operator: Variable = { kind: "variable", name: "minus", wildcard: false, span };
    return this.infixCall(operator, [zero, this.postfix(this.variable())]);
  }

  /** A term in parentheses; one that is a path, or a scalar, has no further steps behind them. */
  private root(term: Term): Term {
    const goesOn = this.adjacent() && (this.is(token.dot) || this.is(token.leftBracket) || this.is(token.leftParen));
    const document = term.kind === "variable" && (term.name === "input" || term.name === "data");
    if (goesOn && (term.kind === "reference" || term.kind === "scalar" || document))
      this.failUnexpected("an operator or the end of the expression", "steps follow a path itself, not parentheses around it");
    return term;
  }

  /** The steps and calls that follow a term directly. */
  protected postfix(head: Term): Term {
    let term = this.steps(head);
    while (this.is(token.leftParen) && this.adjacent()) {
      term = this.steps(this.call(term));
    }
    return term;
  }

  /** `.a[b].c` directly behind a term. */
  protected steps(head: Term): Term {
    const steps: Term[] = [];
    while (this.adjacent()) {
      if (steps.length === longestPath && (this.is(token.dot) || this.is(token.leftBracket))) this.failPath();
      if (this.is(token.dot)) {
        this.next();
        if (!this.is(token.name) || !this.adjacent())
          this.failUnexpected("a name directly after the dot", 'a key that is no name is written `["key"]`');
        steps.push({ kind: "scalar", value: this.text(), span: this.tokenSpan() });
        this.next();
      } else if (this.is(token.leftBracket)) {
        steps.push(this.bracketStep());
      } else break;
    }
    if (steps.length === 0) return head;
    return { kind: "reference", head, steps, span: this.spanFrom(head.span.start) };
  }

  /** Later stages make code for every beginning of a path, so that its length is bounded too. */
  private failPath(): never {
    const message = `more than ${String(longestPath)} steps follow one another here`;
    throw new SyntaxFailure("nesting-too-deep", message, this.tokenSpan(), { final: true });
  }

  private bracketStep(): Term {
    const opening = this.at;
    const outer = this.enterBrackets();
    this.next();
    const step = this.expression();
    this.expectClosing(token.rightBracket, opening);
    this.leaveBrackets(outer);
    return step;
  }

  private call(operator: Term): Term {
    const callable =
      operator.kind === "variable" || (operator.kind === "reference" && operator.head.kind === "variable" && operator.steps.every(isName));
    if (!callable)
      this.fail(
        "invalid-call",
        "only a function's name can be called",
        operator.span,
        "a function is named by a name or a path of names: `f(x)`, `data.lib.f(x)`",
      );
    const args = this.callArguments();
    const span = this.spanFrom(operator.span.start);
    if (operator.kind === "variable" && operator.name === "set" && args.length === 0) return { kind: "set", items: [], span };
    return { kind: "call", operator, args, infix: false, span };
  }

  /** `(a, b)` at the cursor. */
  protected callArguments(): readonly Term[] {
    const opening = this.at;
    const outer = this.enterBrackets();
    this.next();
    const args = this.items(token.rightParen, opening, []);
    this.leaveBrackets(outer);
    return args;
  }

  private parenthesised(): Term {
    const opening = this.at;
    const outer = this.enterBrackets();
    this.next();
    const term = this.expressionOrKeyedMember();
    this.expectClosing(token.rightParen, opening);
    this.leaveBrackets(outer);
    return term;
  }

  /** The rest of `left := right` or `left = right`, from the operator. */
  protected assignment(left: Term): Call {
    const operator = this.operatorName([this.is(token.assign) ? "assign" : "eq"]);
    this.next();
    const right = this.expressionOrKeyedMember();
    if (this.is(token.assign) || this.is(token.unify)) this.failAssignment();
    return this.infixCall(operator, [left, right]);
  }
}

/** Whether a step of a path is a name, written with a dot or as a string. */
function isName(step: Term): boolean {
  return step.kind === "scalar" && typeof step.value === "string";
}
