// The algorithms of RFC 7518, section 3.1, and EdDSA of RFC 8037.
import type { Buffer } from "node:buffer";
import type { KeyObject, SignKeyObjectInput } from "node:crypto";
import { constants, createHmac, createSecretKey, sign, timingSafeEqual, verify } from "node:crypto";

export interface Algorithm {
  /** Whether the key must be known to both sides. */
  readonly symmetric: boolean;
  verify(key: KeyObject, content: Buffer, signature: Buffer): boolean;
  /** Throws if the key is of the wrong kind. */
  sign(key: KeyObject, content: Buffer): Buffer;
}

function hmac(hash: string): Algorithm {
  const mac = (key: KeyObject, content: Buffer): Buffer => createHmac(hash, key).update(content).digest();
  return {
    symmetric: true,
    verify(key, content, signature) {
      if (key.type !== "secret") return false;
      const expected = mac(key, content);
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    },
    sign: mac,
  };
}

/** An algorithm with key pairs of a kind. `parameters` are those of node:crypto. */
function asymmetric(
  hash: string | null,
  accepts: (key: KeyObject) => boolean,
  parameters: Omit<SignKeyObjectInput, "key">,
  signing: Omit<SignKeyObjectInput, "key"> = parameters,
): Algorithm {
  return {
    symmetric: false,
    verify(key, content, signature) {
      try {
        return accepts(key) && verify(hash, content, { key, ...parameters }, signature);
      } catch {
        // Such as an RSA key that is too small for the hash: it made no signature.
        return false;
      }
    },
    sign(key, content) {
      if (!accepts(key)) throw new TypeError("the key does not fit the algorithm");
      return sign(hash, content, { key, ...signing });
    },
  };
}

function rsa(hash: string): Algorithm {
  return asymmetric(hash, (key) => key.asymmetricKeyType === "rsa", { padding: constants.RSA_PKCS1_PADDING });
}

function rsaPss(hash: string): Algorithm {
  const accepts = (key: KeyObject): boolean => key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "rsa-pss";
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return asymmetric(
    hash,
    accepts,
    { padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
    { padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  );
}

function ecdsa(hash: string): Algorithm {
  return asymmetric(hash, (key) => key.asymmetricKeyType === "ec", { dsaEncoding: "ieee-p1363" });
}

export const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ["HS256", hmac("sha256")],
  ["HS384", hmac("sha384")],
  ["HS512", hmac("sha512")],
  ["RS256", rsa("sha256")],
  ["RS384", rsa("sha384")],
  ["RS512", rsa("sha512")],
  ["PS256", rsaPss("sha256")],
  ["PS384", rsaPss("sha384")],
  ["PS512", rsaPss("sha512")],
  ["ES256", ecdsa("sha256")],
  ["ES384", ecdsa("sha384")],
  ["ES512", ecdsa("sha512")],
  ["EdDSA", asymmetric(null, (key) => key.asymmetricKeyType === "ed25519", {})],
]);

/** A secret as a key. */
export function secretKey(secret: string): KeyObject {
  return createSecretKey(secret, "utf8");
}
