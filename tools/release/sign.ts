import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

export interface SigningKey {
  readonly key: KeyObject;
  /** The public key, as PEM. */
  readonly publicPem: string;
}

/** The private key of a file (PEM, elliptic curve P-256), or one that is made now where none is named. */
export function signingKey(file: string | undefined): SigningKey {
  const key = file === undefined ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey : createPrivateKey(readFileSync(file));
  return { key, publicPem: createPublicKey(key).export({ type: "spki", format: "pem" }).toString() };
}

/** The signature of bytes, as `openssl dgst -sha256 -verify` reads it. */
export function signature(bytes: Uint8Array, { key }: SigningKey): Uint8Array {
  return sign("sha256", bytes, { key, dsaEncoding: "der" });
}

/** The checksums of files of a folder, as `sha256sum --check` reads them. */
export function sha256Sums(folder: string, names: readonly string[]): string {
  return names
    .map(
      (name) =>
        `${createHash("sha256")
          .update(readFileSync(path.join(folder, name)))
          .digest("hex")}  ${name}\n`,
    )
    .join("");
}
