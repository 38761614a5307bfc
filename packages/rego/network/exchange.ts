// One exchange over HTTP, with what a browser would do by itself: redirects and unpacking.
import http from "node:http";
import https from "node:https";
import tls from "node:tls";
import { createGunzip } from "node:zlib";
import { NetworkFailure, type NetworkReply, type NetworkRequest, type TlsSettings } from "../builtins/http/network.ts";
import { isAllowedHost, portOf, type AllowedHosts } from "../builtins/http/allowed-hosts.ts";

export interface ExchangeLimits {
  readonly allow: AllowedHosts;
  readonly responseBytes: number;
  /** Ends the exchange when its time is over. */
  readonly signal: AbortSignal;
}

const mostRedirects = 10;
/** What says who is asking: not passed on to another host. */
const personal: ReadonlySet<string> = new Set(["authorization", "cookie", "cookie2", "www-authenticate"]);

type Hop = Pick<NetworkRequest, "method" | "headers" | "body"> & { readonly url: URL };

/** Sends a request, and those it is redirected to, and collects the reply. Throws a NetworkFailure. */
export async function exchange(request: NetworkRequest, limits: ExchangeLimits): Promise<NetworkReply> {
  let hop: Hop = { ...request, url: parsedUrl(request.url) };
  for (let redirects = 0; ; redirects++) {
    const message = await ask(hop, request, limits);
    const next = request.followRedirects ? nextHop(hop, message) : null;
    if (next === null) {
      const body = await bodyOf(message, hop.method, limits.responseBytes);
      return {
        status: `${message.statusCode} ${message.statusMessage}`.trim(),
        statusCode: message.statusCode ?? 0,
        headers: headersOf(message),
        body,
      };
    }
    message.destroy();
    if (redirects === mostRedirects) throw new NetworkFailure("failed", `stopped after ${mostRedirects} redirects`);
    hop = next;
  }
}

function parsedUrl(text: string): URL {
  const scheme = /^(?<scheme>[a-z][a-z0-9+.-]*):/iu.exec(text)?.groups?.["scheme"]?.toLowerCase() ?? "";
  if (scheme !== "http" && scheme !== "https") throw new NetworkFailure("failed", `unsupported protocol scheme "${scheme}"`);
  if (!URL.canParse(text)) throw new NetworkFailure("refused", `the request's url is no URL`);
  return new URL(text);
}

function ask(hop: Hop, { tls: settings, onlyHosts }: NetworkRequest, { allow, signal }: ExchangeLimits): Promise<http.IncomingMessage> {
  const { url } = hop;
  const both: readonly AllowedHosts[] = [allow, onlyHosts ?? "any"];
  const allowed = both.every((hosts) => isAllowedHost(hosts, url.hostname, portOf(url)));
  if (!allowed) throw new NetworkFailure("refused", `disallowed host: ${url.host}`);
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const options = { method: hop.method, headers: sentHeaders(hop), signal, agent: false } as const;
  const sent = url.protocol === "https:" ? https.request(url, { ...options, ...tlsOptions(settings) }) : http.request(url, options);
  sent.on("response", resolve);
  sent.on("error", reject);
  // A switch of protocols can't be followed; without a listener Node would drop the connection without a word.
  sent.on("upgrade", (_, socket) => {
    socket.destroy();
    reject(new NetworkFailure("failed", "the server wants another protocol"));
  });
  sent.end(hop.body ?? undefined);
  return promise;
}

function sentHeaders({ headers, body, method }: Hop): Readonly<Record<string, string>> {
  const given = Object.fromEntries(headers);
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return {
    ...(names.has("user-agent") ? {} : { "User-Agent": "holdfast-rego" }),
    ...(names.has("accept-encoding") ? {} : { "Accept-Encoding": "gzip" }),
    ...(body !== null && !names.has("content-length") && method !== "POST" ? { "Content-Length": String(Buffer.byteLength(body)) } : {}),
    ...given,
  };
}

function tlsOptions(settings: TlsSettings): https.RequestOptions {
  const machine = settings.systemAuthorities ? [...tls.getCACertificates("default"), ...tls.getCACertificates("system")] : [];
  return {
    rejectUnauthorized: settings.verify,
    ca: [...machine, ...settings.authorities],
    ...(settings.serverName === null ? {} : { servername: settings.serverName }),
    ...(settings.client === null ? {} : { cert: settings.client.certificate, key: settings.client.key }),
  };
}

/** The request that a reply redirects to, as Go's client makes it; null if it redirects to none. */
function nextHop(hop: Hop, { statusCode = 0, headers }: http.IncomingMessage): Hop | null {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return null;
  if (!URL.canParse(location, hop.url.href)) throw new NetworkFailure("failed", "the server redirects to what is no URL");
  const url = new URL(location, hop.url);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new NetworkFailure("failed", `unsupported protocol scheme "${url.protocol.slice(0, -1)}"`);
  }
  const passed = passedOn(hop, url);
  if (statusCode >= 307) return { url, method: hop.method, headers: passed, body: hop.body };
  const method = hop.method === "GET" || hop.method === "HEAD" ? hop.method : "GET";
  return { url, method, headers: passed.filter(([name]) => !name.toLowerCase().startsWith("content-")), body: null };
}

/** The headers that go with a redirected request: nothing personal to another host, and where it comes from. */
function passedOn(hop: Hop, to: URL): Hop["headers"] {
  const sameHost = to.hostname === hop.url.hostname || to.hostname.endsWith(`.${hop.url.hostname}`);
  const kept = hop.headers.filter(([name]) => name.toLowerCase() !== "host" && (sameHost || !personal.has(name.toLowerCase())));
  if (hop.url.protocol === "https:" && to.protocol === "http:") return kept;
  const from = new URL(hop.url);
  from.username = from.password = from.hash = "";
  return [...kept.filter(([name]) => name !== "Referer"), ["Referer", from.href]];
}

function isPacked(message: http.IncomingMessage): boolean {
  return message.headers["content-encoding"]?.toLowerCase() === "gzip";
}

/** The headers of a reply; those that speak of its way over the wire are gone with that. */
function headersOf(message: http.IncomingMessage): NetworkReply["headers"] {
  const gone = new Set(["transfer-encoding", ...(isPacked(message) ? ["content-encoding", "content-length"] : [])]);
  return Object.fromEntries(
    Object.entries(message.headersDistinct).flatMap(([name, values]) => (values === undefined || gone.has(name) ? [] : [[name, values]])),
  );
}

async function bodyOf(message: http.IncomingMessage, method: string, most: number): Promise<string> {
  const empty = method === "HEAD" || message.statusCode === 204 || message.statusCode === 304;
  const stream = isPacked(message) && !empty ? message.pipe(createGunzip()) : message;
  if (stream !== message) message.on("error", (error) => stream.destroy(error));
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) {
      message.destroy();
      throw new NetworkFailure("refused", `the response has more than the ${most} bytes that are allowed`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
