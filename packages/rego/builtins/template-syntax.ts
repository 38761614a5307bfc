// Reads the templates of Go's text/template: https://pkg.go.dev/text/template
import type { RegoValue } from "../runtime/value.ts";

export type Operand =
  | { readonly kind: "dot" }
  | { readonly kind: "literal"; readonly value: RegoValue }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline }
  | { readonly kind: "fields"; readonly of: Operand; readonly names: readonly string[] };

/** Commands whose results are handed on, `a | b | c`; it may declare variables, or assign to one. */
export interface Pipeline {
  readonly variables: readonly string[];
  readonly declares: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

export type TemplateNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly pipeline: Pipeline }
  | { readonly kind: "break" | "continue" }
  | { readonly kind: "template"; readonly name: string; readonly pipeline: Pipeline | null }
  | {
      readonly kind: "if" | "range" | "with";
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

export interface Template {
  readonly body: readonly TemplateNode[];
  /** What `define` and `block` named. */
  readonly named: ReadonlyMap<string, readonly TemplateNode[]>;
}

/** What is wrong with a template. */
export class TemplateError extends Error {}

/** Reads a template. Throws a TemplateError if it is none. */
export function parseTemplate(source: string): Template {
  const named = new Map<string, readonly TemplateNode[]>();
  const reader = new NodeReader(splitActions(source), named);
  const { nodes, end } = reader.list();
  if (end !== null) throw new TemplateError(`unexpected {{${end.join(" ")}}}`);
  return { body: nodes, named };
}

/** Text, and the tokens of what stood between braces. */
type Piece = string | readonly string[];

const action =
  /\{\{(-[ \t\r\n]+)?(\/\*[\s\S]*?\*\/(?:[ \t\r\n]+-)?|(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|(?!\}\})[^"`'])*?)\}\}/y;
const token =
  /[ \t\r\n]*("(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|:=|[|(),=]|(?:\.[\p{L}_][\p{L}\p{Nd}_]*)+|\$[\p{L}\p{Nd}_]*|[-+]?\.?\d[\w.]*|[\p{L}_][\p{L}\p{Nd}_]*|\.)/uy;

function splitActions(source: string): Piece[] {
  const pieces: Piece[] = [];
  let text = "";
  let position = 0;
  let trimNext = false;
  while (position < source.length) {
    const at = source.indexOf("{{", position);
    const before = source.slice(position, at < 0 ? undefined : at);
    text = trimNext ? before.replace(/^[ \t\r\n]+/, "") : before;
    trimNext = false;
    if (at >= 0) {
      action.lastIndex = at;
      const match = action.exec(source);
      if (match === null) throw new TemplateError("unclosed action");
      if (match[1] !== undefined) text = withoutBlanksAtEnd(text);
      const written = match[2] as string;
      trimNext = /[ \t\r\n]-$/.test(written);
      if (text !== "") pieces.push(text);
      const inside = trimNext ? written.slice(0, -1) : written;
      if (/^\/\*[\s\S]*\*\/-$/.test(inside)) throw new TemplateError("comment ends before closing delimiter");
      if (!inside.startsWith("/*")) pieces.push(tokens(inside));
      position = at + match[0].length;
    } else {
      if (text !== "") pieces.push(text);
      break;
    }
  }
  return pieces;
}

/** Other white space is text, and no part of an action. */
function withoutBlanksAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function tokens(inside: string): string[] {
  const found: string[] = [];
  const text = withoutBlanksAtEnd(inside.replace(/^[ \t\r\n]+/, ""));
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) throw new TemplateError(`unexpected text in the action {{${text}}}`);
    const [matched, spelled = ""] = match;
    // Without a space before it, `.name` belongs to what stands there; with one it is an operand of its own.
    const continues = matched.startsWith(".") && spelled.length > 1 && /[\p{L}\p{Nd}_$)]$/u.test(found.at(-1) ?? "");
    found.push(continues ? `+${spelled}` : spelled);
  }
  return found;
}

const deepest = 200;

class NodeReader {
  private readonly pieces: readonly Piece[];
  private readonly named: Map<string, readonly TemplateNode[]>;
  private position = 0;
  private depth = 0;

  constructor(pieces: readonly Piece[], named: Map<string, readonly TemplateNode[]>) {
    this.pieces = pieces;
    this.named = named;
  }

  /** Nodes up to `end` or `else`, whose tokens are returned too. */
  list(): { nodes: TemplateNode[]; end: readonly string[] | null } {
    if (++this.depth > deepest) throw new TemplateError("the template is nested too deep");
    const nodes: TemplateNode[] = [];
    for (let piece = this.pieces[this.position++]; piece !== undefined; piece = this.pieces[this.position++]) {
      if (typeof piece === "string") {
        nodes.push({ kind: "text", text: piece });
        continue;
      }
      const [word] = piece;
      if (word === "end" || word === "else") {
        this.depth--;
        return { nodes, end: piece };
      }
      const node = this.node(piece);
      if (node !== null) nodes.push(node);
    }
    this.depth--;
    return { nodes, end: null };
  }

  private node(piece: readonly string[]): TemplateNode | null {
    const [word = "", ...rest] = piece;
    switch (word) {
      case "if":
      case "range":
      case "with":
        return this.control(word, rest);
      case "break":
      case "continue":
        return { kind: word };
      case "template":
        return { kind: "template", name: textOf(rest[0]), pipeline: rest.length > 1 ? readPipeline(rest.slice(1)) : null };
      case "define":
        this.named.set(textOf(rest[0]), this.body());
        return null;
      case "block":
        this.named.set(textOf(rest[0]), this.body());
        return { kind: "template", name: textOf(rest[0]), pipeline: readPipeline(rest.slice(1)) };
      default:
        return { kind: "action", pipeline: readPipeline(piece) };
    }
  }

  private body(): readonly TemplateNode[] {
    const { nodes, end } = this.list();
    if (end?.[0] !== "end") throw new TemplateError("missing {{end}}");
    return nodes;
  }

  private control(kind: "if" | "range" | "with", condition: readonly string[]): TemplateNode {
    const pipeline = readPipeline(condition);
    const { nodes, end } = this.list();
    if (end === null) throw new TemplateError("missing {{end}}");
    if (end[0] === "end") return { kind, pipeline, body: nodes, otherwise: [] };
    const [, word, ...rest] = end;
    // `else if` and `else with` share the `end` of what they belong to.
    if (word === "if" || word === "with") return { kind, pipeline, body: nodes, otherwise: [this.control(word, rest)] };
    return { kind, pipeline, body: nodes, otherwise: this.body() };
  }
}

function textOf(spelled: string | undefined): string {
  const value = spelled === undefined ? undefined : literal(spelled);
  if (typeof value !== "string") throw new TemplateError("a template's name must be a string");
  return value;
}

function readPipeline(words: readonly string[]): Pipeline {
  const assignment = words.findIndex((word) => word === ":=" || word === "=");
  const variables = words.slice(0, Math.max(0, assignment)).filter((word) => word !== ",");
  if (variables.some((name) => !name.startsWith("$"))) throw new TemplateError("only variables can be assigned to");
  const reader = new CommandReader(words.slice(assignment + 1));
  return { variables, declares: words[assignment] === ":=", commands: reader.commands(false) };
}

class CommandReader {
  private readonly words: readonly string[];
  private position = 0;

  constructor(words: readonly string[]) {
    this.words = words;
  }

  commands(inParentheses: boolean): Operand[][] {
    const commands: Operand[][] = [];
    let current: Operand[] = [];
    for (;;) {
      const word = this.words[this.position++];
      if (word === undefined || word === "|" || word === ")") {
        if (current.length === 0) throw new TemplateError("missing value for command");
        commands.push(current);
        if ((word === ")") !== inParentheses && word !== "|") throw new TemplateError("unbalanced parentheses");
        if (word !== "|") return commands;
        current = [];
      } else {
        current.push(this.operand(word));
      }
    }
  }

  private operand(word: string): Operand {
    let operand: Operand = word === "(" ? this.parenthesised() : simpleOperand(word);
    const next = this.words[this.position];
    if (next?.startsWith("+.") === true) {
      this.position++;
      operand = { kind: "fields", of: operand, names: next.slice(2).split(".") };
    }
    return operand;
  }

  private parenthesised(): Operand {
    return { kind: "pipeline", pipeline: { variables: [], declares: false, commands: this.commands(true) } };
  }
}

/** What a template can call: https://pkg.go.dev/text/template#hdr-Functions. Another name is a mistake wherever it stands. */
const functionNames: ReadonlySet<string> = new Set(
  "and call eq ge gt html index js le len lt ne not or print printf println slice urlquery".split(" "),
);

function simpleOperand(word: string): Operand {
  if (word === ".") return { kind: "dot" };
  if (word.startsWith(".") && !/^\.\d/.test(word)) return { kind: "fields", of: { kind: "dot" }, names: word.slice(1).split(".") };
  if (word.startsWith("$")) return { kind: "variable", name: word };
  const value = literal(word);
  if (value !== undefined) return { kind: "literal", value };
  if (functionNames.has(word)) return { kind: "function", name: word };
  if (/^[\p{L}_]/u.test(word)) throw new TemplateError(`function ${JSON.stringify(word)} not defined`);
  throw new TemplateError(`unexpected ${word}`);
}

/** The value of a constant, or undefined. */
function literal(word: string): RegoValue | undefined {
  if (word === "true" || word === "false") return word === "true";
  if (word === "nil") return null;
  if (word.startsWith("`")) return word.slice(1, -1);
  if (word.startsWith('"')) return unquote(word);
  if (word.startsWith("'")) return unquote(`"${word.slice(1, -1).replaceAll('"', '\\"').replaceAll("\\'", "'")}"`).codePointAt(0) ?? 0;
  return /^[-+]?(?:\d|\.\d)/.test(word) && Number.isFinite(Number(word)) ? Number(word) : undefined;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

function unquote(word: string): string {
  return word
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, byte, short, long, character: string) => {
      const code = (byte ?? short ?? long) as string | undefined;
      if (code !== undefined) return Number.parseInt(code, 16) > 0x10ffff ? "\ufffd" : String.fromCodePoint(Number.parseInt(code, 16));
      return escapes.get(character) ?? character;
    });
}
