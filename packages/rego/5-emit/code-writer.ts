import type { Span } from "../1-parse/ast.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import type { Fragment } from "./fragment.ts";

/** Where a line of code comes from. */
export interface Origin {
  readonly file: string;
  readonly source: string;
  readonly offset: number;
}

/** Where a line of code stands, and where it comes from. */
export interface LinePlace {
  depth: number;
  readonly origin: Origin | null;
}

export interface CodeLine extends LinePlace {
  readonly text: string;
}

/** Collects lines of code with their indentation and origin. */
export class CodeWriter {
  readonly lines: CodeLine[] = [];
  private depth = 0;
  private place: { readonly file: string; readonly source: string } = { file: "", source: "" };
  private offset = -1;
  /** The origin of the next lines; null until there is a line. */
  private origin: Origin | null = null;

  /** The Rego source that the next lines come from. */
  setSource(place: { readonly file: string; readonly source: string }): void {
    this.place = place;
    this.origin = null;
  }

  /** File and line of a span of the present source. */
  placeAt(span: Span): { readonly file: string; readonly line: number } {
    return { file: this.place.file, line: positionAt(this.place.source, span.start).line };
  }

  at(span: Span): void {
    if (span.start === this.offset) return;
    this.offset = span.start;
    this.origin = null;
  }

  line(code: Fragment): void {
    this.lines.push(this.made(code));
  }

  private made(code: Fragment): CodeLine {
    // Lines in a row that come from one place share it.
    if (this.offset >= 0) this.origin ??= { file: this.place.file, source: this.place.source, offset: this.offset };
    return { depth: this.depth, text: code, origin: this.origin };
  }

  /** A line that opens a block, the block, and the line that closes it. */
  block(open: Fragment, close: Fragment, write: () => void): void {
    this.line(open);
    this.depth++;
    write();
    this.depth--;
    this.line(close);
  }

  /** Writes something, and then puts it into a block if need be: what `blockAround` gives, asked afterwards, opens and closes it. */
  enclosed(write: () => void, blockAround: () => { readonly open: Fragment; readonly close: Fragment } | null): void {
    const from = this.lines.length;
    write();
    const block = blockAround();
    if (block === null) return;
    for (let i = from; i < this.lines.length; i++) {
      const line = this.lines[i];
      if (line !== undefined) line.depth++;
    }
    this.lines.splice(from, 0, this.made(block.open));
    this.line(block.close);
  }

  /** Whether the line before leaves the function, so that nothing is reached behind it. */
  get hasReturned(): boolean {
    const last = this.lines.at(-1);
    return last !== undefined && last.depth === this.depth && last.text.startsWith("return ");
  }

  text(): string {
    return this.lines.map((line) => `${"  ".repeat(line.depth)}${line.text}`).join("\n");
  }
}
