// The tokens of GraphQL. https://spec.graphql.org/October2021/#sec-Language.Source-Text
import { GraphqlError } from "./node.ts";

export interface Token {
  readonly kind: "name" | "int" | "float" | "string" | "block" | "punctuation" | "end";
  /** A string's value, or the text. */
  readonly value: string;
  readonly at: number;
  /** The comments between the token before and this one. */
  readonly comments?: readonly string[];
}

const ignored = /(?:[\ufeff\t\n\r ,]|#[^\n\r]*)+/y;
const patterns: readonly (readonly [Token["kind"], RegExp])[] = [
  ["name", /[_A-Za-z][_0-9A-Za-z]*/y],
  ["float", /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+)(?![0-9.])/y],
  ["int", /-?(?:0|[1-9][0-9]*)(?![0-9.])/y],
  ["block", /"""(?:\\"""|(?!""")[\s\S])*"""/y],
  ["string", /"(?:[^"\\\n\r]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}))*"/y],
  ["punctuation", /\.\.\.|[!$&()*:=@[\]{|}]/y],
];

/** All tokens of a source, the last of them its end. Throws a GraphqlError. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    ignored.lastIndex = at;
    const gap = ignored.exec(source)?.[0] ?? "";
    const comments = gap.includes("#") ? { comments: gap.match(/#[^\n\r]*/g) ?? [] } : {};
    at += gap.length;
    if (at >= source.length) return [...tokens, { kind: "end", value: "", at, ...comments }];
    const token = tokenAt(source, at);
    tokens.push({ ...token, value: valueOf(token), ...comments });
    at += token.value.length;
  }
}

function tokenAt(source: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const value = pattern.exec(source)?.[0];
    // An empty string is no beginning of a block, but a block's quotes are no empty string.
    if (value !== undefined && !(kind === "string" && value === '""' && source.startsWith('"""', at))) return { kind, value, at };
  }
  throw new GraphqlError(`Unexpected character at ${placeOf(source, at)}`);
}

/** Line and column, from 1. */
export function placeOf(source: string, at: number): string {
  const lines = source.slice(0, at).split(/\r\n|\n|\r/);
  return `${lines.length}:${(lines.at(-1) as string).length + 1}`;
}

function valueOf({ kind, value }: Token): string {
  if (kind === "block") return blockValue(value.slice(3, -3).replaceAll('\\"""', '"""'));
  if (kind !== "string") return value;
  const escaped = value.slice(1, -1);
  return escaped.replace(
    /\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|(.))/g,
    (_, braced: string | undefined, code: string | undefined, letter: string) => {
      const digits = braced ?? code;
      if (digits === undefined) return escapes.get(letter) ?? letter;
      const point = Number.parseInt(digits, 16);
      if (point > 0x10ffff) throw new GraphqlError("Invalid character escape sequence");
      return braced === undefined ? String.fromCharCode(point) : String.fromCodePoint(point);
    },
  );
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Takes the indentation that all lines but the first share, and empty lines at both ends. */
function blockValue(raw: string): string {
  const lines = raw.split(/\r\n|\n|\r/);
  const indents = lines.slice(1).flatMap((line) => (/[^\t ]/.test(line) ? [line.search(/[^\t ]/)] : []));
  const indent = indents.reduce((least, one) => Math.min(least, one), Infinity);
  const stripped = lines.map((line, i) => (i === 0 || indent === Infinity ? line : line.slice(indent)));
  const isBlank = (line: string): boolean => /^[\t ]*$/.test(line);
  const first = stripped.findIndex((line) => !isBlank(line));
  return first < 0 ? "" : stripped.slice(first, stripped.findLastIndex((line) => !isBlank(line)) + 1).join("\n");
}
