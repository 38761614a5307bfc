// What the parsers of queries and schemas share: the way through the tokens, and the parts of the grammar that both have.
import type { RegoValue } from "../../runtime/value.ts";
import type { Token } from "./lexer.ts";
import { placeOf, tokenize } from "./lexer.ts";
import type { Node } from "./node.ts";
import { GraphqlError, makeNode, valueKind } from "./node.ts";

/** Values, types and selections may be nested this deep. */
const mostDepth = 500;

export class Cursor {
  private readonly source: string;
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;

  constructor(source: string) {
    this.source = source;
    this.tokens = tokenize(source);
  }

  get token(): Token {
    return this.tokens[this.position] as Token;
  }

  get next(): Token {
    return this.tokens[Math.min(this.position + 1, this.tokens.length - 1)] as Token;
  }

  get isAtEnd(): boolean {
    return this.token.kind === "end";
  }

  /** The comments directly before what stands here, as the member of a node. */
  comment(): Node | undefined {
    const { comments } = this.token;
    return comments === undefined ? undefined : { List: comments.map((text) => ({ Value: text })) };
  }

  advance(): Token {
    const { token } = this;
    if (!this.isAtEnd) this.position++;
    return token;
  }

  unexpected(): GraphqlError {
    const found = this.isAtEnd ? "end of file" : JSON.stringify(this.token.value);
    return new GraphqlError(`Unexpected ${found} at ${placeOf(this.source, this.token.at)}`);
  }

  at(punctuation: string): boolean {
    return this.token.kind === "punctuation" && this.token.value === punctuation;
  }

  /** Takes the punctuation if it stands here. */
  take(punctuation: string): boolean {
    const found = this.at(punctuation);
    if (found) this.advance();
    return found;
  }

  expect(punctuation: string): void {
    if (!this.take(punctuation)) throw this.unexpected();
  }

  atWord(word: string): boolean {
    return this.token.kind === "name" && this.token.value === word;
  }

  takeWord(word: string): boolean {
    const found = this.atWord(word);
    if (found) this.advance();
    return found;
  }

  name(): string {
    if (this.token.kind !== "name") throw this.unexpected();
    return this.advance().value;
  }

  /** One or more of something between brackets; none if they do not open here. */
  several<T>(open: string, close: string, read: () => T): T[] {
    return this.severalWithEnd(open, close, read).items;
  }

  /** The same, with the comments before the closing bracket. */
  severalWithEnd<T>(open: string, close: string, read: () => T): { readonly items: T[]; readonly comment: Node | undefined } {
    if (!this.take(open)) return { items: [], comment: undefined };
    const items: T[] = [];
    do items.push(this.nested(read));
    while (!this.at(close));
    const comment = this.comment();
    this.advance();
    return { items, comment };
  }

  nested<T>(read: () => T): T {
    if (++this.depth > mostDepth) throw new GraphqlError(`too deeply nested at ${placeOf(this.source, this.token.at)}`);
    const result = read();
    this.depth--;
    return result;
  }

  directives(isConstant: boolean): Node[] {
    const directives: Node[] = [];
    while (this.take("@")) directives.push(makeNode({ Name: this.name(), Arguments: this.arguments(isConstant), Location: "" }));
    return directives;
  }

  arguments(isConstant: boolean): Node[] {
    return this.several("(", ")", () => {
      const comment = this.comment();
      const name = this.name();
      this.expect(":");
      return makeNode({ Name: name, Value: this.value(isConstant), Comment: comment });
    });
  }

  type(): Node {
    let type: Record<string, RegoValue>;
    if (this.take("[")) {
      const element = this.nested(() => this.type());
      this.expect("]");
      type = { NamedType: "", Elem: element };
    } else type = { NamedType: this.name() };
    return { ...type, NonNull: this.take("!") };
  }

  /** A value; in a constant there are no variables. */
  value(isConstant: boolean): Node {
    const { token } = this;
    if (this.take("$")) {
      if (isConstant) throw this.unexpected();
      return makeValue(valueKind.variable, this.name());
    }
    if (this.at("["))
      return makeValue(
        valueKind.list,
        "",
        this.listItems("[", "]", () => ({ Name: "", Value: this.value(isConstant) })),
      );
    if (this.at("{")) {
      const fields = this.listItems("{", "}", () => {
        const comment = this.comment();
        const name = this.name();
        this.expect(":");
        return makeNode({ Name: name, Value: this.value(isConstant), Comment: comment });
      });
      return makeValue(valueKind.object, "", fields);
    }
    const kind = token.kind === "name" ? nameKind(token.value) : scalarKinds.get(token.kind);
    if (kind === undefined) throw this.unexpected();
    return makeValue(kind, this.advance().value);
  }

  /** Like `several`, but there may be nothing between the brackets. */
  private listItems(open: string, close: string, read: () => Node): Node[] {
    this.expect(open);
    const items: Node[] = [];
    while (!this.take(close)) items.push(this.nested(read));
    return items;
  }
}

const scalarKinds: ReadonlyMap<Token["kind"], number> = new Map([
  ["int", valueKind.int],
  ["float", valueKind.float],
  ["string", valueKind.string],
  ["block", valueKind.block],
]);

function nameKind(name: string): number {
  if (name === "true" || name === "false") return valueKind.boolean;
  return name === "null" ? valueKind.null : valueKind.enum;
}

function makeValue(kind: number, raw: string, children: readonly Node[] = []): Node {
  return makeNode({ Raw: raw, Children: children, Kind: kind, ExpectedTypeHasDefault: false });
}
