// The thread that uses the network while the one that evaluates waits for it: evaluation is synchronous, and Node's network is not.
import { lookup } from "node:dns/promises";
import { setTimeout } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { NetworkFailure, type NetworkReply, type NetworkRequest } from "../builtins/http/network.ts";
import { isAllowedHost } from "../builtins/http/allowed-hosts.ts";
import { exchange } from "./exchange.ts";
import type { Answer, Question, ThreadSettings } from "./thread-messages.ts";

const { port, signal, allow, responseBytes } = workerData as ThreadSettings;

/** Waits before a request is tried again: a tenth of a second, then twice as long each time. */
const firstPauseMs = 100;
const longestPauseMs = 10_000;

port.on("message", (question: Question) => void answer(question));

async function answer(question: Question): Promise<void> {
  port.postMessage(await answerTo(question));
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
}

async function answerTo(question: Question): Promise<Answer> {
  const { number } = question;
  try {
    if ("lookup" in question) return { number, addresses: await addressesOf(question.lookup) };
    return { number, reply: await sendWithin(question.send, question.timeoutMs) };
  } catch (error) {
    return { number, failure: failureOf(error) };
  }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (!isAllowedHost(allow, host, null)) throw new NetworkFailure("refused", `disallowed host: ${host}`);
  if (host === "") throw new NetworkFailure("failed", "lookup : no such host");
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** Sends a request, and again after a pause as often as it says, all within its time. */
async function sendWithin(request: NetworkRequest, timeoutMs: number): Promise<NetworkReply> {
  const timeout = AbortSignal.timeout(timeoutMs);
  for (let tries = 0; ; tries++) {
    try {
      return await exchange(request, { allow, responseBytes, signal: timeout });
    } catch (error) {
      if (timeout.aborted) throw new NetworkFailure("timeout", `request timed out after ${timeoutMs} ms`);
      if (tries >= request.retries || (error instanceof NetworkFailure && error.kind === "refused")) throw error;
      // A pause that the time ends is followed by a last attempt, which then says so.
      await setTimeout(Math.min(firstPauseMs * 2 ** tries, longestPauseMs), undefined, { signal: timeout }).catch(() => undefined);
    }
  }
}

function failureOf(error: unknown): { readonly kind: NetworkFailure["kind"]; readonly message: string } {
  if (error instanceof NetworkFailure) return { kind: error.kind, message: error.message };
  // Node collects the errors of all addresses of a host, and gives the collection no message.
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  return { kind: "failed", message: first instanceof Error ? first.message : String(first) };
}
