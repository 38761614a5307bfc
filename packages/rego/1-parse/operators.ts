import { token, type TokenKind } from "./token-kind.ts";

/** An operator between two terms: the builtin it calls and how tightly it binds. All of them associate to the left. */
export interface InfixOperator {
  readonly builtin: string;
  readonly binds: number;
}

/** How tightly `|` binds, which a comprehension's head must not contain. */
export const bindsPipe = 2;

/** The operators inside terms. `in` binds less than all of them, `=` and `:=` less than `in`. */
export const infixOperators: ReadonlyMap<TokenKind, InfixOperator> = new Map<TokenKind, InfixOperator>([
  [token.equal, { builtin: "equal", binds: 1 }],
  [token.notEqual, { builtin: "neq", binds: 1 }],
  [token.less, { builtin: "lt", binds: 1 }],
  [token.lessEqual, { builtin: "lte", binds: 1 }],
  [token.greater, { builtin: "gt", binds: 1 }],
  [token.greaterEqual, { builtin: "gte", binds: 1 }],
  [token.pipe, { builtin: "or", binds: bindsPipe }],
  [token.ampersand, { builtin: "and", binds: 3 }],
  [token.plus, { builtin: "plus", binds: 4 }],
  [token.minus, { builtin: "minus", binds: 4 }],
  [token.times, { builtin: "mul", binds: 5 }],
  [token.divide, { builtin: "div", binds: 5 }],
  [token.remainder, { builtin: "rem", binds: 5 }],
]);
