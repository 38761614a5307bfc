// JSON Web Keys. Format: RFC 7517 and RFC 7518, section 6; Ed25519 as in RFC 8037.
import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { createPrivateKey, createPublicKey, createSecretKey } from "node:crypto";
import { JwtError } from "./jwt-error.ts";

export interface Jwk {
  readonly key: KeyObject;
  readonly algorithm: string | undefined;
  readonly id: string | undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of a private key; without them it is the public key. */
const secretMembers: ReadonlySet<string> = new Set(["d", "p", "q", "dp", "dq", "qi", "oth"]);

/** Reads a key, for signing (private or symmetric) or for verifying. Throws if it is none, or one of a kind that is not supported. */
export function readJwk(jwk: unknown, forSigning: boolean): Jwk {
  if (!isRecord(jwk) || typeof jwk["kty"] !== "string") throw new JwtError("failed to parse a JWK");
  const [algorithm, id] = ["alg", "kid"].map((name) => {
    const value = jwk[name];
    if (value !== undefined && typeof value !== "string") throw new JwtError(`JWK: ${name} must be a string`);
    return value;
  });
  return { key: readKey(jwk, forSigning), algorithm, id };
}

/** Base64 of one of its two alphabets, with all of its padding or none. Line breaks don't count. */
function isBase64(text: string): boolean {
  const plain = text.replaceAll(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9_-]+|[A-Za-z0-9+/]+)={0,2}$/.test(plain)) return false;
  return plain.endsWith("=") ? plain.length % 4 === 0 : plain.length % 4 !== 1;
}

function readKey(jwk: Record<string, unknown>, forSigning: boolean): KeyObject {
  if (jwk["kty"] === "oct") {
    const secret = jwk["k"];
    if (typeof secret !== "string" || !isBase64(secret)) throw new JwtError("JWK: k must be base64url");
    return createSecretKey(Buffer.from(secret, "base64url"));
  }
  if (forSigning) return createPrivateKey({ key: jwk, format: "jwk" });
  const members = Object.entries(jwk).filter(([name]) => !secretMembers.has(name));
  return createPublicKey({ key: Object.fromEntries(members), format: "jwk" });
}
