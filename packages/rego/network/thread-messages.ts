import type { MessagePort } from "node:worker_threads";
import type { NetworkFailureKind, NetworkReply, NetworkRequest } from "../builtins/http/network.ts";
import type { AllowedHosts } from "../builtins/http/allowed-hosts.ts";

/** What the thread is given when it starts. */
export interface ThreadSettings {
  /** Questions come in here, and answers go out. */
  readonly port: MessagePort;
  /** Counts the answers; who asked waits for it to change. */
  readonly signal: Int32Array<SharedArrayBuffer>;
  readonly allow: AllowedHosts;
  /** The most bytes that a reply's body may have, unpacked. */
  readonly responseBytes: number;
}

/** What the thread is asked. Numbers let an answer be told from a late one to an earlier question. */
export type Question =
  | { readonly number: number; readonly send: NetworkRequest; readonly timeoutMs: number }
  | { readonly number: number; readonly lookup: string };

export type Answer =
  | { readonly number: number; readonly reply: NetworkReply }
  | { readonly number: number; readonly addresses: readonly string[] }
  | { readonly number: number; readonly failure: { readonly kind: NetworkFailureKind; readonly message: string } };
