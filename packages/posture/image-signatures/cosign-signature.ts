import { createPublicKey, verify, type KeyObject } from "node:crypto";

/** A signature as it was made: over these bytes. Both forms of cosign come down to this. */
export interface CosignSignature {
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** The layer of a simple signature, and the annotation that holds it. Source: https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
export const SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
export const SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";
/** A bundle of sigstore, of any version: `…bundle.v0.3+json`. Source: https://github.com/sigstore/protobuf-specs */
export const BUNDLE: RegExp = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d+\.\d+)?\+json/u;
/** What a bundle's statement says when it is a signature and no attestation. */
const SIGNATURE_PREDICATE = "https://sigstore.dev/cosign/sign/v1";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What stands at a path of JSON; undefined where there is nothing. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === "object" && inner !== null ? (inner as Record<string | number, unknown>)[step] : undefined),
    value,
  );
}

/** A simple signature: a payload, and the signature over it in base64. Null where the payload speaks of another image than the one with this digest. */
export function simpleSignature(payload: string, signature: string, digest: string): CosignSignature | null {
  if (at(parsed(payload), "critical", "image", "docker-manifest-digest") !== digest) return null;
  return { signed: Buffer.from(payload, "utf8"), signature: Buffer.from(signature, "base64") };
}

/**
 * The signatures of a bundle, an envelope of DSSE (https://github.com/secure-systems-lab/dsse/blob/master/protocol.md) around an in-toto statement. None where the statement is of
 * another kind, as an attestation's is, or names another image. Null for what is no such bundle.
 */
export function bundleSignatures(bundle: string, digest: string): readonly CosignSignature[] | null {
  const envelope = at(parsed(bundle), "dsseEnvelope");
  const payload = at(envelope, "payload");
  const type = at(envelope, "payloadType");
  const signatures = at(envelope, "signatures");
  if (typeof payload !== "string" || typeof type !== "string" || !Array.isArray(signatures)) return null;
  const body = Buffer.from(payload, "base64");
  const statement = parsed(body.toString("utf8"));
  if (statement === null) return null;
  const subjects = at(statement, "subject");
  const colon = digest.indexOf(":");
  const named = Array.isArray(subjects) && subjects.some((one) => at(one, "digest", digest.slice(0, colon)) === digest.slice(colon + 1));
  if (!named || at(statement, "predicateType") !== SIGNATURE_PREDICATE) return [];
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `;
  const signed = Buffer.concat([Buffer.from(head, "utf8"), body]);
  return signatures.flatMap((one) => {
    const signature = at(one, "sig");
    return typeof signature === "string" ? [{ signed, signature: Buffer.from(signature, "base64") }] : [];
  });
}

/** A public key from PEM, of a kind that cosign signs with; a text says why it is none. */
export function readPublicKey(pem: string): KeyObject | string {
  try {
    const key = createPublicKey(pem);
    const type = key.asymmetricKeyType ?? "of an unknown kind";
    return ["ec", "rsa", "ed25519"].includes(type) ? key : `it is ${type}, where ECDSA, RSA and Ed25519 are known`;
  } catch {
    return "it is no public key in PEM";
  }
}

/** Whether a signature was made with the private half of a key: SHA-256 with ECDSA (DER) or RSA (PKCS #1 v1.5), or Ed25519. */
export function isSignedBy(key: KeyObject, { signed, signature }: CosignSignature): boolean {
  try {
    return verify(key.asymmetricKeyType === "ed25519" ? null : "sha256", signed, key, signature);
  } catch {
    // A signature whose very form is wrong was made by nobody.
    return false;
  }
}
