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

export function isPrivateKeyType(type: string): boolean {
  return formats.has(type);
}

/** The key of a block; undefined if the block is none that is known, or broken. */
export function privateKeyOf(block: PemBlock): KeyObject | undefined {
  const type = formats.get(block.type);
  return type === undefined ? undefined : readPrivateKey(block.bytes, type);
}

/** The key of bytes in any of the formats. */
export function privateKeyOfBytes(bytes: Buffer): KeyObject | undefined {
  return readPrivateKey(bytes, "pkcs1") ?? readPrivateKey(bytes, "pkcs8") ?? readPrivateKey(bytes, "sec1");
}

/** What comes behind the version in each format: a number, the algorithm, the bytes of the key. */
const firstTags = { pkcs1: 0x02, pkcs8: 0x30, sec1: 0x04 } as const;

/** The tag of the second value in a sequence whose first is a short integer. */
function tagBehindVersion(bytes: Buffer): number | undefined {
  const lengthByte = bytes[1] ?? 0;
  const start = lengthByte < 0x80 ? 2 : 2 + (lengthByte & 0x7f);
  return bytes[0] === 0x30 && bytes[start] === 0x02 ? bytes[start + 2 + (bytes[start + 1] ?? 0)] : undefined;
}

/** How long the first value is, its tag and length included. */
function lengthOfFirst(bytes: Buffer): number {
  const lengthByte = bytes[1] ?? 0;
  const count = lengthByte & 0x7f;
  if (lengthByte < 0x80) return 2 + lengthByte;
  return count === 0 || count > 4 ? 0 : 2 + count + bytes.subarray(2, 2 + count).reduce((length, byte) => length * 256 + byte, 0);
}

function readPrivateKey(bytes: Buffer, type: "pkcs1" | "pkcs8" | "sec1"): KeyObject | undefined {
  // Node takes one format for another.
  if (tagBehindVersion(bytes) !== firstTags[type] || bytes.length !== lengthOfFirst(bytes)) return undefined;
  try {
    return createPrivateKey({ key: bytes, format: "der", type });
  } catch {
    return undefined;
  }
}
