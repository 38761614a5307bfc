import type { Annotation, Body, ElseBranch, Reference, Rule, RuleHead, Term } from "./ast.ts";
import { LiteralParser } from "./literal-parser.ts";
import { nearestWord } from "./nearest-word.ts";
import { nonConstantPart } from "./non-constant-part.ts";
import { furthest, SyntaxFailure } from "./syntax-failure.ts";
import { keywords, softKeywords, token } from "./token-kind.ts";
import type { Tokens } from "./tokenize.ts";
import type { TokenKind } from "./token-kind.ts";

/** Reads rules. What is wrong with a rule that can be read all the same goes to `report`. */
export class RuleParser extends LiteralParser {
  /** Whether Rego v1 is demanded: by the file's version, or by `import rego.v1`. */
  protected strict: boolean;
  private readonly byImport: boolean;
  protected readonly report: (problem: SyntaxFailure) => void;

  constructor(source: string, tokens: Tokens, active: Set<TokenKind>, strict: boolean, report: (problem: SyntaxFailure) => void) {
    super(source, tokens, active);
    this.strict = strict;
    this.byImport = !strict;
    this.report = report;
  }

  /** The rule at the cursor; several, where a v0 rule has several bodies. */
  protected rules(annotations: readonly Annotation[]): readonly Rule[] {
    const start = this.start();
    if (this.is(token.default)) return [this.defaultRule(start, annotations)];
    const head = this.head();
    const headEnd = this.previousEnd();
    if (this.accept(token.if)) return this.withFurtherBodies(this.finish(start, head, annotations, this.ifBody()), annotations);
    if (!this.is(token.leftBrace)) {
      const constant = this.withoutBody(head);
      if (this.is(token.else)) this.failElse("`else` needs a body before it that may fail");
      return [this.rule(start, constant, annotations, [], [])];
    }
    this.reportMissingIf(head.span.start, headEnd, head);
    return this.withFurtherBodies(this.finish(start, this.partialSet(head), annotations, this.bracedBody()), annotations);
  }

  /** A rule, and those that its further bodies make. */
  private withFurtherBodies(first: Rule, annotations: readonly Annotation[]): readonly Rule[] {
    const rules = [first];
    while (this.is(token.leftBrace)) rules.push(this.furtherBody(first, annotations));
    return rules;
  }

  private rule(
    start: number,
    head: RuleHead,
    annotations: readonly Annotation[],
    body: Body,
    branches: readonly ElseBranch[],
    isDefault = false,
  ): Rule {
    return { kind: "rule", default: isDefault, head, body, else: branches, annotations, span: this.spanFrom(start) };
  }

  /** A rule whose first body has been read, with its `else` branches. */
  private finish(start: number, head: RuleHead, annotations: readonly Annotation[], body: Body): Rule {
    if (this.is(token.else) && head.contains !== null) this.failElse("a rule that defines a set can't have `else`");
    if (this.is(token.else) && head.reference.steps.some((step) => nonConstantPart(step) !== null))
      this.failElse("a rule whose head has variables can't have `else`");
    const branches: ElseBranch[] = [];
    while (this.is(token.else)) {
      if (branches.at(-1)?.body.length === 0) this.failElse("nothing comes after an `else` that always holds");
      branches.push(this.elseBranch());
    }
    return this.rule(start, head, annotations, body, branches);
  }

  private failElse(message: string): never {
    return this.fail("misplaced-else", message, this.tokenSpan());
  }

  private failChain(): void {
    this.fail("chained-body", "a rule with `else` has one body", this.tokenSpan(), "write the head again for each further body");
  }

  /** One more body of a rule: a rule of its own with the same head. */
  private furtherBody(first: Rule, annotations: readonly Annotation[]): Rule {
    if (first.else.length > 0) this.failChain();
    const start = this.start();
    const body = this.bracedBody();
    if (this.is(token.else)) this.failElse("a rule with several bodies can't have `else`");
    return this.rule(start, first.head, annotations, body, []);
  }

  private elseBranch(): ElseBranch {
    const start = this.start();
    this.next();
    const assigned = this.is(token.assign);
    const value = assigned || this.is(token.unify) ? this.assigned() : null;
    let body: Body = [];
    if (this.accept(token.if)) body = this.is(token.leftBrace) ? this.bracedBody() : [this.literal()];
    else if (this.is(token.leftBrace)) {
      this.reportMissingIf(start, this.previousEnd(), null);
      body = this.bracedBody();
    } else if (value === null) this.failUnexpected("a value or a body after `else`", "`else := value if { … }`");
    return { value, assigned, body, span: this.spanFrom(start) };
  }

  /** The value behind the `=` or `:=` at the cursor. */
  private assigned(): Term {
    this.next();
    return this.expressionOrKeyedMember();
  }

  /**
   * What follows the first `if` of a rule: a body in braces, or one literal, which may begin with a brace as well. A set alone is no literal
   * there, but everything else that can be read as one is, comprehensions included.
   */
  private ifBody(): Body {
    if (!this.is(token.leftBrace)) return [this.literal()];
    // The empty object, which is a value and holds.
    if (this.kindAt(this.at + 1) === token.rightBrace) return [this.literal()];
    const before = this.mark();
    let failure: unknown;
    let body: Body | null = null;
    try {
      body = this.bracedBody();
      if (!this.continuesLiteral() && !this.mayCollect(before.at, body)) return body;
    } catch (problem) {
      if (!(problem instanceof SyntaxFailure) || problem.final) throw problem;
      failure = problem;
    }
    const after = this.mark();
    this.restore(before);
    try {
      const literal = this.literal();
      if (literal.kind !== "expression" || literal.term.kind !== "set") return [literal];
    } catch (problem) {
      if (body === null) throw furthest(failure, problem);
      if (!(problem instanceof SyntaxFailure) || problem.final || !this.mayCollect(before.at, body)) {
        this.restore(after);
        throw problem;
      }
    }
    if (body === null) throw failure;
    this.restore(after);
    return body;
  }

  /** Whether a body could be read as a comprehension too: its first literal has a `|` outside of brackets, and no comparison before it. */
  private mayCollect(opening: number, body: Body): boolean {
    const end = body[0]?.span.end ?? 0;
    let depth = 0;
    for (let index = opening + 1; (this.starts[index] ?? end) < end; index++) {
      const kind = this.kindAt(index);
      if (kind === token.leftBrace || kind === token.leftBracket || kind === token.leftParen) depth++;
      else if (kind === token.rightBrace || kind === token.rightBracket || kind === token.rightParen) depth--;
      else if (depth === 0 && (kind === token.in || (kind >= token.assign && kind <= token.greaterEqual))) return false;
      else if (depth === 0 && kind === token.pipe) return true;
    }
    return false;
  }

  /** Whether the braces just read are more likely a collection: something follows that only continues a term. */
  private continuesLiteral(): boolean {
    if (this.onNewLine()) return false;
    if (this.adjacent() && (this.is(token.leftBracket) || this.is(token.dot))) return true;
    return (
      this.is(token.in) ||
      this.is(token.with) ||
      this.is(token.and) ||
      this.is(token.or) ||
      (this.kind >= token.assign && this.kind <= token.ampersand)
    );
  }

  private head(): RuleHead {
    const start = this.start();
    if (!this.is(token.name)) this.failNoRule();
    const reference = asReference(this.steps(this.variable()));
    if (reference.head.kind === "variable" && reference.head.wildcard)
      this.fail("not-a-rule", "a rule can't be called `_`", reference.head.span);
    const args = this.is(token.leftParen) && this.adjacent() ? this.callArguments() : null;
    let contains: Term | null = null;
    if (args === null && this.accept(token.contains)) contains = this.expression();
    const assigned = this.is(token.assign) ? ":=" : this.is(token.unify) ? "=" : null;
    if (assigned !== null && contains !== null)
      this.failUnexpected("`if` or a body", "a rule with `contains` adds one element to a set; it has no other value");
    const value = assigned === null ? null : this.assigned();
    return { reference, args, contains, value, assigned, span: this.spanFrom(start) };
  }

  private failNoRule(): never {
    if (this.is(token.else)) return this.failElse("`else` must follow directly after a rule's body");
    if (softKeywords.has(this.text()) || keywords.has(this.text())) {
      const hint = "a keyword can be a rule's name only with a dot behind it, or behind one";
      return this.failUnexpected("a rule", hint);
    }
    return this.failUnexpected("a rule, which begins with its name");
  }

  /** In v0 `p[x]` and `p.x` without a value or `if` add to a set. */
  private partialSet(head: RuleHead): RuleHead {
    const [step] = head.reference.steps;
    const plain = head.contains === null && head.value === null && head.args === null;
    if (this.strict || !plain || step === undefined || head.reference.steps.length > 1) return head;
    return { ...head, reference: { ...head.reference, steps: [], span: head.reference.head.span }, contains: step };
  }

  /** Checks a head that no body follows. */
  private withoutBody(head: RuleHead): RuleHead {
    if (head.contains !== null || head.value !== null) return head;
    if (!this.strict && head.args === null && head.reference.steps.length > 0) return this.partialSet(head);
    // `f(0)` alone: the function is true for this argument.
    if (head.args !== null && (this.onNewLine() || this.is(token.end))) return head;
    const name = this.source.slice(head.span.start, head.span.end);
    if (!this.onNewLine()) {
      const near = nearestWord(name, [...keywords.keys()]);
      this.failUnexpected(
        this.active.has(token.if) ? "`:=` or `if` after the rule's name" : "`=` or a body after the rule's name",
        near === undefined ? undefined : `did you mean \`${near}\`?`,
      );
    }
    const hint =
      head.reference.steps.length === 1
        ? "an element of a set is written `name contains element`"
        : `a rule that always holds is written \`${name} := true\``;
    return this.fail("rule-without-value", `\`${name}\` has neither a value nor a body`, head.span, hint);
  }

  /** In v1 a body needs `if`, and a set `contains`. The rule is read on as v0, so that its own errors are seen too. */
  private reportMissingIf(start: number, end: number, head: RuleHead | null): void {
    if (!this.strict) return;
    const hint = this.byImport
      ? "`import rego.v1` makes the rules of Rego v1 hold in this file"
      : "this is the syntax of Rego v0: parse the file as v0, or rewrite it";
    const partial =
      head !== null && head.contains === null && head.value === null && head.args === null && head.reference.steps.length === 1;
    if (partial)
      this.report(
        new SyntaxFailure(
          "missing-contains",
          "a rule that defines a set needs `contains`, and `if` before its body",
          { start, end },
          { hint },
        ),
      );
    else this.report(new SyntaxFailure("missing-if", "`if` is missing before the body", this.tokenSpan(), { hint }));
  }

  private defaultRule(start: number, annotations: readonly Annotation[]): Rule {
    this.next();
    if (!this.is(token.name)) this.failUnexpected("the name of a rule after `default`");
    const head = this.head();
    if (head.contains !== null)
      this.fail("default-rule", "a rule that defines a set has no default: without elements it is empty", head.contains.span);
    if (head.value === null && head.args === null && head.reference.steps.length > 0) this.failUnexpected("`:=` and the default value");
    this.checkDefaultArguments(head.args ?? []);
    const part = head.value === null ? null : nonConstantPart(head.value);
    if (part !== null)
      this.fail(
        "default-rule",
        "a default value must be constant",
        part.span,
        "values, collections of them and comprehensions are allowed",
      );
    if (this.is(token.if) || this.is(token.leftBrace))
      this.fail("default-rule", "a default has no body: it holds when all other rules of this name are undefined", this.tokenSpan());
    if (this.is(token.else)) this.failElse("a default can't have `else`");
    return this.rule(start, head, annotations, [], [], true);
  }

  /** A default holds for all arguments, so they are variables, each a different one. */
  private checkDefaultArguments(args: readonly Term[]): void {
    const names = new Set<string>();
    for (const argument of args) {
      if (argument.kind !== "variable") this.fail("default-rule", "an argument of a default must be a variable", argument.span);
      if (names.has(argument.name)) this.fail("default-rule", "the arguments of a default must be different variables", argument.span);
      names.add(argument.name);
    }
  }
}

function asReference(term: Term): Reference {
  return term.kind === "reference" ? term : { kind: "reference", head: term, steps: [], span: term.span };
}
