import type { DiagnosticKind } from "../diagnostics/catalogue.ts";
import type { Span } from "./ast.ts";
import { token, keywords, softKeywords, type TokenKind } from "./token-kind.ts";

/** Something that can't be read as a token. */
export interface LexicalProblem {
  readonly kind: DiagnosticKind;
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
}

/** A file's tokens as flat arrays: token `i` has kind `kinds[i]` and lies at `starts[i]` up to `ends[i]` (UTF-16 offsets). The last one is `end`. */
export interface Tokens {
  readonly kinds: readonly TokenKind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Comments that begin with `# METADATA`, each with the comment lines directly after it. */
  readonly metadata: readonly Span[];
  readonly problems: readonly LexicalProblem[];
}

const tab = 9;
const newline = 10;
const carriageReturn = 13;
const space = 32;
const quote = 34;
const hash = 35;
const dollar = 36;
const dot = 46;
const backslash = 92;
const backtick = 96;
const openBrace = 123;
const byteOrderMark = 0xfeff;

const single: ReadonlyMap<number, TokenKind> = new Map<number, TokenKind>([
  [40, token.leftParen],
  [41, token.rightParen],
  [91, token.leftBracket],
  [93, token.rightBracket],
  [123, token.leftBrace],
  [125, token.rightBrace],
  [44, token.comma],
  [59, token.semicolon],
  [58, token.colon],
  [46, token.dot],
  [61, token.unify],
  [60, token.less],
  [62, token.greater],
  [43, token.plus],
  [45, token.minus],
  [42, token.times],
  [47, token.divide],
  [37, token.remainder],
  [124, token.pipe],
  [38, token.ampersand],
]);

/** Characters that make another token when `=` follows. */
const withEquals: ReadonlyMap<number, TokenKind> = new Map<number, TokenKind>([
  [58, token.assign],
  [61, token.equal],
  [33, token.notEqual],
  [60, token.lessEqual],
  [62, token.greaterEqual],
]);

/** What people mean who write operators or quotes of other languages. */
const foreign: ReadonlyMap<string, string> = new Map([
  ["!", "negation is spelled `not`, inequality `!=`"],
  ["'", "strings stand in double quotes or backticks"],
  ["?", "Rego has no conditional operator: write two rules, or a rule with `else`"],
  ["$", 'a template string is written `$"…"`, with the quote directly after the dollar sign'],
  ["~", "regular expressions are matched with `regex.match(pattern, value)`"],
  ["^", "there is no such operator: for exclusive or of bits use `bits.xor(a, b)`"],
]);

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isNameStart = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95;
const isNamePart = (unit: number): boolean => isNameStart(unit) || isDigit(unit);

/** A template string that is being read: whether its quotes are backticks, and how many braces are open in the expression at hand. */
interface OpenTemplate {
  readonly raw: boolean;
  readonly start: number;
  braces: number;
}

/** Splits a source into tokens. Never fails: what is no token becomes `invalid` and a problem. Blanks and comments are left out. */
export function tokenize(source: string): Tokens {
  return new Tokenizer(source).run();
}

class Tokenizer {
  private readonly source: string;
  private readonly kinds: TokenKind[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly metadata: Span[] = [];
  private readonly problems: LexicalProblem[] = [];
  private readonly templates: OpenTemplate[] = [];
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  run(): Tokens {
    const { source } = this;
    if (source.charCodeAt(0) === byteOrderMark) this.at = 1;
    while (this.at < source.length) this.step(source.charCodeAt(this.at));
    for (const open of this.templates) this.reportUnterminatedTemplate(open);
    this.push(token.end, source.length, source.length);
    return { kinds: this.kinds, starts: this.starts, ends: this.ends, metadata: this.metadata, problems: this.problems };
  }

  private step(unit: number): void {
    if (unit === space || unit === tab || unit === newline || unit === carriageReturn) this.at++;
    else if (isNameStart(unit)) this.readName();
    else if (isDigit(unit) || (unit === dot && this.startsFraction())) this.readNumber();
    else if (unit === quote) this.readString(this.at);
    else if (unit === backtick) this.readRawString();
    else if (unit === hash) this.readComment();
    else if (unit === dollar && this.startsTemplate()) this.openTemplate();
    else this.readPunctuation(unit);
  }

  private push(kind: TokenKind, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
  }

  private problem(kind: DiagnosticKind, message: string, start: number, end: number, hint?: string): void {
    this.problems.push({ kind, message, span: { start, end }, ...(hint === undefined ? {} : { hint }) });
  }

  private readName(): void {
    const { source } = this;
    const start = this.at;
    let end = start + 1;
    while (isNamePart(source.charCodeAt(end))) end++;
    this.at = end;
    const text = source.slice(start, end);
    this.push(this.nameKind(text, start, end), start, end);
  }

  /** A word beside a dot is a step of a reference, or its head, whatever it would be elsewhere: `data.foo.if`, `default.allow`. */
  private nameKind(text: string, start: number, end: number): TokenKind {
    const length = end - start;
    if (length < 2 || length > 8) return token.name;
    const kind = keywords.get(text) ?? softKeywords.get(text);
    if (kind === undefined) return token.name;
    if (this.source.charCodeAt(start - 1) === dot) return token.name;
    if (this.source.charCodeAt(end) === dot && isNameStart(this.source.charCodeAt(end + 1))) return token.name;
    return kind;
  }

  /** Whether the dot at hand begins a number such as `.5`, rather than following a term. */
  private startsFraction(): boolean {
    if (!isDigit(this.source.charCodeAt(this.at + 1))) return false;
    if (this.ends.at(-1) !== this.at) return true;
    const before = this.kinds.at(-1);
    return before !== token.name && before !== token.rightBracket && before !== token.rightParen && before !== token.rightBrace;
  }

  /** JSON's numbers, without the sign; the digits before the dot may be missing. */
  private readNumber(): void {
    const { source } = this;
    const start = this.at;
    const digits = (): boolean => {
      const from = this.at;
      while (isDigit(source.charCodeAt(this.at))) this.at++;
      return this.at > from;
    };
    digits();
    let wellFormed = this.at <= start + 1 || source.charCodeAt(start) !== 48;
    if (source.charCodeAt(this.at) === dot) {
      this.at++;
      wellFormed = digits() && wellFormed;
    }
    const exponent = source.charCodeAt(this.at);
    if (exponent === 101 || exponent === 69) {
      const sign = source.charCodeAt(this.at + 1);
      this.at += sign === 43 || sign === 45 ? 2 : 1;
      wellFormed = digits() && wellFormed;
    }
    while (isNamePart(source.charCodeAt(this.at))) {
      this.at++;
      wellFormed = false;
    }
    this.push(wellFormed ? token.number : token.invalid, start, this.at);
    if (wellFormed) return;
    const hint = "numbers are written as in JSON: `12`, `0.5`, `6.02e23`; without leading zeros, hexadecimal digits or underscores";
    this.problem("invalid-number", `\`${source.slice(start, this.at)}\` is not a number`, start, this.at, hint);
  }

  private readString(start: number): void {
    const { source } = this;
    let end = start + 1;
    for (; end < source.length; end++) {
      const unit = source.charCodeAt(end);
      if (unit === quote || unit === newline) break;
      if (unit === backslash && source.charCodeAt(end + 1) !== newline) end++;
    }
    if (source.charCodeAt(end) === quote) {
      this.at = end + 1;
      this.push(token.string, start, this.at);
      return;
    }
    this.at = Math.min(end, source.length);
    this.push(token.invalid, start, this.at);
    this.problem(
      "unterminated-string",
      "this string has no closing quote",
      start,
      this.at,
      "strings over several lines stand in backticks",
    );
  }

  private readRawString(): void {
    const start = this.at;
    const end = this.source.indexOf("`", start + 1);
    this.at = end < 0 ? this.source.length : end + 1;
    this.push(end < 0 ? token.invalid : token.rawString, start, this.at);
    if (end < 0) this.problem("unterminated-string", "this raw string has no closing backtick", start, start + 1);
  }

  private readComment(): void {
    const { source } = this;
    const start = this.at;
    this.at = this.endOfLine(start);
    if (!/^#\s*METADATA\s*$/.test(source.slice(start, Math.min(this.at, start + 80)))) return;
    for (;;) {
      let next = this.at;
      if (source.charCodeAt(next) === carriageReturn) next++;
      if (source.charCodeAt(next) !== newline) break;
      next++;
      while (source.charCodeAt(next) === space || source.charCodeAt(next) === tab) next++;
      if (source.charCodeAt(next) !== hash) break;
      const end = this.endOfLine(next);
      if (/^#\s*METADATA\s*$/.test(source.slice(next, end))) break;
      this.at = end;
    }
    this.metadata.push({ start, end: this.at });
  }

  /** The offset of the line's end, before a `\r` that belongs to it. */
  private endOfLine(from: number): number {
    const found = this.source.indexOf("\n", from);
    const end = found < 0 ? this.source.length : found;
    return end > from && this.source.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
  }

  private startsTemplate(): boolean {
    const next = this.source.charCodeAt(this.at + 1);
    return next === quote || next === backtick;
  }

  private openTemplate(): void {
    const raw = this.source.charCodeAt(this.at + 1) === backtick;
    this.templates.push({ raw, start: this.at, braces: 0 });
    this.push(raw ? token.rawTemplateOpen : token.templateOpen, this.at, this.at + 2);
    this.at += 2;
    this.readTemplateText();
  }

  /** From inside a template: its text up to the next `{`, or to the closing quote. */
  private readTemplateText(): void {
    const open = this.templates.at(-1);
    if (open === undefined) return;
    const { source } = this;
    const start = this.at;
    const closing = open.raw ? backtick : quote;
    let end = start;
    for (; end < source.length; end++) {
      const unit = source.charCodeAt(end);
      if (unit === closing || unit === openBrace || (unit === newline && !open.raw)) break;
      if (unit === backslash && this.escapes(open.raw, source.charCodeAt(end + 1))) end++;
    }
    end = Math.min(end, source.length);
    if (end > start) this.push(token.templateText, start, end);
    this.at = end;
    const unit = source.charCodeAt(end);
    if (unit === openBrace) {
      this.push(token.templateBrace, end, end + 1);
      this.at = end + 1;
      return;
    }
    this.templates.pop();
    if (unit === closing) {
      this.push(token.templateClose, end, end + 1);
      this.at = end + 1;
    } else {
      this.push(token.invalid, end, end);
      this.reportUnterminatedTemplate(open);
    }
  }

  /** Whether a backslash takes the next character with it: in raw templates only an opening brace, otherwise anything on the line. */
  private escapes(raw: boolean, next: number): boolean {
    return raw ? next === openBrace : next !== newline;
  }

  private reportUnterminatedTemplate(open: OpenTemplate): void {
    this.problem(
      "unterminated-string",
      "this template string has no end",
      open.start,
      open.start + 2,
      "a brace that is meant literally is written `\\{`",
    );
  }

  private readPunctuation(unit: number): void {
    const { source } = this;
    const start = this.at;
    const joined = source.charCodeAt(start + 1) === 61 ? withEquals.get(unit) : undefined;
    if (joined !== undefined) {
      this.at += 2;
      this.push(joined, start, this.at);
      return;
    }
    const kind = single.get(unit);
    if (kind === undefined) {
      this.readUnknown();
      return;
    }
    this.at++;
    this.push(kind, start, this.at);
    this.countBrace(kind);
  }

  /** Inside a template's expression the matching `}` leads back to its text. */
  private countBrace(kind: TokenKind): void {
    const open = this.templates.at(-1);
    if (open === undefined) return;
    if (kind === token.leftBrace) open.braces++;
    else if (kind === token.rightBrace && open.braces > 0) open.braces--;
    else if (kind === token.rightBrace) this.readTemplateText();
  }

  /** A run of characters that begin no token is one problem, not one each. */
  private readUnknown(): void {
    const { source } = this;
    const start = this.at;
    const first = String.fromCodePoint(source.codePointAt(start) ?? 0);
    this.at += first.length;
    while (this.at < source.length && source.charCodeAt(this.at) > 127) this.at++;
    this.push(token.invalid, start, this.at);
    const shown = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(first)
      ? `\`${first}\``
      : `the character U+${(first.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    const names = /^\p{L}$/u.test(first) ? "names are made of ASCII letters, digits and underscores" : undefined;
    this.problem("invalid-character", `${shown} has no meaning here`, start, this.at, foreign.get(first) ?? names);
  }
}
