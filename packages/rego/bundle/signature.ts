// A bundle's `.signatures.json`: https://www.openpolicyagent.org/docs/management-bundles#signing
import { createPrivateKey, type KeyObject } from "node:crypto";
import { algorithms, secretKey } from "../builtins/jwt/algorithms.ts";
import { readClaims, readToken, type Token } from "../builtins/jwt/token.ts";
import { readVerificationKeys } from "../builtins/jwt/verification-keys.ts";
import { JwtError } from "../builtins/jwt/jwt-error.ts";
import { compileGlob } from "../builtins/glob.ts";
import { fromJson } from "../runtime/json.ts";
import { own } from "../runtime/own.ts";
import { isArray, isPlainObject, type PlainObject, type RegoValue } from "../runtime/value.ts";
import { BundleFault, type BundleFiles } from "./bundle-files.ts";
import { fileDigest } from "./file-digest.ts";

/** Where a bundle's signature stands. */
export const SIGNATURES = ".signatures.json";

/** How a signature is verified. */
export interface BundleVerification {
  /** A PEM public key or certificate, a JWK or a set of them; any other text is a secret, for HMAC. */
  readonly key: string;
  /** The key's name: a signature that names another key is refused. Default: any name. */
  readonly keyId?: string;
  /** The scope that the signature must have. Default: none, and then it must have none. */
  readonly scope?: string;
  /** Globs of files that may be there without being signed. */
  readonly exclude?: readonly string[];
}

/** How a bundle is signed. */
export interface BundleSigning {
  /** A PEM private key, or a secret for HMAC. */
  readonly key: string;
  /** `RS256`, `ES256`, `HS256` and so on. */
  readonly algorithm: string;
  readonly keyId?: string;
  readonly scope?: string;
}

const REFUSED = "Don't use this bundle unless you know why; with the right key, say --verification-key.";

function refused(message: string, file: string = SIGNATURES): BundleFault {
  return new BundleFault(message, REFUSED, file);
}

function isKeyText(key: string): boolean {
  return key.includes("-----BEGIN") || key.trimStart().startsWith("{");
}

/** The kind of a key decides which algorithms it may be used with: a public key is no secret. */
function isSignedBy(token: Token, { key: text }: BundleVerification): boolean {
  const name = own(token.header, "alg");
  const algorithm = typeof name === "string" ? algorithms.get(name) : undefined;
  if (algorithm === undefined || own(token.header, "crit") !== undefined) return false;
  if (!isKeyText(text)) return algorithm.symmetric && algorithm.verify(secretKey(text), token.content, token.signature());
  const keys = readVerificationKeys(text).filter((one) => one.algorithm === undefined || one.algorithm === name);
  return keys.some(
    ({ key }) =>
      (algorithm.symmetric ? key.type === "secret" : key.type === "public") && algorithm.verify(key, token.content, token.signature()),
  );
}

function tokenOf(text: string): { readonly token: Token; readonly claims: PlainObject } {
  let value: RegoValue;
  try {
    value = fromJson(text);
  } catch {
    throw refused("it is no JSON");
  }
  const signatures = isPlainObject(value) ? own(value, "signatures") : undefined;
  if (signatures === undefined || !isArray(signatures) || signatures.length !== 1 || typeof signatures[0] !== "string")
    throw refused("it does not hold exactly one signature");
  try {
    const token = readToken(signatures[0]);
    return { token, claims: readClaims(token) };
  } catch (error) {
    throw refused(error instanceof JwtError ? error.message : "its signature can't be read");
  }
}

interface SignedFile {
  readonly name: string;
  readonly hash: string;
  readonly algorithm: string;
}

function signedFiles(claims: PlainObject): readonly SignedFile[] {
  const files = own(claims, "files");
  if (files === undefined || !isArray(files)) throw refused("it lists no files");
  return files.map((one) => {
    const text = (member: string): string | undefined => {
      const value = isPlainObject(one) ? own(one, member) : undefined;
      return typeof value === "string" ? value : undefined;
    };
    const [name, hash, algorithm = "SHA-256"] = [text("name"), text("hash"), text("algorithm")];
    if (name === undefined || hash === undefined) throw refused("it lists a file without name or hash");
    return { name: name.replace(/^(?:\.?\/)+/u, ""), hash: hash.toLowerCase(), algorithm };
  });
}

function demandKey(token: Token, claims: PlainObject, verification: BundleVerification): void {
  const { keyId, scope = "" } = verification;
  const named = [own(token.header, "kid"), own(claims, "keyid")].filter((one) => one !== undefined && one !== "");
  if (keyId !== undefined && named.some((one) => one !== keyId))
    throw refused(`it was signed with the key ${JSON.stringify(named[0])}, not with ${JSON.stringify(keyId)}`);
  let signed: boolean;
  try {
    signed = isSignedBy(token, verification);
  } catch (error) {
    throw refused(`the key can't be used: ${error instanceof Error ? error.message : "it is no key"}`);
  }
  if (!signed) throw refused("its signature is not one of this key");
  const theirs = own(claims, "scope") ?? "";
  if (theirs !== scope) throw refused(`its scope is ${JSON.stringify(theirs)}, not ${JSON.stringify(scope)}`);
}

/**
 * Verifies a bundle: that its signature was made with the key, that each file that it lists is there as it was, and that none of `used`, the files that will be loaded, is missing in it.
 * `folder` may stand before the names, as `opa sign` puts it for a folder. Throws a BundleFault for what must not be used.
 */
export function verifyBundle(files: BundleFiles, used: readonly string[], folder: string, verification: BundleVerification): void {
  if (!files.paths.has(SIGNATURES)) throw refused("the bundle is not signed");
  const { token, claims } = tokenOf(new TextDecoder().decode(files.read(SIGNATURES)));
  demandKey(token, claims, verification);
  const excluded = (verification.exclude ?? []).map((glob) => compileGlob(glob, ["/"]));
  const isExcluded = (file: string): boolean => excluded.some((pattern) => pattern?.test(file) === true);
  const signed = new Set<string>();
  for (const { name, hash, algorithm } of signedFiles(claims)) {
    const file = [name, name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : name].find((one) => files.paths.has(one));
    if (file === undefined) throw refused("the signature lists it, and it is not there", name);
    if (fileDigest(file, files.read(file), algorithm) !== hash) throw refused("it is not what was signed", file);
    signed.add(file);
  }
  const other = used.find((file) => !signed.has(file) && !isExcluded(file));
  if (other !== undefined) throw refused("it was not signed", other);
}

function signingKey(text: string, symmetric: boolean): KeyObject {
  if (symmetric) {
    if (isKeyText(text))
      throw new BundleFault(
        "the signing key is no secret",
        "Give a secret for HS256, or an algorithm for this key: --signing-alg RS256, PS256 or ES256.",
      );
    return secretKey(text);
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw new BundleFault(
      "the signing key is no private key in PEM",
      "Give the file of a private key, or --signing-alg HS256 for a secret.",
    );
  }
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** The text of `.signatures.json` for these files. Throws a BundleFault for a key that does not fit. */
export function signBundle(files: ReadonlyMap<string, Uint8Array>, { key, algorithm: name, keyId, scope }: BundleSigning): string {
  const algorithm = algorithms.get(name);
  if (algorithm === undefined)
    throw new BundleFault(`there is no algorithm ${name}`, `Choose one of ${[...algorithms.keys()].join(", ")}.`);
  const listed = [...files].map(([file, bytes]) => ({ name: file, hash: fileDigest(file, bytes, "SHA-256"), algorithm: "SHA-256" }));
  const header = { alg: name, ...(keyId === undefined ? {} : { kid: keyId }), typ: "JWT" };
  const claims = { files: listed, ...(keyId === undefined ? {} : { keyid: keyId }), ...(scope === undefined ? {} : { scope }) };
  const content = `${base64(header)}.${base64(claims)}`;
  let signature: Buffer;
  try {
    signature = algorithm.sign(signingKey(key, algorithm.symmetric), Buffer.from(content));
  } catch (error) {
    if (error instanceof BundleFault) throw error;
    throw new BundleFault(`the signing key does not fit ${name}`, "Choose another --signing-alg, or another key.");
  }
  return `${JSON.stringify({ signatures: [`${content}.${signature.toString("base64url")}`] }, null, 1)}\n`;
}
