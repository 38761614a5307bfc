// https://www.openpolicyagent.org/docs/policy-reference#crypto: hashes of text, in hexadecimal.
import { createHash, createHmac } from "node:crypto";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { boolean, string } from "./type-description.ts";

function hash(algorithm: string): Builtin {
  return define({
    name: `crypto.${algorithm}`,
    args: [string],
    result: string,
    evaluate: (_, text) => createHash(algorithm).update(text, "utf8").digest("hex"),
  });
}

function hmac(algorithm: string): Builtin {
  return define({
    name: `crypto.hmac.${algorithm}`,
    args: [string, string],
    result: string,
    evaluate: (_, text, key) => createHmac(algorithm, key).update(text, "utf8").digest("hex"),
  });
}

export const hashes: readonly Builtin[] = [
  hash("md5"),
  hash("sha1"),
  hash("sha256"),
  hmac("md5"),
  hmac("sha1"),
  hmac("sha256"),
  hmac("sha512"),
  define({ name: "crypto.hmac.equal", args: [string, string], result: boolean, evaluate: (_, a, b) => a === b }),
];
