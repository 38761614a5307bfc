// Keys as Go's encoding/json shows those of its crypto packages.
import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { canonicalInteger } from "../../runtime/numbers.ts";
import type { PlainObject, RegoNumber, RegoValue } from "../../runtime/value.ts";

/** A public key; null if Go does not know its kind. */
export function goPublicKey(key: KeyObject): RegoValue {
  const jwk = key.export({ format: "jwk" });
  switch (key.asymmetricKeyType) {
    case "rsa":
      return { N: integerOf(jwk.n), E: integerOf(jwk.e) };
    case "ec":
      return { Curve: {}, X: integerOf(jwk.x), Y: integerOf(jwk.y) };
    case "ed25519":
      return bytesOf(jwk.x).toString("base64");
    default:
      return null;
  }
}

/** A private key; undefined if Go does not know its kind. */
export function goPrivateKey(key: KeyObject): RegoValue | undefined {
  const jwk = key.export({ format: "jwk" });
  switch (key.asymmetricKeyType) {
    case "rsa":
      return {
        ...(goPublicKey(key) as PlainObject),
        D: integerOf(jwk.d),
        Primes: [integerOf(jwk.p), integerOf(jwk.q)],
        Precomputed: { Dp: integerOf(jwk.dp), Dq: integerOf(jwk.dq), Qinv: integerOf(jwk.qi), CRTValues: [] },
      };
    case "ec":
      return { ...(goPublicKey(key) as PlainObject), D: integerOf(jwk.d) };
    case "ed25519":
      // The seed with the public key behind it.
      return Buffer.concat([bytesOf(jwk.d), bytesOf(jwk.x)]).toString("base64");
    default:
      return undefined;
  }
}

function bytesOf(text: string | undefined): Buffer {
  return Buffer.from(text ?? "", "base64url");
}

function integerOf(text: string | undefined): RegoNumber {
  return canonicalInteger(BigInt(`0x0${bytesOf(text).toString("hex")}`));
}
