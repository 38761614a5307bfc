import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import { NetworkFailure } from "../builtins/http/network.ts";
import type { Answer, Question, ThreadSettings } from "./thread-messages.ts";

/** How long after a request's own time is over the thread may take to say so. On a busy machine it needs a while to start. */
const graceMs = 10_000;

/** Node runs the source; a bundle has the thread as a file beside its own. */
const thread: URL = new URL(import.meta.url.endsWith(".ts") ? "./network-thread.ts" : "./network-thread.js", import.meta.url);

interface Running {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly signal: Int32Array<SharedArrayBuffer>;
}

/** Asks a thread and waits, blocking the one that asks. The thread starts with the first question, and keeps no program alive. */
export class WaitingThread {
  private readonly settings: Pick<ThreadSettings, "allow" | "responseBytes">;
  private running: Running | null = null;
  private asked = 0;

  constructor(settings: Pick<ThreadSettings, "allow" | "responseBytes">) {
    this.settings = settings;
  }

  /** The answer to a question, which has so many milliseconds. Throws a NetworkFailure if there is none, or if it is a failure. */
  ask(question: (number: number) => Question, timeoutMs: number): Exclude<Answer, { failure: unknown }> {
    this.running ??= start(this.settings);
    const { port, signal } = this.running;
    const number = ++this.asked;
    const end = performance.now() + timeoutMs + graceMs;
    let seen = Atomics.load(signal, 0);
    port.postMessage(question(number));
    for (;;) {
      const left = end - performance.now();
      if (left <= 0 || Atomics.wait(signal, 0, seen, left) === "timed-out") break;
      seen = Atomics.load(signal, 0);
      for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
        const answer = got.message as Answer;
        if (answer.number !== number) continue;
        if ("failure" in answer) throw new NetworkFailure(answer.failure.kind, answer.failure.message);
        return answer;
      }
    }
    this.close();
    throw new NetworkFailure("timeout", `no answer within ${timeoutMs} ms`);
  }

  /** Ends the thread. The next question starts another. */
  close(): void {
    const { running } = this;
    this.running = null;
    if (running === null) return;
    running.port.close();
    void running.worker.terminate();
  }
}

function start(settings: Pick<ThreadSettings, "allow" | "responseBytes">): Running {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const workerData: ThreadSettings = { ...settings, signal, port: port2 };
  const worker = new Worker(thread, { workerData, transferList: [port2], execArgv: [] });
  // A thread that ends by a fault answers nothing, which who waits notices by the time; it must not end the program.
  worker.on("error", () => undefined);
  worker.unref();
  port1.unref();
  return { worker, port: port1, signal };
}
