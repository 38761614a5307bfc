import type { Body } from "./ast.ts";
import { LiteralParser } from "./literal-parser.ts";
import { token } from "./token-kind.ts";

/** Reads a query. */
export class QueryParser extends LiteralParser {
  query(): Body {
    if (this.is(token.end)) this.fail("empty-body", "this query is empty", this.tokenSpan());
    return this.body(token.end, -1);
  }
}
