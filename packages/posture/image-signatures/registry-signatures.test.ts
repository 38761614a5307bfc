import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { NetworkFailure, type Network, type NetworkRequest } from "@holdfast/rego";
import { beforeEach, describe, expect, test } from "vitest";
import type { ImageSignatures } from "./image-signatures.ts";
import { readDockerConfig } from "./registry-credentials.ts";
import { registrySignatures } from "./registry-signatures.ts";
import { bundleOf, payloadOf, signature, TestRegistry, type TestReply } from "./tester.ts";

const HOST = "localhost:5000";
const REPOSITORY = "shop/web";
const IMAGE = `${HOST}/${REPOSITORY}:1`;

interface Pair {
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

function pair(keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }): Pair {
  return { publicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(), privateKey: keys.privateKey };
}

const ours = pair(generateKeyPairSync("ec", { namedCurve: "P-256" }));
const theirs = pair(generateKeyPairSync("ec", { namedCurve: "P-256" }));

let registry: TestRegistry;
let sent: NetworkRequest[];
/** Answers in place of the registry, where a test wants other ones. */
let instead: (request: NetworkRequest) => TestReply | null;
let clock: number;

const network: Network = {
  send(request) {
    sent.push(request);
    clock += 100;
    const url = new URL(request.url);
    const headers = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
    const { status, headers: replied, body } = instead(request) ?? registry.answer(request.method, `${url.pathname}${url.search}`, headers);
    return {
      status: String(status),
      statusCode: status,
      headers: Object.fromEntries(Object.entries(replied).map(([name, value]) => [name, [value]])),
      body,
    };
  },
  lookup: () => [],
  secret: () => "",
  replies: { get: () => undefined, set: () => {} },
  now: () => clock,
};

beforeEach(() => {
  registry = new TestRegistry(HOST);
  sent = [];
  clock = 0;
  instead = () => null;
});

function signatures(config: object = {}): ImageSignatures {
  const credentials = readDockerConfig(JSON.stringify(config));
  if (credentials === null) throw new Error("no Docker configuration");
  return registrySignatures(network, credentials);
}

const auth = (user: string): object => ({ auths: { [HOST]: { auth: Buffer.from(user).toString("base64") } } });

describe("what signatures are found", () => {
  test("an image without any has none, and no key verifies it", () => {
    registry.push(REPOSITORY, "1");
    const known = signatures();
    expect(known.hasSignature(IMAGE)).toBe(false);
    expect(known.verify(IMAGE, ours.publicKey)).toBe(false);
    expect(known.takeFailures()).toEqual([]);
  });

  test("one under the tag of the digest is verified by its key alone", () => {
    registry.signTagged(REPOSITORY, registry.push(REPOSITORY, "1"), ours.privateKey);
    const known = signatures();
    expect(known.hasSignature(IMAGE)).toBe(true);
    expect(known.verify(IMAGE, ours.publicKey)).toBe(true);
    expect(known.verify(IMAGE, theirs.publicKey)).toBe(false);
  });

  test.each([
    ["ECDSA on P-384", pair(generateKeyPairSync("ec", { namedCurve: "P-384" }))],
    ["RSA", pair(generateKeyPairSync("rsa", { modulusLength: 2048 }))],
    ["Ed25519", pair(generateKeyPairSync("ed25519"))],
  ])("keys of %s verify", (_, keys) => {
    registry.signTagged(REPOSITORY, registry.push(REPOSITORY, "1"), keys.privateKey);
    expect(signatures().verify(IMAGE, keys.publicKey)).toBe(true);
    expect(signatures().verify(IMAGE, ours.publicKey)).toBe(false);
  });

  test.each([true, false])("manifests that refer to the image count, whether or not the registry knows the question: %s", (knows) => {
    registry.knowsReferrers = knows;
    const digest = registry.push(REPOSITORY, "1");
    registry.refer(
      REPOSITORY,
      digest,
      "application/vnd.dev.cosign.artifact.sig.v1+json",
      registry.signatureManifest(REPOSITORY, digest, ours.privateKey),
    );
    expect(signatures().verify(IMAGE, ours.publicKey)).toBe(true);
  });

  test("bundles count when they are signatures; attestations and other manifests are none", () => {
    const digest = registry.push(REPOSITORY, "1");
    registry.referBundle(REPOSITORY, digest, bundleOf(digest, ours.privateKey, "https://slsa.dev/provenance/v1"));
    registry.refer(REPOSITORY, digest, "application/spdx+json", "{}");
    expect(signatures().hasSignature(IMAGE)).toBe(false);
    registry.referBundle(REPOSITORY, digest, bundleOf(digest, ours.privateKey));
    expect(signatures().verify(IMAGE, ours.publicKey)).toBe(true);
    expect(signatures().verify(IMAGE, theirs.publicKey)).toBe(false);
  });

  test("a signature of another image does not count", () => {
    const digest = registry.push(REPOSITORY, "1");
    const other = registry.push(REPOSITORY, "2");
    const tag = `${digest.replace(":", "-")}.sig`;
    registry.pushManifest(REPOSITORY, tag, registry.signatureManifest(REPOSITORY, digest, ours.privateKey, payloadOf(other)));
    registry.referBundle(REPOSITORY, digest, bundleOf(other, ours.privateKey));
    expect(signatures().hasSignature(IMAGE)).toBe(false);
    expect(signatures().verify(IMAGE, ours.publicKey)).toBe(false);
  });

  test("a signature over another payload, or none at all, is by nobody", () => {
    const digest = registry.push(REPOSITORY, "1");
    const manifest = registry.signatureManifest(REPOSITORY, digest, ours.privateKey);
    const tag = `${digest.replace(":", "-")}.sig`;
    for (const wrong of [signature(ours.privateKey, "something else"), "", "no base64!"]) {
      registry.pushManifest(REPOSITORY, tag, manifest.replace(/signature":"[^"]*"/u, `signature":${JSON.stringify(wrong)}`));
      expect(signatures().verify(IMAGE, ours.publicKey)).toBe(false);
    }
  });

  test("an image named by its digest is looked up by that", () => {
    const digest = registry.push(REPOSITORY, "1");
    registry.signTagged(REPOSITORY, digest, ours.privateKey);
    expect(signatures().verify(`${HOST}/${REPOSITORY}@${digest}`, ours.publicKey)).toBe(true);
    expect(registry.requests[0]).toBe(`GET /v2/${REPOSITORY}/manifests/${digest}`);
  });

  test("each image is asked for once", () => {
    registry.push(REPOSITORY, "1");
    const known = signatures();
    known.hasSignature(IMAGE);
    const asked = sent.length;
    known.hasSignature(IMAGE);
    known.verify(IMAGE, ours.publicKey);
    expect(sent.length).toBe(asked);
  });
});

describe("logins", () => {
  beforeEach(() => {
    registry.signTagged(REPOSITORY, registry.push(REPOSITORY, "1"), ours.privateKey);
  });

  test("a token for anybody, once for a repository", () => {
    registry.login = { scheme: "token", user: null };
    expect(signatures().hasSignature(IMAGE)).toBe(true);
    expect(registry.requests.filter((one) => one.startsWith("GET /token"))).toEqual([
      "GET /token?service=test&scope=repository%3Ashop%2Fweb%3Apull",
    ]);
  });

  test("a token for a login of the Docker configuration", () => {
    registry.login = { scheme: "token", user: "jo:secret" };
    expect(signatures(auth("jo:secret")).hasSignature(IMAGE)).toBe(true);
  });

  test("an identity token is exchanged for one of the registry's", () => {
    registry.login = { scheme: "token", user: null };
    instead = ({ method, body }) => {
      if (method !== "POST") return null;
      const form = new URLSearchParams(body ?? "");
      const right = form.get("refresh_token") === "mine" && form.get("grant_type") === "refresh_token" && form.get("service") === "test";
      return right ? { status: 200, headers: {}, body: '{"access_token": "a-token.for-tests"}' } : { status: 401, headers: {}, body: "" };
    };
    expect(signatures({ auths: { [HOST]: { identitytoken: "mine" } } }).hasSignature(IMAGE)).toBe(true);
  });

  test("a token that has run out is asked for again", () => {
    registry.login = { scheme: "token", user: null };
    const known = signatures();
    expect(known.hasSignature(IMAGE)).toBe(true);
    let refused = false;
    instead = ({ url }) => {
      if (refused || url.includes("/token")) return null;
      refused = true;
      return registry.answer("GET", new URL(url).pathname, {});
    };
    registry.push(REPOSITORY, "2");
    expect(known.hasSignature(`${HOST}/${REPOSITORY}:2`)).toBe(false);
    expect(registry.requests.filter((one) => one.startsWith("GET /token"))).toHaveLength(2);
  });

  test.each(["", "{}", '{"token": 5}', '{"token": "a\\nb"}', "null"])("a token that is none: %j", (body) => {
    registry.login = { scheme: "token", user: null };
    instead = ({ url }) => (url.includes("/token") ? { status: 200, headers: {}, body } : null);
    const known = signatures();
    expect(known.hasSignature(IMAGE)).toBeUndefined();
    expect(known.takeFailures()[0]?.cause).toBe(`${HOST} wants a token, and gets none that can be used`);
  });

  test("a name and a password", () => {
    registry.login = { scheme: "basic", user: "jo:sec:ret" };
    expect(signatures(auth("jo:sec:ret")).hasSignature(IMAGE)).toBe(true);
  });

  test.each([
    [{}, "there is no login for it in the Docker configuration"],
    [auth("jo:wrong"), "the login in the Docker configuration is not enough"],
    [{ credHelpers: { [HOST]: "pass" } }, "its login is kept by the credential helper pass, which Holdfast does not run"],
    [{ auths: { [HOST]: {} }, credsStore: "desktop" }, "its login is kept by the credential helper desktop, which Holdfast does not run"],
  ])("a refusal is no answer, and says what login there was: %j", (config, cause) => {
    for (const scheme of ["token", "basic"] as const) {
      registry.login = { scheme, user: "jo:secret" };
      const known = signatures(config);
      expect(known.hasSignature(IMAGE)).toBeUndefined();
      expect(known.takeFailures()).toEqual([{ image: IMAGE, cause: `${HOST} refuses access (401): ${cause}` }]);
    }
  });

  test("a login goes to its registry only, not where that redirects", () => {
    registry.login = { scheme: "basic", user: "jo:secret" };
    instead = ({ url, headers }) => {
      if (url.startsWith("http://127.0.0.1:9000/"))
        return registry.answer("GET", new URL(url).pathname, { authorization: `Basic ${btoa("jo:secret")}` });
      const allowed = headers.some(([name]) => name === "Authorization");
      return url.includes("/blobs/") && allowed
        ? { status: 307, headers: { location: url.replace("localhost:5000", "127.0.0.1:9000") }, body: "" }
        : null;
    };
    expect(signatures(auth("jo:secret")).verify(IMAGE, ours.publicKey)).toBe(true);
    const elsewhere = sent.filter(({ url }) => url.startsWith("http://127.0.0.1:9000/"));
    expect(elsewhere).toHaveLength(1);
    expect(elsewhere[0]?.headers.map(([name]) => name)).not.toContain("Authorization");
  });

  test("no login is sent without HTTPS to a registry elsewhere, nor a token asked for", () => {
    instead = () => ({ status: 401, headers: { "www-authenticate": 'Bearer realm="http://tokens.example/t"' }, body: "" });
    const known = signatures({ auths: { "registry.example": { username: "jo", password: "secret" } } });
    expect(known.hasSignature("registry.example/web:1")).toBeUndefined();
    expect(known.takeFailures()[0]?.cause).toBe("registry.example wants a token from tokens.example without HTTPS");
    expect(sent.map(({ url }) => url)).toEqual(["https://registry.example/v2/web/manifests/1"]);
  });
});

describe("no answer is never an unsigned image", () => {
  const failing = (image = IMAGE): string | undefined => {
    const known = signatures();
    expect(known.hasSignature(image)).toBeUndefined();
    expect(known.verify(image, ours.publicKey)).toBeUndefined();
    const causes = known.takeFailures().map(({ cause }) => cause);
    expect(causes).toHaveLength(1);
    expect(known.takeFailures()).toEqual([]);
    return causes[0];
  };

  test("an image that the registry lacks", () => {
    expect(failing()).toBe(`${HOST} has no such image`);
  });

  test.each([500, 429, 301])("a registry that answers %i", (status) => {
    registry.push(REPOSITORY, "1");
    instead = ({ url }) => (url.endsWith(".sig") ? { status, headers: {}, body: "" } : null);
    expect(failing()).toBe(`${HOST} answers ${status}`);
  });

  test("a registry out of reach, which is not asked again", () => {
    instead = () => {
      throw new NetworkFailure("failed", "connect ECONNREFUSED");
    };
    const known = signatures();
    expect(known.hasSignature(IMAGE)).toBeUndefined();
    expect(known.hasSignature(`${HOST}/other:1`)).toBeUndefined();
    expect(known.takeFailures().map(({ cause }) => cause)).toEqual([
      `${HOST} can't be asked: connect ECONNREFUSED`,
      `${HOST} can't be asked: connect ECONNREFUSED`,
    ]);
    expect(sent).toHaveLength(1);
  });

  test("content that is not what its digest says", () => {
    const digest = registry.push(REPOSITORY, "1");
    registry.signTagged(REPOSITORY, digest, ours.privateKey);
    instead = ({ url }) =>
      url.includes("/blobs/") ? { status: 200, headers: {}, body: payloadOf(digest).replace("cosign", "sigcon") } : null;
    expect(failing()).toMatch(/^localhost:5000 answers with something else than sha256:/u);
  });

  test("a signature whose payload is gone", () => {
    registry.signTagged(REPOSITORY, registry.push(REPOSITORY, "1"), ours.privateKey);
    instead = ({ url }) => (url.includes("/blobs/") ? { status: 404, headers: {}, body: "" } : null);
    expect(failing()).toMatch(/has lost a signature/u);
  });

  test.each(["", "null", "[]", '{"layers": 5}', "<html>"])("a signature's manifest that is none: %j", (text) => {
    const digest = registry.push(REPOSITORY, "1");
    registry.pushManifest(REPOSITORY, `${digest.replace(":", "-")}.sig`, text);
    expect(failing()).toBe(`${HOST} answers with what is no manifest`);
  });

  test("a bundle in a form that is not known", () => {
    registry.referBundle(REPOSITORY, registry.push(REPOSITORY, "1"), '{"messageSignature": {}}');
    expect(failing()).toMatch(/form that is not known/u);
  });

  test("more signatures than anybody has", () => {
    const digest = registry.push(REPOSITORY, "1");
    for (let i = 0; i < 51; i++) registry.referBundle(REPOSITORY, digest, `${bundleOf(digest, ours.privateKey)}${" ".repeat(i)}`);
    expect(failing()).toBe("the image has more than 50 signatures");
  });

  test("pages without end, and pages that lead elsewhere", () => {
    registry.push(REPOSITORY, "1");
    instead = ({ url }) => (url.includes("/referrers/") ? { status: 200, headers: { link: `<${url}>; rel="next"` }, body: "{}" } : null);
    expect(failing()).toBe("more than 5 pages of manifests refer to the image");
    instead = ({ url }) =>
      url.includes("/referrers/") ? { status: 200, headers: { link: '<http://127.0.0.1:9000/>; rel="next"' }, body: "{}" } : null;
    expect(failing()).toBe(`${HOST} refers to another registry, 127.0.0.1:9000`);
  });

  test("the time for all of them is over", () => {
    registry.push(REPOSITORY, "1");
    instead = () => {
      clock += 299_950;
      return null;
    };
    expect(failing()).toBe("the 300 seconds that registries are asked for are over");
  });

  test("a redirect out of HTTPS, and one too many", () => {
    instead = () => ({ status: 302, headers: { location: "http://elsewhere.example/" }, body: "" });
    expect(failing("registry.example/web:1")).toBe("registry.example redirects to elsewhere.example without HTTPS");
    instead = ({ url }) => ({ status: 302, headers: { location: url }, body: "" });
    expect(failing("registry.example/web:1")).toBe("registry.example redirects more than 5 times");
  });

  test.each(["", "UPPER", "a//b", "localhost:5000/", `x@sha256:12`, "web:", "a b"])("a name that is none: %j", (image) => {
    expect(failing(image)).toBe("its name is none that a registry could have");
    expect(sent).toEqual([]);
  });

  test.each([
    ["no key", "it is no public key in PEM"],
    [pair(generateKeyPairSync("x25519")).publicKey, "it is x25519, where ECDSA, RSA and Ed25519 are known"],
  ])("a trusted key that is none", (key, cause) => {
    registry.signTagged(REPOSITORY, registry.push(REPOSITORY, "1"), ours.privateKey);
    const known = signatures();
    expect(known.verify(IMAGE, key)).toBeUndefined();
    expect(known.takeFailures()).toEqual([{ image: IMAGE, cause: `a public key of trustedCosignPublicKeys can't be used: ${cause}` }]);
  });
});
