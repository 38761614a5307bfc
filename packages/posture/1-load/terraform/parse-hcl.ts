// HCL's native syntax (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md), as much of it as literals need: what is no literal is kept as its text.
import { HclFault, type HclEntry, type HclMap, type HclNode, type HclReference } from "./hcl-node.ts";

const DEEPEST = 200;
const IDENTIFIER = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Reads a file of HCL. Throws an {@link HclFault}. */
export function parseHcl(text: string): HclMap {
  return new Parser(text).file();
}

/** What an expression is the value of: an attribute that ends with its line, an entry of an object, or an item of a list. */
type Where = "line" | "object" | "list";

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith("\uFEFF")) this.#at = 1;
  }

  file(): HclMap {
    const entries = this.#body(undefined);
    return { kind: "map", entries, start: 0, end: this.#text.length };
  }

  /** Attributes and blocks up to `}` or the end. */
  #body(closing: "}" | undefined): readonly HclEntry[] {
    this.#deeper();
    const entries: HclEntry[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#at >= this.#text.length) {
        if (closing === undefined) break;
        throw this.#fault("a block is open at the end of the file");
      }
      if (closing !== undefined && this.#text[this.#at] === closing) {
        this.#at += 1;
        break;
      }
      entries.push(this.#entry());
    }
    this.#depth -= 1;
    return entries;
  }

  #entry(): HclEntry {
    const start = this.#at;
    const key = this.#take(IDENTIFIER) ?? (this.#text[this.#at] === '"' ? this.#plainText() : undefined);
    if (key === undefined) throw this.#fault("expected the name of an attribute or a block");
    const end = this.#at;
    this.#skip(false);
    if (this.#text[this.#at] === "=" && this.#text[this.#at + 1] !== "=") {
      this.#at += 1;
      this.#skip(false);
      return { key, start, end, value: this.#expression("line") };
    }
    const labels: string[] = [];
    while (this.#text[this.#at] !== "{") {
      const label = this.#text[this.#at] === '"' ? this.#plainText() : this.#take(IDENTIFIER);
      if (label === undefined) throw this.#fault("expected =, a label or { behind a name");
      labels.push(label);
      this.#skip(false);
    }
    const from = this.#at;
    this.#at += 1;
    const entries = this.#body("}");
    return { key, start, end, labels, value: { kind: "map", entries, start: from, end: this.#at } };
  }

  /** An expression up to the end of its line, or within brackets up to `,` or their end. */
  #expression(where: Where): HclNode {
    this.#deeper();
    const start = this.#at;
    const literal = this.#literal();
    if (literal !== undefined) {
      const end = this.#at;
      if (this.#isEnd(where)) {
        this.#depth -= 1;
        return literal;
      }
      this.#at = end;
    }
    this.#at = start;
    this.#skipExpression(where !== "line");
    this.#depth -= 1;
    const source = this.#text.slice(start, this.#at).trim();
    if (source === "") throw this.#fault("expected a value");
    return { kind: "expression", parts: [{ source }], isText: false, start, end: start + source.length };
  }

  /** Whether nothing of an expression follows. */
  #isEnd(where: Where): boolean {
    this.#skip(where === "list");
    const next = this.#text[this.#at];
    if (where === "list") return next === "," || next === "]";
    return next === undefined || next === "\n" || next === "}" || (where === "object" && next === ",");
  }

  #literal(): HclNode | undefined {
    const start = this.#at;
    const first = this.#text[start];
    if (first === '"') return this.#template();
    if (first === "<") return this.#text.startsWith("<<", start) ? this.#heredoc() : undefined;
    if (first === "[") return this.#list();
    if (first === "{") return this.#object();
    const number = this.#take(NUMBER);
    if (number !== undefined) return { kind: "scalar", value: Number(number), start, end: this.#at };
    const word = this.#take(IDENTIFIER);
    if (word === "true" || word === "false") return { kind: "scalar", value: word === "true", start, end: this.#at };
    if (word === "null") return { kind: "scalar", value: null, start, end: this.#at };
    return undefined;
  }

  #list(): HclNode | undefined {
    const start = this.#at;
    this.#at += 1;
    const items: HclNode[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#text[this.#at] === "]") break;
      if (this.#startsWith("for")) return undefined;
      items.push(this.#expression("list"));
      this.#skip(true);
      if (this.#text[this.#at] === ",") this.#at += 1;
      else if (this.#text[this.#at] !== "]") return undefined;
    }
    this.#at += 1;
    return { kind: "list", items, start, end: this.#at };
  }

  #object(): HclNode | undefined {
    const start = this.#at;
    this.#at += 1;
    const entries: HclEntry[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#text[this.#at] === "}") break;
      if (this.#startsWith("for")) return undefined;
      const from = this.#at;
      const key = this.#take(IDENTIFIER) ?? (this.#text[this.#at] === '"' ? this.#plainText() : undefined);
      if (key === undefined) return undefined;
      const end = this.#at;
      this.#skip(true);
      if (this.#text[this.#at] !== "=" && this.#text[this.#at] !== ":") return undefined;
      this.#at += 1;
      this.#skip(true);
      entries.push({ key, start: from, end, value: this.#expression("object") });
      this.#skip(true);
      if (this.#text[this.#at] === ",") this.#at += 1;
    }
    this.#at += 1;
    return { kind: "map", entries, start, end: this.#at };
  }

  /** A text in quotes without expressions in it; throws where there are some. */
  #plainText(): string {
    const node = this.#template();
    if (node.kind !== "scalar") throw this.#fault("expected a text without expressions");
    return String(node.value);
  }

  #template(): HclNode {
    const start = this.#at;
    this.#at += 1;
    const parts: (string | HclReference)[] = [];
    let text = "";
    for (;;) {
      const next = this.#text[this.#at];
      if (next === undefined || next === "\n") throw this.#fault("a text in quotes does not end on its line", start);
      if (next === '"') break;
      if (this.#text.startsWith("$${", this.#at) || this.#text.startsWith("%%{", this.#at)) {
        text += this.#text.slice(this.#at + 1, this.#at + 3);
        this.#at += 3;
      } else if ((next === "$" || next === "%") && this.#text[this.#at + 1] === "{") {
        if (text !== "") parts.push(text);
        text = "";
        parts.push(this.#interpolation());
      } else if (next === "\\") text += this.#escape();
      else {
        text += next;
        this.#at += 1;
      }
    }
    this.#at += 1;
    if (parts.length === 0) return { kind: "scalar", value: text, start, end: this.#at };
    if (text !== "") parts.push(text);
    return { kind: "expression", parts, isText: true, start, end: this.#at };
  }

  #escape(): string {
    const next = this.#text[this.#at + 1] ?? "";
    const code = /^[uU](?<hex>[0-9a-fA-F]{4}(?:[0-9a-fA-F]{4})?)/u.exec(this.#text.slice(this.#at + 1, this.#at + 10))?.groups?.["hex"];
    if (code !== undefined) {
      const digits = next === "u" ? code.slice(0, 4) : code;
      this.#at += 2 + digits.length;
      const point = Number.parseInt(digits, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "\uFFFD";
    }
    this.#at += 2;
    const known: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
    return known[next] ?? next;
  }

  /** `${…}` */
  #interpolation(): HclReference {
    const start = this.#at + 2;
    this.#at += 1;
    this.#skipBrackets();
    return { source: this.#text.slice(start, this.#at - 1).trim() };
  }

  #heredoc(): HclNode {
    const start = this.#at;
    const head = /<<(?<dash>-?)(?<word>[\p{L}_][\p{L}\p{N}_-]*)\r?\n/uy;
    head.lastIndex = start;
    const groups = head.exec(this.#text)?.groups;
    if (groups === undefined) throw this.#fault("expected the word that ends a text behind <<");
    const lines: string[] = [];
    let at = head.lastIndex;
    for (;;) {
      if (at >= this.#text.length) throw this.#fault("a text that begins with << has no end", start);
      const stop = this.#text.indexOf("\n", at);
      const line = this.#text.slice(at, stop === -1 ? undefined : stop).replace(/\r$/u, "");
      if (line.trim() === groups["word"]) {
        this.#at = at + line.length;
        break;
      }
      lines.push(line);
      at = stop === -1 ? this.#text.length : stop + 1;
    }
    const indents = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/u.exec(line)?.[0].length ?? 0);
    const indent = groups["dash"] === "-" && indents.length > 0 ? Math.min(...indents) : 0;
    const text = lines.map((line) => `${line.slice(indent)}\n`).join("");
    const end = this.#at;
    if (!/[$%]\{/u.test(text.replaceAll(/\$\$\{|%%\{/gu, ""))) return { kind: "scalar", value: text, start, end };
    return { kind: "expression", parts: [{ source: text }], isText: true, start, end };
  }

  #skipExpression(inside: boolean): void {
    for (;;) {
      const next = this.#text[this.#at];
      if (next === undefined || next === "}" || next === "]" || (next === ")" && inside)) return;
      if (next === "\n" && !inside) return;
      if (next === "," || (inside && next === "\n" && this.#entryFollows())) return;
      if (this.#isComment()) {
        if (!inside && !this.#text.startsWith("/*", this.#at)) return;
        this.#skipComment();
      } else if (next === '"') this.#template();
      else if (CLOSING[next] !== undefined) this.#skipBrackets();
      else this.#at += 1;
    }
  }

  /** Whether the next line of an object begins another of its entries, or ends it. */
  #entryFollows(): boolean {
    const rest = /\s*(?:\}|(?:[\p{L}_][\p{L}\p{N}_-]*|"[^"\n]*")\s*[=:](?!=))/uy;
    rest.lastIndex = this.#at;
    return rest.test(this.#text);
  }

  /** From a bracket to behind the one that closes it. */
  #skipBrackets(): void {
    this.#deeper();
    const start = this.#at;
    const closing = CLOSING[this.#text[this.#at] ?? ""] ?? "}";
    this.#at += 1;
    for (;;) {
      const next = this.#text[this.#at];
      if (next === undefined) throw this.#fault("a bracket is not closed", start);
      if (next === closing) break;
      if (this.#isComment()) this.#skipComment();
      else if (next === '"') this.#template();
      else if (CLOSING[next] !== undefined) this.#skipBrackets();
      else this.#at += 1;
    }
    this.#at += 1;
    this.#depth -= 1;
  }

  #startsWith(word: string): boolean {
    return this.#text.startsWith(word, this.#at) && /\s/u.test(this.#text[this.#at + word.length] ?? "");
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #isComment(): boolean {
    return this.#text[this.#at] === "#" || this.#text.startsWith("//", this.#at) || this.#text.startsWith("/*", this.#at);
  }

  #skipComment(): void {
    if (this.#text.startsWith("/*", this.#at)) {
      const end = this.#text.indexOf("*/", this.#at + 2);
      this.#at = end === -1 ? this.#text.length : end + 2;
      return;
    }
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  /** Skips blanks and comments, and line breaks where they mean nothing. */
  #skip(lines: boolean): void {
    for (;;) {
      const next = this.#text[this.#at];
      if (next === " " || next === "\t" || next === "\r" || (lines && next === "\n")) this.#at += 1;
      else if (this.#isComment()) this.#skipComment();
      else return;
    }
  }

  #deeper(): void {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#fault(`values nest more than ${DEEPEST} deep`);
  }

  #fault(message: string, offset = this.#at): HclFault {
    return new HclFault(message, Math.min(offset, this.#text.length));
  }
}
