import http from "node:http";
import https from "node:https";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { ChosenContext } from "./choose-context.ts";

const unzip = promisify(gunzip);

/** What a server answered. */
export interface Reply {
  readonly status: number;
  /** The parsed body; undefined where it is no JSON. */
  readonly body: unknown;
  /** Bytes of the body, unpacked. */
  readonly bytes: number;
  /** How long the server wants to be left alone; null where it does not say. */
  readonly waitMilliseconds: number | null;
}

/** That a server gave no answer. */
export class NoReply extends Error {
  /** Whether another try may succeed. */
  readonly again: boolean;
  /** Whether it took too long. */
  readonly slow: boolean;

  constructor(message: string, { again, slow }: { readonly again: boolean; readonly slow: boolean }, options?: ErrorOptions) {
    super(message, options);
    this.name = "NoReply";
    this.again = again;
    this.slow = slow;
  }
}

/** Of one answer, packed or not: hundreds of objects of the largest size that etcd takes. */
const LARGEST = 512 * 2 ** 20;

/** A plug-in may ask a person's browser or a provider; longer than it may itself take. */
const LONGEST_AUTHENTICATION = 65_000;

const NETWORK_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ENOTFOUND: "the host is not known",
  EAI_AGAIN: "the host's name could not be looked up",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the network",
  ETIMEDOUT: "the connection timed out",
};

/** Asks one API server, as the account of a context. */
export class ApiServer {
  readonly #context: ChosenContext;
  readonly #timeout: number;
  #agents = new Set<http.Agent>();
  #renewals = 0;

  /** `timeout` is how many milliseconds one request may take. */
  constructor(context: ChosenContext, timeout: number) {
    this.#context = context;
    this.#timeout = timeout;
  }

  /**
   * Sends a request. A credential that the server refuses may only have come to its end: where there may be a newer one, it is asked for, once. Throws `NoReply` where nothing comes back, whatever the
   * reason.
   */
  async request(method: "GET" | "POST", target: string, accept = "application/json", body?: object): Promise<Reply> {
    const begun = this.#renewals;
    const reply = await this.#send(method, target, accept, body);
    if (reply.status !== 401 || this.#context.renew === null) return reply;
    // Several requests may be refused at the same time: the first of them renews for all.
    if (this.#renewals === begun) {
      this.#renewals += 1;
      this.#context.renew();
    }
    return this.#send(method, target, accept, body);
  }

  async #send(method: "GET" | "POST", target: string, accept: string, body: object | undefined): Promise<Reply> {
    const options = await this.#authenticated();
    const signal = AbortSignal.timeout(this.#timeout);
    const headers: http.OutgoingHttpHeaders = {
      ...(options.headers as http.OutgoingHttpHeaders | undefined),
      accept,
      "accept-encoding": "gzip",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(this.#context.impersonatedGroups.length === 0 ? {} : { "impersonate-group": [...this.#context.impersonatedGroups] }),
    };
    try {
      const { status, received, raw } = await send(`${this.#context.server}${target}`, { ...options, method, headers, signal }, body);
      const plain = received["content-encoding"] === "gzip" ? await unzip(raw, { maxOutputLength: LARGEST }) : raw;
      return { status, body: parsed(plain), bytes: plain.length, waitMilliseconds: retryAfter(received["retry-after"]) };
    } catch (error) {
      throw this.#noReply(error, signal);
    }
  }

  /** Lets go of the connections. */
  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  /** Certificates, headers and the way to the server, by the kubeconfig's own means: a plug-in may run, a token be renewed. */
  async #authenticated(): Promise<https.RequestOptions> {
    const signal = AbortSignal.timeout(LONGEST_AUTHENTICATION);
    const options: https.RequestOptions = {};
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => reject(new NoReply("authentication took too long", { again: false, slow: false }));
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      await Promise.race([this.#context.client.applyToHTTPSOptions(options), tooLate]);
    } catch (error) {
      if (error instanceof NoReply) throw error;
      const reason = error instanceof Error ? error.message.trim() : String(error);
      throw new NoReply(
        `authentication failed: ${reason === "" ? "the plug-in said nothing" : reason}`,
        { again: false, slow: false },
        { cause: error },
      );
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
    const { agent } = options;
    if (agent instanceof http.Agent && !this.#agents.has(agent)) {
      // The library's agents close each connection after a request; a new one costs more than most answers.
      Object.assign(agent, { keepAlive: true });
      this.#agents.add(agent);
    }
    return options;
  }

  #noReply(error: unknown, signal: AbortSignal): NoReply {
    if (error instanceof NoReply) return error;
    if (signal.aborted)
      return new NoReply(`no whole answer within ${this.#timeout / 1000} s`, { again: true, slow: true }, { cause: error });
    const { code = "", message } = error as NodeJS.ErrnoException;
    const known = NETWORK_FAULTS[code];
    if (known !== undefined) return new NoReply(`${known} (${code})`, { again: true, slow: false }, { cause: error });
    if (code === "ERR_BUFFER_TOO_LARGE") return new NoReply("the answer is too large", { again: true, slow: true }, { cause: error });
    // What speaks against a certificate will not change.
    const certificate = /CERT|SSL|TLS|SIGNATURE/u.test(code) && !code.startsWith("HPE");
    const reason = code === "" || message.includes(code) ? message : `${message} (${code})`;
    return new NoReply(reason, { again: !certificate, slow: false }, { cause: error });
  }
}

interface Received {
  readonly status: number;
  readonly received: http.IncomingHttpHeaders;
  readonly raw: Buffer;
}

async function send(url: string, options: https.RequestOptions, body: object | undefined): Promise<Received> {
  const { promise, resolve, reject } = Promise.withResolvers<Received>();
  const request = (url.startsWith("http:") ? http : https).request(url, options, (response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST) request.destroy(Object.assign(new Error("the answer is too large"), { code: "ERR_BUFFER_TOO_LARGE" }));
      else chunks.push(chunk);
    });
    response.on("error", reject);
    response.on("end", () => {
      if (response.complete) resolve({ status: response.statusCode ?? 0, received: response.headers, raw: Buffer.concat(chunks) });
      else reject(Object.assign(new Error("the connection was cut"), { code: "ECONNRESET" }));
    });
  });
  request.on("error", reject);
  request.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Seconds, as API servers say it; dates are not used by them. */
function retryAfter(value: string | undefined): number | null {
  const seconds = Number(value ?? "");
  return value !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
