import type { Span } from "../1-parse/ast.ts";
import { positionAt } from "../diagnostics/line-table.ts";
import type { Fragment } from "./fragment.ts";

/** Where a line of code comes from. */
export interface Origin {
  readonly file: string;
  readonly source: string;
  readonly offset: number;
}

export interface CodeLine {
  readonly depth: number;
  readonly text: string;
  readonly origin: Origin | null;
}

/** Collects lines of code with their indentation and origin. */
export class CodeWriter {
  readonly lines: CodeLine[] = [];
  private depth = 0;
  private place: { readonly file: string; readonly source: string } = { file: "", source: "" };
  private offset = -1;

  /** The Rego source that the next lines come from. */
  setSource(place: { readonly file: string; readonly source: string }): void {
    this.place = place;
  }

  /** File and line of a span of the present source. */
  placeAt(span: Span): { readonly file: string; readonly line: number } {
    return { file: this.place.file, line: positionAt(this.place.source, span.start).line };
  }

  at(span: Span): void {
    this.offset = span.start;
  }

  line(code: Fragment): void {
    const origin = this.offset < 0 ? null : { file: this.place.file, source: this.place.source, offset: this.offset };
    this.lines.push({ depth: this.depth, text: code, origin });
  }

  /** A line that opens a block, the block, and the line that closes it. */
  block(open: Fragment, close: Fragment, write: () => void): void {
    this.line(open);
    this.depth++;
    write();
    this.depth--;
    this.line(close);
  }

  /** Writes something elsewhere first, so that what surrounds it can depend on it. */
  aside(write: () => void): readonly CodeLine[] {
    const from = this.lines.length;
    write();
    return this.lines.splice(from);
  }

  /** Adds lines that were written aside, one level deeper if asked for. */
  append(lines: readonly CodeLine[], deeper: number): void {
    for (const line of lines) this.lines.push(deeper === 0 ? line : { ...line, depth: line.depth + deeper });
  }

  text(): string {
    return this.lines.map((line) => `${"  ".repeat(line.depth)}${line.text}`).join("\n");
  }
}
