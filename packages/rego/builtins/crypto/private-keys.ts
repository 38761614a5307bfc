// Private keys in PKCS #1, SEC 1 and PKCS #8 (RFC 8017, RFC 5915, RFC 5958).
import type { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { createPrivateKey } from "node:crypto";
import type { PemBlock } from "./pem.ts";

const formats: ReadonlyMap<string, "pkcs1" | "pkcs8" | "sec1"> = new Map([
  ["RSA PRIVATE KEY", "pkcs1"],
  ["PRIVATE KEY", "pkcs8"],
  ["EC PRIVATE KEY", "sec1"],
]);

/** The key of a block; undefined if the block is none that is known, or broken. */
export function privateKeyOf(block: PemBlock): KeyObject | undefined {
  const type = formats.get(block.type);
  return type === undefined ? undefined : readPrivateKey(block.bytes, type);
}

/** The key of bytes in any of the formats. */
export function privateKeyOfBytes(bytes: Buffer): KeyObject | undefined {
  return readPrivateKey(bytes, "pkcs1") ?? readPrivateKey(bytes, "pkcs8") ?? readPrivateKey(bytes, "sec1");
}

function readPrivateKey(bytes: Buffer, type: "pkcs1" | "pkcs8" | "sec1"): KeyObject | undefined {
  try {
    return createPrivateKey({ key: bytes, format: "der", type });
  } catch {
    return undefined;
  }
}
