import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync, closeSync, readFileSync } from "node:fs";

/** Ends the program when standard input ends, which it does however this process comes to its end; and ends with the program. */
const GUARD = `exec 3<&0; "$@" 3<&- </dev/null & program=$!; cat <&3 >/dev/null & wait -n; kill -9 "$program" 2>/dev/null; wait "$program"; kill %2 2>/dev/null`;

/** A program that runs beside the tests and never outlives them. */
export class GuardedProcess {
  readonly #name: string;
  readonly #log: string;
  readonly #guard: ChildProcess;
  readonly #closed: Promise<unknown>;

  constructor(name: string, command: readonly string[], log: string) {
    this.#name = name;
    this.#log = log;
    const output = openSync(log, "w");
    this.#guard = spawn("bash", ["-c", GUARD, name, ...command], { stdio: ["pipe", output, output] });
    closeSync(output);
    this.#closed = once(this.#guard, "close");
    this.#guard.stdin?.on("error", () => {});
  }

  /** Waits until `ready` says yes. Throws with the end of the log where the program ended or took longer than a minute. */
  async until(ready: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + 60_000;
    while (!(await ready())) {
      if (this.#guard.exitCode !== null || performance.now() > end) {
        const text = readFileSync(this.#log, "utf8").split("\n").slice(-15).join("\n");
        throw new Error(`${this.#name} did not start:\n${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Ends the program, and waits until it is gone. */
  async stop(): Promise<void> {
    this.#guard.stdin?.end();
    await this.#closed;
  }
}
