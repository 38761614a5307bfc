// https://www.openpolicyagent.org/docs/policy-reference#crypto: certificates and keys.
import type { KeyObject } from "node:crypto";
import { Buffer } from "node:buffer";
import { valuesInOrder } from "../runtime/iteration.ts";
import { longInteger } from "../runtime/decimal.ts";
import { toBigInt } from "../runtime/numbers.ts";
import { own } from "../runtime/own.ts";
import type { PlainObject, RegoValue } from "../runtime/value.ts";
import { isArray, isSet } from "../runtime/value.ts";
import type { Certificate } from "./crypto/certificate.ts";
import { readCertificateRequest, readCertificates } from "./crypto/certificate.ts";
import type { ChainOptions } from "./crypto/chain.ts";
import { findChain } from "./crypto/chain.ts";
import { DerError } from "./crypto/der.ts";
import { readEncoded } from "./crypto/encoded-input.ts";
import { goPrivateKey } from "./crypto/go-keys.ts";
import { decodeStrictBase64, firstPemBlock, pemBlocks } from "./crypto/pem.ts";
import { isPrivateKeyType, privateKeyOf, privateKeyOfBytes } from "./crypto/private-keys.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { any, arrayOf, nullType, objectOf, oneOf, string } from "./type-description.ts";

/** The result of the work, or undefined if it meets data that are not what they should be. */
function attempt<T>(context: BuiltinContext, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DerError) return context.fail("eval_builtin_error", error.message);
    throw error;
  }
}

/** The certificates of PEM, of base64 of PEM, or of base64 of DER. */
function certificatesOf(text: string): Certificate[] {
  const { blocks, bytes } = readEncoded(text);
  const wrong = blocks.find((block) => block.type !== "CERTIFICATE");
  if (wrong !== undefined) throw new DerError(`PEM data contains ${wrong.type}, expected CERTIFICATE`);
  if (blocks.length === 0 && bytes === undefined) return [];
  const certificates = readCertificates(bytes ?? Buffer.concat(blocks.map((block) => block.bytes)));
  if (certificates.length === 0) throw new DerError("x509: no certificates");
  return certificates;
}

function requestOf(text: string): PlainObject {
  const { blocks, bytes } = readEncoded(text);
  const [block] = blocks;
  if (block !== undefined && !/^(?:NEW )?CERTIFICATE REQUEST$/.test(block.type)) {
    throw new DerError(`PEM data contains ${block.type}, expected CERTIFICATE REQUEST`);
  }
  return readCertificateRequest(block?.bytes ?? bytes ?? Buffer.alloc(0));
}

const usageNumbers: ReadonlyMap<string, number> = new Map(
  [
    "Any",
    "ServerAuth",
    "ClientAuth",
    "CodeSigning",
    "EmailProtection",
    "IPSECEndSystem",
    "IPSECTunnel",
    "IPSECUser",
    "TimeStamping",
    "OCSPSigning",
    "MicrosoftServerGatedCrypto",
    "NetscapeServerGatedCrypto",
    "MicrosoftCommercialCodeSigning",
    "MicrosoftKernelCodeSigning",
  ].map((name, number) => [`KeyUsage${name}`, number]),
);
const serverAuth = 1;

/** Reads the options of a verification; throws a DerError if they are wrong. */
function chainOptions(context: BuiltinContext, given: PlainObject): ChainOptions {
  let { time, usages, dnsName }: ChainOptions = { time: context.now, usages: [serverAuth], dnsName: "" };
  for (const name of Object.keys(given)) {
    const value = own(given, name) as RegoValue;
    const whole = longInteger(value);
    if (name === "DNSName" && typeof value === "string") dnsName = value;
    else if (name === "CurrentTime" && whole !== undefined) time = toBigInt(whole);
    else if (name === "KeyUsages" && (isArray(value) || isSet(value)))
      usages = valuesInOrder(value)
        .filter((one) => typeof one === "string")
        .map(usageNumber);
    // Name constraints are few here: chains have a bound of their own.
    else if (name !== "MaxConstraintComparisons" || whole === undefined) throw new DerError(`invalid key option ${JSON.stringify(name)}`);
  }
  return { time, usages: usages.length === 0 ? [serverAuth] : usages, dnsName };
}

function usageNumber(name: string): number {
  const number = usageNumbers.get(name);
  if (number === undefined) throw new DerError("invalid entries for 'KeyUsages' found");
  return number;
}

function withoutUriTexts(fields: RegoValue): PlainObject {
  const { URIStrings: _, ...others } = fields as Record<string, RegoValue>;
  return others;
}

/** Verifies certificates that are given from the root to the leaf. */
function verify(context: BuiltinContext, text: string, given: PlainObject | null): RegoValue {
  const refused: RegoValue = [false, []];
  let certificates: Certificate[];
  try {
    certificates = text === "" ? [] : certificatesOf(text);
  } catch (error) {
    if (error instanceof DerError) return refused;
    throw error;
  }
  const options = chainOptions(context, given ?? {});
  const [root, ...others] = certificates;
  const leaf = others.pop();
  if (root === undefined || leaf === undefined) return refused;
  const chain = findChain(leaf, others, root, options);
  if (chain === undefined) return refused;
  // Only without options OPA tells the URIs as texts as well.
  return [true, chain.map(({ fields }) => (given === null ? fields : withoutUriTexts(fields)))];
}

/** The private key of PEM, of base64 of PEM, or of base64 of DER. */
function privateKey(text: string): KeyObject {
  const { blocks, bytes } = readEncoded(text);
  const [block] = blocks;
  const key = block === undefined ? privateKeyOfBytes(bytes ?? Buffer.alloc(0)) : privateKeyOf(block);
  if (key === undefined) throw new DerError("failed to parse private key");
  return key;
}

/** The first private key of PEM, or of base64 of PEM, as a JSON Web Key: of any kind, whatever the builtin's name says. Null where there is none. */
function privateJwk(text: string): PlainObject | null {
  const pem = text.startsWith("-----BEGIN") ? text : decodeStrictBase64(text)?.toString("latin1");
  if (pem === undefined || text === "") throw new DerError("illegal base64 data");
  const block = pemBlocks(pem).find(({ type }) => isPrivateKeyType(type));
  if (block === undefined) return null;
  const key = privateKeyOf(block);
  if (key === undefined) throw new DerError("failed to parse private key");
  return key.export({ format: "jwk" }) as PlainObject;
}

/** All keys of PEM or of base64 of PEM. */
function privateKeys(text: string): RegoValue {
  if (text === "") return null;
  const decoded = firstPemBlock(text) === undefined ? decodeStrictBase64(text)?.toString("latin1") : undefined;
  return pemBlocks(decoded ?? text)
    .filter((block) => block.type.endsWith("PRIVATE KEY"))
    .map((block) => {
      const key = privateKeyOf(block);
      const shown = key === undefined ? undefined : goPrivateKey(key);
      if (shown === undefined) throw new DerError(`failed to parse ${block.type}`);
      return shown;
    });
}

/** A certificate (with those that it depends on) and its key, as Go's encoding/json shows a tls.Certificate. */
function keyPair(certificateText: string, keyText: string): PlainObject {
  const certificates = certificatesOf(certificateText);
  if (certificates.length === 0) throw new DerError("tls: failed to find any PEM data in certificate input");
  const key = privateKey(keyText);
  const leaf = certificates[0] as Certificate;
  if (!leaf.x509.checkPrivateKey(key)) throw new DerError("tls: private key does not match public key");
  return {
    Certificate: certificates.map((one) => one.raw.toString("base64")),
    PrivateKey: goPrivateKey(key) ?? null,
    SupportedSignatureAlgorithms: null,
    OCSPStaple: null,
    SignedCertificateTimestamps: null,
    Leaf: withoutUriTexts(leaf.fields),
  };
}

export const certificates: readonly Builtin[] = [
  define({
    name: "crypto.x509.parse_certificates",
    args: [string],
    result: arrayOf(objectOf(string, any)),
    evaluate: (context, text) => (text === "" ? [] : attempt(context, () => certificatesOf(text).map((one) => one.fields))),
  }),
  define({
    name: "crypto.x509.parse_and_verify_certificates",
    args: [string],
    result: arrayOf(any),
    nondeterministic: true,
    evaluate: (context, text) => attempt(context, () => verify(context, text, null)),
  }),
  define({
    name: "crypto.x509.parse_and_verify_certificates_with_options",
    args: [string, objectOf(string, any)],
    result: arrayOf(any),
    nondeterministic: true,
    evaluate: (context, text, options) => attempt(context, () => verify(context, text, options)),
  }),
  define({
    name: "crypto.x509.parse_certificate_request",
    args: [string],
    result: objectOf(string, any),
    evaluate: (context, text) => attempt(context, () => requestOf(text)),
  }),
  define({
    name: "crypto.x509.parse_rsa_private_key",
    args: [string],
    result: oneOf(objectOf(string, any), nullType),
    evaluate: (context, text) => attempt(context, () => privateJwk(text)),
  }),
  define({
    name: "crypto.x509.parse_keypair",
    args: [string, string],
    result: objectOf(string, any),
    evaluate: (context, certificate, key) => attempt(context, () => keyPair(certificate, key)),
  }),
  define({
    name: "crypto.parse_private_keys",
    args: [string],
    result: oneOf(arrayOf(any), nullType),
    evaluate: (context, text) => attempt(context, () => privateKeys(text)),
  }),
];
