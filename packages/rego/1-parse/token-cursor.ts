import type { DiagnosticKind } from "../diagnostics/catalogue.ts";
import type { Span } from "./ast.ts";
import { nearestWord } from "./nearest-word.ts";
import { SyntaxFailure } from "./syntax-failure.ts";
import { describeKind, softKeywords, token, type TokenKind } from "./token-kind.ts";
import type { Tokens } from "./tokenize.ts";

/** How deep brackets and bodies may nest. The tree is at most so deep, and `longestChain` besides: stages that walk it by recursion rely on that. */
const deepestNesting = 200;

/** How many operators may lie above each other in one term. */
export const longestChain = 500;

/** How many steps a reference may have. */
export const longestPath = 1000;

/** A place in the tokens of a file, and the questions every part of the parser asks about it. */
export class TokenCursor {
  readonly source: string;
  protected readonly kinds: readonly TokenKind[];
  protected readonly starts: readonly number[];
  protected readonly ends: readonly number[];
  /** The soft keywords in force: by version, and by the imports read so far. */
  protected readonly active: Set<TokenKind>;
  protected at = 0;
  /** The kind of the token at hand, a soft keyword that isn't in force being a name. */
  protected kind: TokenKind = token.end;
  private depth = 0;
  /** How far from the margin the file's statements begin: as far as its first token. */
  private readonly margin: number;

  constructor(source: string, tokens: Tokens, active: Set<TokenKind>) {
    this.source = source;
    this.kinds = tokens.kinds;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.active = active;
    const first = this.starts[0] ?? 0;
    this.margin = first - (source.lastIndexOf("\n", first - 1) + 1);
    this.moveTo(0);
  }

  protected moveTo(index: number): void {
    this.at = index;
    this.kind = this.kindAt(index);
  }

  protected next(): void {
    if (this.at + 1 < this.kinds.length) this.moveTo(this.at + 1);
  }

  protected kindAt(index: number): TokenKind {
    const kind = this.kinds[index] ?? token.end;
    return kind >= token.if && !this.active.has(kind) ? token.name : kind;
  }

  /** The offset at which the token at hand begins. */
  protected start(): number {
    return this.starts[this.at] ?? this.source.length;
  }

  /** The offset at which the token before ended. */
  protected previousEnd(): number {
    return this.at === 0 ? 0 : (this.ends[this.at - 1] ?? this.source.length);
  }

  protected spanFrom(start: number): Span {
    return { start, end: this.previousEnd() };
  }

  protected tokenSpan(index: number = this.at): Span {
    const start = this.starts[index] ?? this.source.length;
    return { start, end: this.ends[index] ?? start };
  }

  protected text(index: number = this.at): string {
    return this.source.slice(this.starts[index], this.ends[index]);
  }

  /** Whether the token at hand follows the one before without a blank: only then `[`, `(` and `.` continue a term. */
  protected adjacent(): boolean {
    return this.start() === this.previousEnd();
  }

  /** Whether a line ends between the token before and the one at hand. */
  protected onNewLine(): boolean {
    const end = this.start();
    for (let offset = this.previousEnd(); offset < end; offset++) {
      const unit = this.source.charCodeAt(offset);
      if (unit === 10 || unit === 13) return true;
    }
    return this.is(token.end);
  }

  protected is(kind: TokenKind): boolean {
    return this.kind === kind;
  }

  protected accept(kind: TokenKind): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  protected expect(kind: TokenKind, context: string): void {
    if (this.kind !== kind) this.failUnexpected(`${describeKind(kind)} ${context}`);
    this.next();
  }

  /** Steps over the bracket that closes the one at token `opening`; the message about a missing one points there. */
  protected expectClosing(kind: TokenKind, opening: number): void {
    if (this.kind === kind) {
      this.next();
      return;
    }
    if (this.is(token.invalid)) this.failUnexpected("");
    if (this.is(token.assign) || this.is(token.unify)) this.failAssignment();
    const closes = this.is(token.rightParen) || this.is(token.rightBracket) || this.is(token.rightBrace);
    if (closes || this.is(token.end) || this.beginsStatement(this.at)) this.failUnclosed(kind, opening);
    this.failUnexpected(`${describeKind(kind)} or a comma`);
  }

  /** Says that the `=` or `:=` at the cursor can't stand inside a term. */
  protected failAssignment(): never {
    const hint = this.is(token.unify)
      ? "values are compared with `==`; `=` and `:=` make a statement of their own"
      : "put the assignment on a line of its own";
    return this.fail("assignment-in-term", `\`${this.text()}\` can't stand inside an expression`, this.tokenSpan(), hint);
  }

  protected failUnclosed(kind: TokenKind, opening: number): never {
    if (opening < 0) this.failUnexpected("the end of the query");
    const found = this.is(token.end) ? "the file ends" : `${this.describeToken()} follows`;
    this.fail(
      "unclosed-bracket",
      `this ${describeKind(this.kindAt(opening))} is never closed: ${found} where ${describeKind(kind)} is missing`,
      this.tokenSpan(opening),
    );
  }

  /** Whether the token is the first of its line, as far from the margin as statements are, and could begin one. */
  protected beginsStatement(index: number): boolean {
    const kind = this.kindAt(index);
    if (kind !== token.name && (kind < token.package || kind > token.default) && kind < token.if) return false;
    const start = this.starts[index] ?? 0;
    const line = start - this.margin;
    if (line < 0 || (line > 0 && this.source.charCodeAt(line - 1) !== 10)) return false;
    return this.source.slice(line, start).trim() === "";
  }

  protected enter(): void {
    if (++this.depth > deepestNesting) {
      throw new SyntaxFailure("nesting-too-deep", `this is nested more than ${String(deepestNesting)} levels deep`, this.tokenSpan(), {
        final: true,
      });
    }
  }

  protected leave(): void {
    this.depth--;
  }

  /** Where another reading of a text can start from. */
  protected mark(): { readonly at: number; readonly depth: number } {
    return { at: this.at, depth: this.depth };
  }

  protected restore(mark: { readonly at: number; readonly depth: number }): void {
    this.depth = mark.depth;
    this.moveTo(mark.at);
  }

  protected fail(kind: DiagnosticKind, message: string, span: Span, hint?: string): never {
    throw new SyntaxFailure(kind, message, span, { hint, reached: this.start() });
  }

  /** What a token is, as a message calls it. */
  protected describeToken(index: number = this.at): string {
    const text = this.text(index);
    return text === "" || text.includes("\n") || text.length > 40 ? describeKind(this.kindAt(index)) : `\`${text}\``;
  }

  protected failUnexpected(expected: string, hint?: string): never {
    if (this.is(token.invalid)) throw new SyntaxFailure("unexpected-token", "", this.tokenSpan(), { silent: true });
    if (this.is(token.end)) {
      const end = this.previousEnd();
      this.fail("unexpected-end", `the file ends here: expected ${expected}`, { start: end, end }, hint);
    }
    this.fail(
      "unexpected-token",
      `unexpected ${this.describeToken()}: expected ${expected}`,
      this.tokenSpan(),
      hint ?? this.hintForToken(),
    );
  }

  /** What a person may have meant who wrote the token at hand where it can't stand. */
  private hintForToken(): string | undefined {
    const before = this.at > 0 && this.adjacent() ? this.text(this.at - 1) : "";
    const pair = before + this.text();
    if (pair === "&&") return "Rego has no `&&`: write the conditions on lines of their own, or separate them with `;`";
    if (pair === "||") return "Rego has no `||`: write one rule for each alternative";
    const following = this.starts[this.at + 1] === this.ends[this.at] ? this.text() + this.text(this.at + 1) : "";
    if (pair === "//" || following === "//" || following === "/*") return "comments begin with `#`";
    if (pair === "===" || pair === "!==" || pair === ":==") return "values are compared with `==` and `!=`";
    if (pair === "++" || pair === "--" || pair === "+=" || pair === "-=")
      return "values never change in Rego: bind the result to a new variable";
    return this.hintForWord();
  }

  /** The word at hand, or the one before it on the line, may be a keyword that needs an import, or a slip of one. */
  private hintForWord(): string | undefined {
    if (!this.is(token.name)) return undefined;
    const previous = this.at > 0 && this.kindAt(this.at - 1) === token.name && !this.onNewLine() ? this.text(this.at - 1) : "";
    const inactive = [this.text(), previous].find((word) => softKeywords.has(word));
    if (inactive !== undefined)
      return `\`${inactive}\` is a keyword only after \`import rego.v1\` or \`import future.keywords.${inactive}\``;
    const near = nearestWord(previous, ["some", "every", "not", "with"]);
    return near === undefined ? undefined : `did you mean \`${near}\`?`;
  }
}
