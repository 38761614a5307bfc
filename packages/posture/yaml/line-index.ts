/** A place in a text. Both are 1-based; columns count UTF-16 code units, as editors and SARIF's default do. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Lines of a text: `\n`, `\r\n` and a lone `\r` end one. A byte order mark takes no column. */
export class LineIndex {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    if (text.startsWith("\uFEFF")) this.#starts[0] = 1;
    if (text.includes("\r")) {
      const breaks = /\r\n?|\n/gu;
      while (breaks.exec(text) !== null) this.#starts.push(breaks.lastIndex);
    } else {
      for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
    }
  }

  /** How many lines there are; a text that ends with a line break has an empty last one. */
  get count(): number {
    return this.#starts.length;
  }

  /** The line and column of an offset. */
  placeOf(offset: number): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(0, offset - (this.#starts[low] ?? 0)) + 1 };
  }

  /** The offset where a line starts; the end of the text for a line past the last. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  /** The text of a line without its line break. */
  lineAt(line: number): string {
    return this.text.slice(this.startOf(line), this.startOf(line + 1)).replace(/[\r\n]+$/u, "");
  }
}
