import { createHash } from "node:crypto";
import { NetworkFailure, type Network, type NetworkReply, type NetworkRequest } from "@holdfast/rego";
import type { ImageReference } from "./image-reference.ts";
import type { RegistryCredential, RegistryCredentials } from "./registry-credentials.ts";

/** Thrown where a registry gives no answer that can be used. The message is for people. */
export class RegistryFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RegistryFailure";
  }
}

/** What a registry has under a name; null where it has nothing. */
export interface RegistryContent {
  readonly text: string;
  /** Of the text's bytes, by SHA-256 or by the algorithm of the digest that was asked for. */
  readonly digest: string;
  /** The address of the next page of a list; null where there is none. */
  readonly next: string | null;
}

const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** For one request. */
const REQUEST_MS = 10_000;
/** For all requests of a scan, from the first. */
const ALL_MS = 300_000;
const MOST_REDIRECTS = 5;

type Headers = NetworkRequest["headers"];

/** The registry runs on this machine, where HTTP is enough. */
function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/u.test(host);
}

/** The parts of a `WWW-Authenticate: Bearer realm="…",service="…",scope="…"`; null for another scheme. */
function bearerChallenge(header: string): Readonly<Record<string, string>> | null {
  const parameters = /^bearer\s+(?<rest>.*)$/iu.exec(header)?.groups?.["rest"];
  if (parameters === undefined) return null;
  return Object.fromEntries(Array.from(parameters.matchAll(/([a-zA-Z_]+)="([^"]*)"/gu), ([, name, value]) => [name?.toLowerCase(), value]));
}

function digestOf(text: string, algorithm: string): string {
  return `${algorithm}:${createHash(algorithm).update(text, "utf8").digest("hex")}`;
}

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}

/**
 * Asks registries by the distribution API of OCI (https://github.com/opencontainers/distribution-spec/blob/main/spec.md), and logs in where they want it: anonymously or with the
 * user's credential, by a token (https://distribution.github.io/distribution/spec/auth/token/) or by name and password. HTTPS only, but for registries on this machine.
 */
export class RegistryClient {
  readonly #network: Network;
  readonly #credentials: RegistryCredentials;
  /** The `Authorization` of each repository that wanted one. */
  readonly #authorizations = new Map<string, string>();
  /** Why registries can't be reached: they are not waited for again. */
  readonly #unreachable = new Map<string, string>();
  #end: number | null = null;

  constructor(network: Network, credentials: RegistryCredentials) {
    this.#network = network;
    this.#credentials = credentials;
  }

  /** A manifest by tag or digest; null where the repository has none. Throws a `RegistryFailure`. */
  manifest(image: ImageReference, name: string): RegistryContent | null {
    return this.#content(image, `manifests/${name}`, MANIFESTS, name);
  }

  /** A blob by its digest, as UTF-8. Throws a `RegistryFailure`. */
  blob(image: ImageReference, digest: string): RegistryContent | null {
    return this.#content(image, `blobs/${digest}`, "*/*", digest);
  }

  /** The index of what refers to a manifest, or its next page; null where the registry does not know the question. Throws a `RegistryFailure`. */
  referrers(image: ImageReference, digest: string, page: string | null): RegistryContent | null {
    return this.#content(image, page ?? `referrers/${digest}`, "application/vnd.oci.image.index.v1+json", "");
  }

  #content(image: ImageReference, path: string, accept: string, name: string): RegistryContent | null {
    const base = `${isLoopback(image.registry) ? "http" : "https"}://${image.registry}/v2/${image.repository}/`;
    const url = new URL(path, base);
    if (url.host !== new URL(base).host) throw new RegistryFailure(`${image.registry} refers to another registry, ${url.host}`);
    const reply = this.#authorized(image, url.href, accept);
    if (reply.statusCode === 404) return null;
    if (reply.statusCode !== 200) throw new RegistryFailure(`${image.registry} answers ${reply.status}`);
    const asked = /^(?<algorithm>sha256|sha512):/u.exec(name)?.groups?.["algorithm"];
    const digest = digestOf(reply.body, asked ?? "sha256");
    if (asked !== undefined && digest !== name) throw new RegistryFailure(`${image.registry} answers with something else than ${name}`);
    const next = /<(?<page>[^>]+)>\s*;\s*rel="?next"?/u.exec(reply.headers["link"]?.join(", ") ?? "")?.groups?.["page"];
    return { text: reply.body, digest, next: next === undefined ? null : new URL(next, url).href };
  }

  #authorized(image: ImageReference, url: string, accept: string): NetworkReply {
    const { registry, repository } = image;
    const key = `${registry}/${repository}`;
    const known = this.#authorizations.get(key);
    const headers = (authorization: string | undefined): Headers => [
      ["Accept", accept],
      ...(authorization === undefined ? [] : [["Authorization", authorization] as const]),
    ];
    const first = this.#follow(registry, url, headers(known));
    if (first.statusCode !== 401 && first.statusCode !== 403) return first;
    const credential = this.#credentials(registry, repository);
    // A token that was good may have run out: another is asked for, once.
    const authorization = first.statusCode === 401 ? this.#logIn(image, first, credential) : null;
    if (authorization === null) throw refused(registry, first.status, credential);
    const second = this.#follow(registry, url, headers(authorization));
    if (second.statusCode === 401 || second.statusCode === 403) throw refused(registry, second.status, credential);
    this.#authorizations.set(key, authorization);
    return second;
  }

  /** The `Authorization` that a registry's challenge asks for; null where there is no credential for it. */
  #logIn({ registry, repository }: ImageReference, reply: NetworkReply, credential: RegistryCredential | null): string | null {
    const challenges = reply.headers["www-authenticate"] ?? [];
    const bearer = challenges.map(bearerChallenge).find((one) => one !== null);
    if (bearer === undefined || bearer === null) {
      return challenges.some((one) => /^basic\b/iu.test(one)) && credential !== null && "username" in credential ? basic(credential) : null;
    }
    const realm = bearer["realm"] ?? "";
    if (!URL.canParse(realm)) throw new RegistryFailure(`${registry} wants a token and names no place to get it`);
    const url = new URL(realm);
    if (url.protocol !== "https:" && !(isLoopback(registry) && isLoopback(url.host)))
      throw new RegistryFailure(`${registry} wants a token from ${url.host} without HTTPS`);
    const scope = `repository:${repository}:pull`;
    const service = bearer["service"] ?? "";
    const answer =
      credential !== null && "identityToken" in credential
        ? this.#send(registry, {
            method: "POST",
            url: url.href,
            headers: [["Content-Type", "application/x-www-form-urlencoded"]],
            body: new URLSearchParams({
              grant_type: "refresh_token",
              service,
              scope,
              client_id: "holdfast",
              refresh_token: credential.identityToken,
            }).toString(),
          })
        : this.#send(registry, {
            method: "GET",
            url: withQuery(url, { ...(service === "" ? {} : { service }), scope }),
            headers: credential !== null && "username" in credential ? [["Authorization", basic(credential)]] : [],
            body: null,
          });
    if (answer.statusCode === 401 || answer.statusCode === 403) throw refused(registry, answer.status, credential);
    if (answer.statusCode !== 200) throw new RegistryFailure(`${url.host} gives no token for ${registry}: ${answer.status}`);
    return `Bearer ${tokenOf(answer.body, registry)}`;
  }

  /** Sends a GET and those it is redirected to. What says who asks stays with the registry, and HTTPS is not left. */
  #follow(registry: string, url: string, headers: Headers): NetworkReply {
    let place = new URL(url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const own = place.origin === new URL(url).origin;
      const sent = own ? headers : headers.filter(([name]) => name !== "Authorization");
      const reply = this.#send(registry, { method: "GET", url: place.href, headers: sent, body: null });
      const location = reply.headers["location"]?.[0];
      if (![301, 302, 303, 307, 308].includes(reply.statusCode) || location === undefined) return reply;
      if (!URL.canParse(location, place.href)) throw new RegistryFailure(`${registry} redirects to what is no URL`);
      const next = new URL(location, place);
      if (next.protocol !== "https:" && !(isLoopback(registry) && isLoopback(next.host)))
        throw new RegistryFailure(`${registry} redirects to ${next.host} without HTTPS`);
      place = next;
    }
    throw new RegistryFailure(`${registry} redirects more than ${MOST_REDIRECTS} times`);
  }

  #send(registry: string, request: Pick<NetworkRequest, "method" | "url" | "headers" | "body">): NetworkReply {
    const { host } = new URL(request.url);
    const known = this.#unreachable.get(host);
    if (known !== undefined) throw new RegistryFailure(known);
    this.#end ??= this.#network.now() + ALL_MS;
    const left = this.#end - this.#network.now();
    if (left <= 0) throw new RegistryFailure(`the ${ALL_MS / 1000} seconds that registries are asked for are over`);
    try {
      return this.#network.send({
        ...request,
        headers: [...request.headers, ["User-Agent", "holdfast"]],
        timeoutMs: Math.min(REQUEST_MS, left),
        followRedirects: false,
        retries: 0,
        tls: { verify: true, serverName: null, authorities: [], systemAuthorities: true, client: null },
        onlyHosts: null,
      });
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      const by = host === registry ? host : `${host} (for ${registry})`;
      const failure = `${by} can't be asked: ${error.message}`;
      // A limit of ours says nothing about the registry.
      if (error.kind !== "refused") this.#unreachable.set(host, failure);
      throw new RegistryFailure(failure);
    }
  }
}

function withQuery(url: URL, parameters: Readonly<Record<string, string>>): string {
  const full = new URL(url);
  for (const [name, value] of Object.entries(parameters)) full.searchParams.set(name, value);
  return full.href;
}

function tokenOf(body: string, registry: string): string {
  try {
    const answer = JSON.parse(body) as { readonly token?: unknown; readonly access_token?: unknown } | null;
    const token = answer?.token ?? answer?.access_token;
    // A token of other characters could not be sent.
    if (typeof token === "string" && /^[\x21-\x7e]+$/u.test(token)) return token;
  } catch {
    // Reported below, like an answer without a token.
  }
  throw new RegistryFailure(`${registry} wants a token, and gets none that can be used`);
}

function refused(registry: string, status: string, credential: RegistryCredential | null): RegistryFailure {
  const login =
    credential === null
      ? "there is no login for it in the Docker configuration"
      : "helper" in credential
        ? `its login is kept by the credential helper ${credential.helper}, which Holdfast does not run`
        : "the login in the Docker configuration is not enough";
  return new RegistryFailure(`${registry} refuses access (${status}): ${login}`);
}
