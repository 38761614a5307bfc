import { createInterface, type Interface } from "node:readline";
import { printable } from "@holdfast/report";

/** What a person says to the change of a file. */
export type Answer = "yes" | "no" | "all" | "quit";

const ANSWERS: Readonly<Record<string, Answer | "diff">> = {
  y: "yes",
  yes: "yes",
  n: "no",
  no: "no",
  "": "no",
  a: "all",
  all: "all",
  q: "quit",
  quit: "quit",
  d: "diff",
  diff: "diff",
};

/** Asks a person at a terminal. Close it when all is asked. */
export class Consent {
  readonly #lines: Interface;
  readonly #output: NodeJS.WritableStream;
  /** What was typed before it was asked for: a person may be quicker than a scan. */
  readonly #typed: string[] = [];
  #waiting: ((line: string | null) => void) | undefined;
  #isEnded = false;
  /** The person has had enough of choosing. */
  #leavesOpen = false;

  constructor(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
    this.#lines = createInterface({ input, output, terminal: false });
    this.#output = output;
    this.#lines.on("line", (line) => {
      if (this.#waiting === undefined) this.#typed.push(line);
      else this.#answer(line);
    });
    this.#lines.once("close", () => {
      this.#isEnded = true;
      this.#answer(null);
    });
  }

  /** Whether to change a file. `diff` is shown on request. The end of the input is a wish to quit. */
  async change(question: string, diff: () => string): Promise<Answer> {
    for (;;) {
      const said = await this.#ask(`${printable(question)} [y]es, [n]o, [a]ll, [d]iff, [q]uit: `);
      if (said === null) return "quit";
      const answer = ANSWERS[said.trim().toLowerCase()];
      if (answer === "diff") this.#output.write(diff());
      else if (answer !== undefined) return answer;
    }
  }

  /** What a person answers to a question; null where they leave it open, as they may do with all that follow. */
  async decide(question: readonly string[]): Promise<string | null> {
    if (this.#leavesOpen) return null;
    const said = await this.#ask(`${question.map(printable).join("\n  ")}\n  value, nothing to leave it, - to leave this and all others: `);
    if (said?.trim() === "-") this.#leavesOpen = true;
    return said === null || said.trim() === "" || this.#leavesOpen ? null : said.trim();
  }

  close(): void {
    this.#lines.close();
  }

  async #ask(question: string): Promise<string | null> {
    this.#output.write(question);
    const known = this.#typed.shift();
    if (known !== undefined || this.#isEnded) return known ?? null;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    this.#waiting = resolve;
    return promise;
  }

  #answer(line: string | null): void {
    this.#waiting?.(line);
    this.#waiting = undefined;
  }
}
