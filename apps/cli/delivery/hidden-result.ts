// Loaded only where --hide is given.
import { createHash, createHmac } from "node:crypto";
import type { Result } from "@holdfast/core";
import { hideNames } from "@holdfast/report";

/** Hexadecimal digits of a pseudonym: among 100,000 names the chance that two share one is below one in a hundred. */
const DIGITS = 10;

/**
 * The key where none was given: a digest of all that is named. Whoever doesn't know every name can't try one of them, and the same input gives the same
 * pseudonyms.
 */
function ownKey(result: Result): Buffer {
  const hash = createHash("sha256");
  for (const { apiVersion, kind, namespace, name, file = "" } of result.resources)
    hash.update(JSON.stringify([apiVersion, kind, namespace, name, file]));
  for (const { fingerprint } of result.findings) hash.update(fingerprint);
  for (const { file } of result.inputs.files) hash.update(file);
  return hash.digest();
}

/** The result with pseudonyms for names: the same in every scan where a key is given. */
export function hiddenResult(result: Result, key: string | undefined): Result {
  const secret = key === undefined ? ownKey(result) : Buffer.from(key);
  return hideNames(result, (text) => createHmac("sha256", secret).update(text).digest("hex").slice(0, DIGITS));
}
