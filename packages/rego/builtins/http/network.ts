// What the engine knows of a network: an interface. It opens none itself; whoever evaluates passes one in, or none.

/** A request as it goes over the wire. */
export interface NetworkRequest {
  /** In capitals. */
  readonly method: string;
  readonly url: string;
  /** Names as they were written, with one value each. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | null;
  /** The time for the request and all its redirects, in milliseconds; zero leaves it to the network's own limit. */
  readonly timeoutMs: number;
  readonly followRedirects: boolean;
  /** How often a request is tried again for which there was no response. */
  readonly retries: number;
  readonly tls: TlsSettings;
  /** The only hosts that the request and its redirects may reach, of those that the network allows; null for all of these. */
  readonly onlyHosts: readonly string[] | null;
}

/** How a server with HTTPS is recognised, and what it recognises its client by. Certificates and keys are PEM. */
export interface TlsSettings {
  /** False believes any server. */
  readonly verify: boolean;
  /** Whom to take the server for, instead of the host in the URL. */
  readonly serverName: string | null;
  /** Authorities to trust. */
  readonly authorities: readonly string[];
  /** Whether the authorities that the machine trusts are trusted as well. */
  readonly systemAuthorities: boolean;
  readonly client: { readonly certificate: string; readonly key: string } | null;
}

export interface NetworkReply {
  /** Such as `200 OK`. */
  readonly status: string;
  readonly statusCode: number;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The body as UTF-8; bytes that are none are U+FFFD. */
  readonly body: string;
}

/** A reply that is kept for later evaluations. Times are milliseconds since 1970. */
export interface KeptReply {
  readonly reply: NetworkReply;
  readonly freshUntil: number;
}

/**
 * Why a request has no reply: it was `refused` before it left the machine (a host that isn't allowed, a limit, a file that can't be read), it was not
 * answered in time (`timeout`), or the network `failed`.
 */
export type NetworkFailureKind = "refused" | "timeout" | "failed";

/** Thrown by a network. The message is for people, without the URL. */
export class NetworkFailure extends Error {
  readonly kind: NetworkFailureKind;

  constructor(kind: NetworkFailureKind, message: string) {
    super(message);
    this.name = "NetworkFailure";
    this.kind = kind;
  }
}

/** The network that an evaluation may use. All calls wait for their answer, and throw a NetworkFailure where there is none. */
export interface Network {
  send(request: NetworkRequest): NetworkReply;
  /** The addresses of a host. */
  lookup(host: string): readonly string[];
  /** The contents of a file that a request names, or of a variable of the environment: certificates and keys. */
  secret(source: "file" | "environment", name: string): string;
  /** Replies kept between evaluations, for `cache` and `force_cache`. */
  readonly replies: { get(key: string): KeptReply | undefined; set(key: string, kept: KeptReply): void };
  /** Milliseconds since 1970. */
  now(): number;
}
