// Loaded only where --submit is given.
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";

/** How often a result is sent at most, and how long the pauses between are, in ms. */
const PAUSES_MS = [500, 2000, 5000] as const;
const TIMEOUT_MS = 30_000;
/** No server makes a scan wait longer, in ms. */
const LONGEST_PAUSE_MS = 30_000;

/** What is sent, and how. */
export interface Submission {
  readonly url: URL;
  readonly body: Uint8Array;
  /** `application/json`, or `application/octet-stream` where the body is encrypted. */
  readonly type: string;
  readonly token: string | undefined;
  /** Names the program and its version. */
  readonly agent: string;
}

function isLoopback(url: URL): boolean {
  return url.hostname === "localhost" || url.hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/u.test(url.hostname);
}

/** What a failed request says, in short. */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return `there was no answer in ${TIMEOUT_MS / 1000} s`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

/** How long a server asks to wait, in ms; undefined where it does not say. */
function askedPause(response: Response): number | undefined {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return seconds >= 0 ? Math.min(seconds * 1000, LONGEST_PAUSE_MS) : undefined;
}

/** Sends a result once. Gives null where it was taken; else why not, and whether it is worth another try. */
async function send({
  url,
  body,
  type,
  token,
  agent,
}: Submission): Promise<{ readonly why: string; readonly again: boolean; readonly pause?: number } | null> {
  const headers = {
    "content-type": type,
    "content-encoding": "gzip",
    // A server that took it but could not say so knows it again.
    "idempotency-key": createHash("sha256").update(body).digest("hex"),
    "user-agent": agent,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers,
      body: gzipSync(body),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
  } catch (error) {
    return { why: reasonOf(error), again: true };
  }
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return { why: `it answers ${status}, which sends elsewhere: name that address`, again: false };
  const asked = askedPause(response);
  const again = status === 429 || status === 408 || status >= 500;
  return { why: `it answers ${status}`, again, ...(asked === undefined ? {} : { pause: asked }) };
}

/** Sends a result, a few times where that may help. Gives null where it was taken, else why not. A token is sent over TLS or to this machine only. */
export async function submitResult(submission: Submission): Promise<string | null> {
  const { url, token } = submission;
  if (token !== undefined && url.protocol !== "https:" && !isLoopback(url)) return "a token is not sent without TLS: use https";
  for (let turn = 0; ; turn++) {
    const failure = await send(submission);
    if (failure === null) return null;
    const wait = PAUSES_MS[turn];
    if (!failure.again || wait === undefined) return turn === 0 ? failure.why : `${failure.why}, after ${turn + 1} tries`;
    await pause(failure.pause ?? wait);
  }
}
