// Work that is over sooner is not announced.
const PATIENCE_MS = 500;
const INTERVAL_MS = 80;

/** One line on a terminal that says what is being done, shown once the work has taken half a second. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #enabled: boolean;
  // Not `performance`, which would be loaded for this alone.
  readonly #start: number = process.uptime() * 1000;
  #last = 0;
  #visible = false;

  constructor(stream: NodeJS.WriteStream, enabled: boolean) {
    this.#stream = stream;
    this.#enabled = enabled;
  }

  /** Shows a text in place of the one before. */
  show(text: string): void {
    const now = process.uptime() * 1000;
    if (!this.#enabled || now - this.#start < PATIENCE_MS || now - this.#last < INTERVAL_MS) return;
    this.#last = now;
    this.#visible = true;
    this.#stream.write(`\r\u001B[2K${text.slice(0, Math.max(10, (this.#stream.columns ?? 80) - 1))}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#visible) this.#stream.write("\r\u001B[2K");
    this.#visible = false;
  }
}
