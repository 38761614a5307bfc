// What `io.jwt.decode_verify` demands of a token. https://www.openpolicyagent.org/docs/policy-reference#token-verification
import { plainNumber, type PlainNumber } from "../../runtime/decimal.ts";
import { own } from "../../runtime/own.ts";
import type { PlainObject, RegoValue } from "../../runtime/value.ts";
import type { Algorithm } from "./algorithms.ts";
import { algorithms, secretKey } from "./algorithms.ts";
import { JwtError } from "./jwt-error.ts";
import type { Signed, Token } from "./token.ts";
import { textMember } from "./token.ts";
import type { VerificationKey } from "./verification-keys.ts";
import { readVerificationKeys } from "./verification-keys.ts";

export interface Constraints {
  readonly keys: readonly VerificationKey[] | undefined;
  readonly secret: string | undefined;
  readonly alg: string | undefined;
  readonly iss: string | undefined;
  readonly aud: string | undefined;
  /** In nanoseconds since 1970. */
  readonly time: PlainNumber;
}

const texts = ["cert", "secret", "alg", "iss", "aud"] as const;

/** Throws a JwtError if there is a constraint that does not exist, or if it is not clear what to verify the signature with. */
export function readConstraints(constraints: PlainObject, now: PlainNumber): Constraints {
  for (const name of Object.keys(constraints)) {
    if (name !== "time" && !(texts as readonly string[]).includes(name)) throw new JwtError(`unknown token validation constraint: ${name}`);
  }
  const [cert, secret, alg, iss, aud] = texts.map((name) => {
    const value = own(constraints, name);
    if (value !== undefined && typeof value !== "string") throw new JwtError(`${name} constraint: must be a string`);
    // An empty text is none.
    return value === "" ? undefined : value;
  });
  const time = plainNumber(own(constraints, "time") ?? now);
  if (time !== undefined && time < 0) throw new JwtError("token time constraint: must not be negative");
  if (time === undefined) throw new JwtError("token time constraint: must be a number");
  if (cert !== undefined && secret !== undefined) throw new JwtError("duplicate key constraints");
  if (cert === undefined && secret === undefined) throw new JwtError("no key constraint");
  return { keys: cert === undefined ? undefined : readVerificationKeys(cert), secret, alg, iss, aud, time };
}

/** Whether the header is accepted and the signature right. */
export function isTrusted(token: Token, constraints: Constraints): boolean {
  const alg = textMember(token.header, "alg");
  // An extension that must be understood is not.
  textMember(token.header, "typ");
  textMember(token.header, "kid");
  textMember(token.header, "cty");
  if (alg === undefined) return false;
  if (constraints.alg !== undefined && constraints.alg !== alg) return false;
  const algorithm = algorithms.get(alg);
  if (algorithm === undefined) return false;
  // As OPA has it, a header with demands of its own goes with no public key, but with a secret.
  if (constraints.keys !== undefined && own(token.header, "crit") !== undefined) return false;
  if (constraints.keys !== undefined) return !algorithm.symmetric && isSignedByOne(token, token.header, alg, algorithm, constraints.keys);
  return algorithm.symmetric && algorithm.verify(secretKey(constraints.secret as string), token.content, token.signature());
}

/** Whether one of the keys made the signature: the one that the token names, or any that may have been used with its algorithm. */
export function isSignedByOne(
  token: Signed,
  header: PlainObject | undefined,
  alg: string | undefined,
  algorithm: Algorithm,
  keys: readonly VerificationKey[],
): boolean {
  const signature = token.signature();
  const id = header === undefined ? undefined : own(header, "kid");
  const named = typeof id === "string" ? keys.find((key) => key.id === id) : undefined;
  if (named !== undefined) return algorithm.verify(named.key, token.content, signature);
  return keys.some((key) => (key.algorithm === undefined || key.algorithm === alg) && algorithm.verify(key.key, token.content, signature));
}

/** Whether the claims are those that are wanted, at the time that is wanted. Throws a JwtError if they are of the wrong type. */
export function areAccepted(claims: PlainObject, { iss, aud, time }: Constraints): boolean {
  if (iss !== undefined && own(claims, "iss") !== iss) return false;
  if (!isAudience(own(claims, "aud"), aud)) return false;
  const [exp, nbf] = [instant(claims, "exp"), instant(claims, "nbf")];
  return (exp === undefined || isBefore(time, exp)) && (nbf === undefined || !isBefore(time, nbf));
}

function isAudience(claim: RegoValue | undefined, wanted: string | undefined): boolean {
  if (claim === undefined) return wanted === undefined;
  if (wanted === undefined) return false;
  return claim === wanted || (Array.isArray(claim) && claim.includes(wanted));
}

function instant(claims: PlainObject, name: string): PlainNumber | undefined {
  const value = own(claims, name);
  const time = plainNumber(value);
  if (value !== undefined && time === undefined) throw new JwtError(`${name} value must be a number`);
  return time;
}

/** Whether a time in nanoseconds is before one in seconds. Both are compared as doubles, which near today are 256 ns apart. */
function isBefore(nanoseconds: PlainNumber, seconds: PlainNumber): boolean {
  return Number(nanoseconds) < Number(seconds) * 1e9;
}
