// https://www.openpolicyagent.org/docs/policy-reference#tokens: JSON Web Tokens, RFC 7519.
import { Buffer } from "node:buffer";
import { fromJson } from "../runtime/json.ts";
import { canonicalInteger } from "../runtime/numbers.ts";
import { own } from "../runtime/own.ts";
import type { PlainObject, RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { marshalJson } from "./json-text.ts";
import type { Algorithm } from "./jwt/algorithms.ts";
import { algorithms, secretKey } from "./jwt/algorithms.ts";
import { areAccepted, isSignedByOne, isTrusted, readConstraints } from "./jwt/constraints.ts";
import { readJwk } from "./jwt/jwk.ts";
import { JwtError } from "./jwt/jwt-error.ts";
import type { Token } from "./jwt/token.ts";
import { headerOf, isNested, payloadText, readClaims, readSigned, readToken, textMember } from "./jwt/token.ts";
import { readVerificationKeys } from "./jwt/verification-keys.ts";
import { any, arrayOf, boolean, objectOf, string } from "./type-description.ts";

/** The result of the work, or undefined if it meets a token, a key or a constraint that cannot be used. */
function attempt<T extends RegoValue>(context: BuiltinContext, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof JwtError) return context.fail("eval_builtin_error", error.message);
    throw error;
  }
}

function decode(text: string): RegoValue {
  let token = readToken(text);
  while (isNested(token)) token = readToken(payloadText(token));
  return [token.header, readClaims(token), token.signature().toString("hex")];
}

function decodeVerify(context: BuiltinContext, text: string, given: PlainObject): RegoValue {
  const constraints = readConstraints(given, canonicalInteger(context.now));
  const refused: RegoValue = [false, {}, {}];
  let token: Token = readToken(text);
  if (!isTrusted(token, constraints)) return refused;
  while (isNested(token)) {
    token = readToken(payloadText(token));
    if (!isTrusted(token, constraints)) return refused;
  }
  const claims = readClaims(token);
  return areAccepted(claims, constraints) ? [true, token.header, claims] : refused;
}

function encodeSign(headerText: string, payloadText: string, keyText: string): string {
  const header = readHeader(headerText);
  const name = header === undefined ? undefined : textMember(header, "alg");
  if (header === undefined || name === undefined) throw new JwtError("missing or invalid 'alg' header");
  const algorithm = algorithms.get(name);
  if (algorithm === undefined) throw new JwtError(`unknown JWS algorithm: ${name}`);
  const type = own(header, "typ") ?? "";
  if ((type === "" || type === "JWT" || typeof type !== "string") && parseJson(payloadText) === undefined)
    throw new JwtError("type is JWT but payload is not JSON");
  const content = `${base64Url(headerText)}.${base64Url(payloadText)}`;
  return `${content}.${sign(algorithm, keyText, Buffer.from(content)).toString("base64url")}`;
}

function sign(algorithm: Algorithm, keyText: string, content: Buffer): Buffer {
  try {
    return algorithm.sign(readJwk(parseJson(keyText), !algorithm.symmetric).key, content);
  } catch (error) {
    throw new JwtError(`cannot sign with this key: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

function readHeader(text: string): PlainObject | undefined {
  const header = parseJson(text);
  return typeof header === "object" && header !== null && !Array.isArray(header) ? (header as PlainObject) : undefined;
}

function parseJson(text: string): RegoValue | undefined {
  try {
    return fromJson(text);
  } catch {
    return undefined;
  }
}

function base64Url(text: string): string {
  return Buffer.from(text, "utf8").toString("base64url");
}

function verifyWithKeys(name: string): Builtin {
  const algorithm = algorithms.get(name) as Algorithm;
  return define({
    name: `io.jwt.verify_${name.toLowerCase()}`,
    args: [string, string],
    result: boolean,
    evaluate: (context, text, certificate) =>
      attempt(context, () => {
        const keys = readVerificationKeys(certificate);
        const header = headerOf(text);
        return isSignedByOne(readSigned(text), header, header === undefined ? undefined : textMember(header, "alg"), algorithm, keys);
      }),
  });
}

function verifyWithSecret(name: string): Builtin {
  const algorithm = algorithms.get(name) as Algorithm;
  return define({
    name: `io.jwt.verify_${name.toLowerCase()}`,
    args: [string, string],
    result: boolean,
    evaluate: (context, text, secret) =>
      attempt(context, () => {
        const { content, signature } = readSigned(text);
        return algorithm.verify(secretKey(secret), content, signature());
      }),
  });
}

export const jwt: readonly Builtin[] = [
  define({
    name: "io.jwt.decode",
    args: [string],
    result: arrayOf(any),
    evaluate: (context, text) => attempt(context, () => decode(text)),
  }),
  define({
    name: "io.jwt.decode_verify",
    args: [string, objectOf(string, any)],
    result: arrayOf(any),
    nondeterministic: true,
    evaluate: (context, text, constraints) => attempt(context, () => decodeVerify(context, text, constraints)),
  }),
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"].map(verifyWithKeys),
  ...["HS256", "HS384", "HS512"].map(verifyWithSecret),
  define({
    name: "io.jwt.encode_sign",
    args: [objectOf(string, any), objectOf(string, any), objectOf(string, any)],
    result: string,
    nondeterministic: true,
    evaluate: (context, header, payload, key) =>
      attempt(context, () => encodeSign(marshalJson(header), marshalJson(payload), marshalJson(key))),
  }),
  define({
    name: "io.jwt.encode_sign_raw",
    args: [string, string, string],
    result: string,
    nondeterministic: true,
    evaluate: (context, header, payload, key) => attempt(context, () => encodeSign(header, payload, key)),
  }),
];
