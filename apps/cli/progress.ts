import type { CommandContext } from "./commands/define.ts";

// Work that is over sooner is not announced.
const PATIENCE_MS = 500;
const INTERVAL_MS = 80;

/** One line on a terminal that says what is being done, shown once the work has taken half a second. */
export class Progress {
  readonly #context: Pick<CommandContext, "stderr">;
  readonly #enabled: boolean;
  // Not `performance`, which would be loaded for this alone.
  readonly #start: number = process.uptime() * 1000;
  #last = 0;
  #visible = false;

  constructor(context: Pick<CommandContext, "stderr">, enabled: boolean) {
    this.#context = context;
    this.#enabled = enabled;
  }

  /** Shows a text in place of the one before. */
  show(text: string): void {
    const now = process.uptime() * 1000;
    if (!this.#enabled || now - this.#start < PATIENCE_MS || now - this.#last < INTERVAL_MS) return;
    this.#last = now;
    this.#visible = true;
    const { stderr } = this.#context;
    stderr.write(`\r\u001B[2K${text.slice(0, Math.max(10, (stderr.columns ?? 80) - 1))}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#visible) this.#context.stderr.write("\r\u001B[2K");
    this.#visible = false;
  }
}
