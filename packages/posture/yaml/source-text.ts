import { LineIndex } from "./line-index.ts";

/** The text of an input file, with its lines. */
export class SourceText {
  /** How people call the file: relative, with `/`; `-` for standard input. */
  readonly file: string;
  readonly text: string;
  #lines: LineIndex | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  get lines(): LineIndex {
    this.#lines ??= new LineIndex(this.text);
    return this.#lines;
  }
}
