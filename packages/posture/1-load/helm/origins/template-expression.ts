/** What an expression of a template may stand for, as far as it is a part of what the template was given. */
export type Reference =
  /** A field of the data that the whole template was given: `Values`, `image`, `tag`. `*` is any item. */
  | { readonly of: "root"; readonly path: readonly string[] }
  /** A field of what a named template was given. */
  | { readonly of: "argument"; readonly define: string; readonly path: readonly string[] }
  /** A `dict`. */
  | { readonly of: "fields"; readonly fields: ReadonlyMap<string, readonly Reference[]> }
  /** What a named template makes of an argument. */
  | { readonly of: "include"; readonly define: string; readonly argument: readonly Reference[] };

/** In paths: the keys of all items, which `range $key, $item := …` gives. No chart's values have such a key. */
export const ITEM_KEY = "*\u0001key";

/** What the names in an expression stand for. */
export interface Scope {
  readonly dot: readonly Reference[];
  readonly variable: (name: string) => readonly Reference[];
}

const TOKEN =
  /\s+|(?<text>"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*')|(?<variable>\$\w*)|(?<field>\.\w+)|(?<dot>\.)|(?<word>[A-Za-z_]\w*)|(?<sign>:=|[()|,=])|(?<other>[^\s()|,]+)/guy;

type TokenKind = "text" | "variable" | "field" | "dot" | "word" | "sign" | "other";

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Whether white space stands before it: `.a .b` are two operands, `.a.b` is one. */
  readonly apart: boolean;
}

interface Operand {
  readonly references: readonly Reference[];
  readonly text?: string;
  readonly word?: string;
}

/** Functions whose result only depends on what they are given, and shows nothing of it. */
const OPAQUE: ReadonlySet<string> = new Set([
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "not",
  "hasKey",
  "empty",
  "len",
  "kindIs",
  "kindOf",
  "typeOf",
  "fail",
  "lookup",
  "contains",
  "hasPrefix",
  "hasSuffix",
  "semverCompare",
  "has",
]);

/** The field of each reference. */
export function fieldOf(references: readonly Reference[], name: string): readonly Reference[] {
  return references.flatMap((reference): readonly Reference[] => {
    if (reference.of === "fields") return name === "*" ? [...reference.fields.values()].flat() : (reference.fields.get(name) ?? []);
    if (reference.of === "include") return [];
    return [{ ...reference, path: [...reference.path, name] }];
  });
}

/** Says what an expression may stand for. Never fails: what it can't read stands for nothing. */
export function referencesOf(code: string, scope: Scope): readonly Reference[] {
  return new ExpressionReader(tokensOf(code), scope).pipeline();
}

function tokensOf(code: string): readonly Token[] {
  const tokens: Token[] = [];
  let apart = true;
  for (const { 0: text, groups = {} } of code.matchAll(TOKEN)) {
    const kind = (["text", "variable", "field", "dot", "word", "sign", "other"] as const).find((one) => groups[one] !== undefined);
    if (kind !== undefined) tokens.push({ kind, text, apart });
    apart = kind === undefined;
  }
  return tokens;
}

class ExpressionReader {
  readonly #tokens: readonly Token[];
  readonly #scope: Scope;
  #at = 0;

  constructor(tokens: readonly Token[], scope: Scope) {
    this.#tokens = tokens;
    this.#scope = scope;
  }

  /** Commands with `|` between them: what one makes is the last argument of the next. */
  pipeline(): readonly Reference[] {
    let piped: readonly Reference[] | undefined;
    for (;;) {
      const operands = this.#command();
      if (piped !== undefined) operands.push({ references: piped });
      piped = applied(operands);
      if (this.#tokens[this.#at]?.text !== "|") break;
      this.#at += 1;
    }
    if (this.#tokens[this.#at]?.text === ")") this.#at += 1;
    return piped;
  }

  #command(): Operand[] {
    const operands: Operand[] = [];
    for (let token = this.#tokens[this.#at]; token !== undefined; token = this.#tokens[this.#at]) {
      if (token.text === "|" || token.text === ")") break;
      this.#at += 1;
      const operand = this.#operand(token);
      if (operand !== undefined) operands.push(operand);
    }
    return operands;
  }

  #operand({ kind, text }: Token): Operand | undefined {
    switch (kind) {
      case "text":
        return { references: [], text: text.slice(1, -1) };
      case "word":
        return { references: [], word: text };
      case "variable":
        return { references: this.#fields(this.#scope.variable(text)) };
      case "dot":
        return { references: this.#scope.dot };
      case "field":
        return { references: this.#fields(fieldOf(this.#scope.dot, text.slice(1))) };
      case "sign":
        return text === "(" ? { references: this.#fields(this.pipeline()) } : undefined;
      case "other":
        return { references: [], text };
    }
  }

  /** The fields that follow at once. */
  #fields(references: readonly Reference[]): readonly Reference[] {
    let found = references;
    for (let token = this.#tokens[this.#at]; token?.kind === "field" && !token.apart; token = this.#tokens[this.#at]) {
      found = fieldOf(found, token.text.slice(1));
      this.#at += 1;
    }
    return found;
  }
}

/** What a command stands for: a function of its arguments, or its one operand. */
function applied(operands: readonly Operand[]): readonly Reference[] {
  const [first, ...rest] = operands;
  if (first === undefined) return [];
  const all = (): readonly Reference[] => rest.flatMap(({ references }) => references);
  switch (first.word) {
    case undefined:
      return operands.flatMap(({ references }) => references);
    case "include":
    case "template":
      return rest[0]?.text === undefined ? [] : [{ of: "include", define: rest[0].text, argument: rest[1]?.references ?? [] }];
    case "dict":
      return [{ of: "fields", fields: entriesOf(rest) }];
    case "index":
    case "get":
      return rest.slice(1).reduce<readonly Reference[]>((found, { text }) => fieldOf(found, text ?? "*"), rest[0]?.references ?? []);
    case "dig": {
      const keys = rest.slice(0, -2).map(({ text }) => text ?? "*");
      return keys.reduce<readonly Reference[]>(fieldOf, rest.at(-1)?.references ?? []);
    }
    case "tpl":
      return rest[0]?.references ?? [];
    case "ternary":
      return rest.slice(0, 2).flatMap(({ references }) => references);
    default:
      return OPAQUE.has(first.word) ? [] : all();
  }
}

function entriesOf(operands: readonly Operand[]): ReadonlyMap<string, readonly Reference[]> {
  const fields = new Map<string, readonly Reference[]>();
  for (let at = 0; at + 1 < operands.length; at += 2) {
    const key = operands[at]?.text;
    if (key !== undefined) fields.set(key, operands[at + 1]?.references ?? []);
  }
  return fields;
}
