// A registry for tests, without the network: what it answers to a request, and how images and signatures get into it. Keys are made by the test.
import { createHash, sign, type KeyObject } from "node:crypto";

export interface TestReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who is asking has to show one of these. */
export type TestLogin = { readonly scheme: "token"; readonly user: string | null } | { readonly scheme: "basic"; readonly user: string };

const INDEX = "application/vnd.oci.image.index.v1+json";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const TOKEN = "a-token.for-tests";

function sha256(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

export function signature(key: KeyObject, data: string | Buffer): string {
  const algorithm = key.asymmetricKeyType === "ed25519" ? null : "sha256";
  return sign(algorithm, Buffer.from(data), key).toString("base64");
}

/** The payload of a simple signature of the image with a digest. */
export function payloadOf(digest: string): string {
  return JSON.stringify({
    critical: {
      identity: { "docker-reference": "" },
      image: { "docker-manifest-digest": digest },
      type: "cosign container image signature",
    },
    optional: null,
  });
}

/** The bundle of sigstore around a signed statement about an image. */
export function bundleOf(digest: string, key: KeyObject, predicateType = "https://sigstore.dev/cosign/sign/v1"): string {
  const type = "application/vnd.in-toto+json";
  const statement = JSON.stringify({
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ digest: { sha256: digest.slice("sha256:".length) } }],
    predicateType,
    predicate: {},
  });
  const signed = `DSSEv1 ${type.length} ${type} ${statement.length} ${statement}`;
  return JSON.stringify({
    mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
    dsseEnvelope: { payload: Buffer.from(statement).toString("base64"), payloadType: type, signatures: [{ sig: signature(key, signed) }] },
  });
}

/** A registry with repositories of manifests and blobs. */
export class TestRegistry {
  /** As `METHOD /path`, in the order they came. */
  readonly requests: string[] = [];
  /** What the registry wants to see; null for everybody. */
  login: TestLogin | null = null;
  /** Whether it knows the question for referrers (OCI 1.1), or keeps them under a tag. */
  knowsReferrers = true;
  readonly #manifests = new Map<string, string>();
  readonly #blobs = new Map<string, string>();
  readonly #referrers = new Map<string, object[]>();
  readonly host: string;

  constructor(host: string) {
    this.host = host;
  }

  /** Puts an image under a tag; returns its digest. */
  push(repository: string, tag: string): string {
    return this.pushManifest(
      repository,
      tag,
      JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [], annotations: { repository, tag } }),
    );
  }

  pushManifest(repository: string, tag: string, text: string): string {
    const digest = sha256(text);
    this.#manifests.set(`${repository}/${tag}`, text);
    this.#manifests.set(`${repository}/${digest}`, text);
    return digest;
  }

  pushBlob(repository: string, text: string): string {
    this.#blobs.set(`${repository}/${sha256(text)}`, text);
    return sha256(text);
  }

  /** A manifest with a simple signature in a layer, whose payload may be another than the image's own. */
  signatureManifest(repository: string, digest: string, key: KeyObject, payload: string = payloadOf(digest)): string {
    return JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      layers: [
        {
          mediaType: "application/vnd.dev.cosign.simplesigning.v1+json",
          digest: this.pushBlob(repository, payload),
          annotations: { "dev.cosignproject.cosign/signature": signature(key, payload) },
        },
      ],
    });
  }

  /** Signs an image as cosign does by default: under the tag made of its digest. */
  signTagged(repository: string, digest: string, key: KeyObject): void {
    this.pushManifest(repository, `${digest.replace(":", "-")}.sig`, this.signatureManifest(repository, digest, key));
  }

  /** Lets a manifest refer to an image. */
  refer(repository: string, digest: string, artifactType: string, manifest: string): void {
    const own = this.pushManifest(repository, `referrer-${this.#manifests.size}`, manifest);
    const key = `${repository}/${digest}`;
    this.#referrers.set(key, [...(this.#referrers.get(key) ?? []), { mediaType: MANIFEST, digest: own, artifactType }]);
    this.#manifests.set(`${repository}/${digest.replace(":", "-")}`, this.#index(key));
  }

  /** A bundle of sigstore that refers to an image. */
  referBundle(repository: string, digest: string, bundle: string): void {
    const type = "application/vnd.dev.sigstore.bundle.v0.3+json";
    this.refer(repository, digest, type, JSON.stringify({ layers: [{ mediaType: type, digest: this.pushBlob(repository, bundle) }] }));
  }

  /** The answer to a request; paths begin with a slash, names of headers are in small letters. */
  answer(method: string, path: string, headers: Readonly<Record<string, string>>): TestReply {
    this.requests.push(`${method} ${path}`);
    const url = new URL(path, "http://registry.test");
    if (url.pathname === "/token") return this.#token(url, headers);
    const refusal = this.#refusal(headers);
    if (refusal !== null) return refusal;
    const parts = /^\/v2\/(?<repository>.+)\/(?<kind>manifests|blobs|referrers)\/(?<name>[^/]+)$/u.exec(url.pathname)?.groups;
    const key = `${parts?.["repository"]}/${parts?.["name"]}`;
    if (parts?.["kind"] === "referrers") return this.knowsReferrers ? found(this.#index(key)) : missing;
    const text = (parts?.["kind"] === "blobs" ? this.#blobs : this.#manifests).get(key);
    return text === undefined ? missing : found(text);
  }

  #index(key: string): string {
    return JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: this.#referrers.get(key) ?? [] });
  }

  #token(url: URL, headers: Readonly<Record<string, string>>): TestReply {
    const user = this.login?.user ?? null;
    const wanted = user === null ? undefined : `Basic ${Buffer.from(user).toString("base64")}`;
    if (headers["authorization"] !== wanted || !/^repository:.+:pull$/u.test(url.searchParams.get("scope") ?? ""))
      return { status: 401, headers: {}, body: "" };
    return found(JSON.stringify({ token: TOKEN }));
  }

  #refusal(headers: Readonly<Record<string, string>>): TestReply | null {
    const { login } = this;
    if (login === null) return null;
    const basic = login.scheme === "basic";
    const wanted = basic ? `Basic ${Buffer.from(login.user).toString("base64")}` : `Bearer ${TOKEN}`;
    if (headers["authorization"] === wanted) return null;
    const challenge = basic ? 'Basic realm="test"' : `Bearer realm="http://${this.host}/token",service="test",scope="repository:any:pull"`;
    return { status: 401, headers: { "www-authenticate": challenge }, body: "" };
  }
}

const missing: TestReply = { status: 404, headers: {}, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };

function found(body: string): TestReply {
  return { status: 200, headers: { "content-type": "application/json" }, body };
}
