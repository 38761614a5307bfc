// The network for an evaluation, from Node's: `@holdfast/rego/network`. Nothing in the engine imports this folder.
import { NetworkFailure, type Network, type NetworkReply, type NetworkRequest } from "../builtins/http/network.ts";
import type { AllowedHosts } from "../builtins/http/allowed-hosts.ts";
import { KeptReplies } from "./kept-replies.ts";
import { WaitingThread } from "./waiting-thread.ts";

export type { AllowedHosts } from "../builtins/http/allowed-hosts.ts";

export interface NetworkOptions {
  /**
   * The hosts that may be reached, by redirects too: `example.com` on any port, or `example.com:8443`. A name is allowed whatever address it stands for.
   * `any` is everything that this machine can reach, its own services included.
   */
  readonly allow: AllowedHosts;
  /** The most milliseconds for a request with all its redirects and attempts, whatever it asks for. Default: 30,000. */
  readonly timeoutMs?: number;
  /** The most bytes of a response's body, unpacked. Default: 16 MiB. */
  readonly responseBytes?: number;
  /** The most requests and look-ups, over all evaluations that share this network. Default: 1000. */
  readonly requests?: number;
  /** Reads a file with a certificate or a key that a request names. Without it such a request fails. What it throws is the reason. */
  readonly readFile?: (path: string) => string;
  /** The variables that requests may take certificates and keys from. Default: none. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A network that has been opened, and is to be closed when it isn't needed any more. It keeps no program alive. */
export interface OpenNetwork extends Network {
  close(): void;
}

const mebibyte = 1_048_576;

/**
 * Opens the network for evaluations: requests are made by a thread of their own, while the one that evaluates waits. Replies that rules ask to be kept
 * (`cache`, `force_cache`) are kept as long as it is open, up to 32 MiB.
 */
export function openNetwork(options: NetworkOptions): OpenNetwork {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const most = options.requests ?? 1000;
  const thread = new WaitingThread({ allow: options.allow, responseBytes: options.responseBytes ?? 16 * mebibyte });
  let requests = 0;
  const count = (): void => {
    if (requests >= most) throw new NetworkFailure("refused", `more than the ${most} requests that are allowed`);
    requests++;
  };
  return {
    replies: new KeptReplies(32 * mebibyte),
    now: () => Date.now(),
    send(request: NetworkRequest): NetworkReply {
      count();
      const ownMs = request.timeoutMs > 0 ? Math.min(request.timeoutMs, timeoutMs) : timeoutMs;
      const answer = thread.ask((number) => ({ number, send: request, timeoutMs: ownMs }), ownMs);
      if ("reply" in answer) return answer.reply;
      throw new TypeError("a request was answered with addresses");
    },
    lookup(host: string): readonly string[] {
      count();
      const answer = thread.ask((number) => ({ number, lookup: host }), timeoutMs);
      if ("addresses" in answer) return answer.addresses;
      throw new TypeError("a look-up was answered with a reply");
    },
    secret(source: "file" | "environment", name: string): string {
      const read = source === "file" ? options.readFile : (variable: string) => options.environment?.[variable];
      if (read === undefined) throw new NetworkFailure("refused", "requests may not name files here; give certificates and keys inline");
      try {
        const found = read(name);
        if (found !== undefined) return found;
      } catch (error) {
        throw new NetworkFailure("refused", error instanceof Error ? error.message : String(error));
      }
      throw new NetworkFailure("refused", `the variable ${JSON.stringify(name)} is not among those that requests may use`);
    },
    close: () => thread.close(),
  };
}
