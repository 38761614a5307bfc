// The public keys that a signature is to be verified with: a PEM certificate, a PEM public key, a JWK or a set of JWKs (RFC 7517).
import type { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { X509Certificate, createPublicKey } from "node:crypto";
import { firstPemBlock } from "../crypto/pem.ts";
import { JwtError } from "./jwt-error.ts";
import { isRecord, readJwk } from "./jwk.ts";

export interface VerificationKey {
  readonly key: KeyObject;
  /** What the key is meant for, if a JWK says so. */
  readonly algorithm?: string;
  readonly id?: string;
}

/** Throws a JwtError if the text is none of these. */
export function readVerificationKeys(text: string): VerificationKey[] {
  const block = firstPemBlock(text);
  if (block === undefined) return readKeySet(text);
  if (block.rest !== "") throw new JwtError("extra data after a PEM certificate block");
  if (block.type === "CERTIFICATE") {
    try {
      return [{ key: new X509Certificate(block.bytes).publicKey }];
    } catch {
      throw new JwtError("failed to parse a PEM certificate");
    }
  }
  if (block.type === "PUBLIC KEY") {
    // Node doesn't mind what follows the key.
    if (readDerLength(block.bytes) !== block.bytes.length) throw new JwtError("trailing data after a public key");
    try {
      return [{ key: createPublicKey({ key: block.bytes, format: "der", type: "spki" }) }];
    } catch {
      throw new JwtError("failed to parse a PEM public key");
    }
  }
  throw new JwtError("failed to extract a Key from the PEM certificate");
}

/** How long the first value of DER is, with its header. */
function readDerLength(bytes: Buffer): number {
  const first = bytes[1] ?? 0;
  const more = first < 0x80 ? 0 : first & 0x7f;
  return 2 + more + (more === 0 ? first : Number.parseInt(bytes.subarray(2, 2 + more).toString("hex") || "0", 16));
}

function readKeySet(text: string): VerificationKey[] {
  try {
    const parsed: unknown = JSON.parse(text);
    const list: unknown = isRecord(parsed) && "keys" in parsed ? parsed["keys"] : [parsed];
    if (!Array.isArray(list)) throw new JwtError("keys is no array");
    return list.map((jwk: unknown) => {
      const { key, algorithm, id } = readJwk(jwk, false);
      return { key, ...(algorithm === undefined ? {} : { algorithm }), ...(id === undefined ? {} : { id }) };
    });
  } catch {
    throw new JwtError("failed to parse a JWK key (set)");
  }
}
