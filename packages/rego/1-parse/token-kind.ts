// The kinds of token, as small numbers so that a file's tokens fit into flat arrays.

export const token = {
  end: 0,
  /** Text that is no token; the tokenizer has already said why. */
  invalid: 1,
  name: 2,
  number: 3,
  string: 4,
  rawString: 5,
  /** `$"` and `` $` ``; the pieces of text, `{ expression }` between them, and the closing quote follow as tokens of their own. */
  templateOpen: 6,
  rawTemplateOpen: 7,
  templateText: 8,
  templateBrace: 9,
  templateClose: 10,
  leftParen: 11,
  rightParen: 12,
  leftBracket: 13,
  rightBracket: 14,
  leftBrace: 15,
  rightBrace: 16,
  comma: 17,
  semicolon: 18,
  colon: 19,
  dot: 20,
  assign: 21,
  unify: 22,
  equal: 23,
  notEqual: 24,
  less: 25,
  lessEqual: 26,
  greater: 27,
  greaterEqual: 28,
  plus: 29,
  minus: 30,
  times: 31,
  divide: 32,
  remainder: 33,
  pipe: 34,
  ampersand: 35,
  // Keywords of every version.
  package: 40,
  import: 41,
  default: 42,
  not: 43,
  some: 44,
  with: 45,
  as: 46,
  else: 47,
  null: 48,
  true: 49,
  false: 50,
  // Words that are keywords only where the version or an import makes them so.
  if: 51,
  in: 52,
  contains: 53,
  every: 54,
  and: 55,
  or: 56,
} as const;

export type TokenKind = (typeof token)[keyof typeof token];

/** The reserved words of every version. */
export const keywords: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ["package", token.package],
  ["import", token.import],
  ["default", token.default],
  ["not", token.not],
  ["some", token.some],
  ["with", token.with],
  ["as", token.as],
  ["else", token.else],
  ["null", token.null],
  ["true", token.true],
  ["false", token.false],
]);

/** The words that become keywords by version or import. */
export const softKeywords: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ["if", token.if],
  ["in", token.in],
  ["contains", token.contains],
  ["every", token.every],
  ["and", token.and],
  ["or", token.or],
]);

/** How kinds are called in messages. */
const descriptions: ReadonlyMap<TokenKind, string> = new Map<TokenKind, string>([
  [token.end, "the end of the file"],
  [token.invalid, "this text"],
  [token.name, "a name"],
  [token.number, "a number"],
  [token.string, "a string"],
  [token.rawString, "a string"],
  [token.templateOpen, "a template string"],
  [token.rawTemplateOpen, "a template string"],
  [token.templateText, "template text"],
  [token.templateBrace, "`{`"],
  [token.templateClose, "the end of the template string"],
  [token.leftParen, "`(`"],
  [token.rightParen, "`)`"],
  [token.leftBracket, "`[`"],
  [token.rightBracket, "`]`"],
  [token.leftBrace, "`{`"],
  [token.rightBrace, "`}`"],
  [token.comma, "`,`"],
  [token.semicolon, "`;`"],
  [token.colon, "`:`"],
  [token.dot, "`.`"],
]);

/** What a kind is called where a message asks for it. */
export function describeKind(kind: TokenKind): string {
  return descriptions.get(kind) ?? "a keyword or operator";
}
