// Certificates and requests for them, as Go's encoding/json shows those of crypto/x509. Formats: RFC 5280 and RFC 2986.
import type { Buffer } from "node:buffer";
import { X509Certificate, createPublicKey } from "node:crypto";
import { canonicalInteger } from "../../runtime/numbers.ts";
import type { PlainObject, RegoValue } from "../../runtime/value.ts";
import type { DerValue } from "./der.ts";
import { DerError, derChildren, derTag, expectTag, readBitString, readDer, readInteger, readOid, readText, readTime } from "./der.ts";
import { extensionFields, goExtension, readExtensions } from "./extensions.ts";
import { listOrNull } from "./general-names.ts";
import { goPublicKey } from "./go-keys.ts";
import { readName } from "./names.ts";
import { keyNumber, signatureNumber } from "./signature-algorithms.ts";

export interface Certificate {
  /** As Go shows it, with `URIStrings` beside. */
  readonly fields: PlainObject;
  /** In seconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly signatureAlgorithm: number;
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly raw: Buffer;
  /** For what Node does by itself: the check of signatures. */
  readonly x509: X509Certificate;
}

/** The certificates that follow each other in bytes. Throws a DerError if they are none. */
export function readCertificates(bytes: Buffer): Certificate[] {
  const certificates: Certificate[] = [];
  for (let at = 0; at < bytes.length;) {
    const outer = readDer(bytes, at);
    certificates.push(readCertificate(outer));
    at += outer.raw.length;
  }
  return certificates;
}

function readCertificate(outer: DerValue): Certificate {
  const [body, algorithm, signature] = derChildren(outer);
  expectTag(body, derTag.sequence);
  expectTag(algorithm, derTag.sequence);
  const parts = derChildren(body);
  const version = parts[0]?.tag === 0xa0 ? Number(readInteger(readDer(parts.shift()?.content as Buffer))) + 1 : 1;
  const [serial, , issuer, validity, subject, keyInfo] = parts;
  expectTag(issuer, derTag.sequence);
  expectTag(validity, derTag.sequence);
  expectTag(subject, derTag.sequence);
  expectTag(keyInfo, derTag.sequence);
  const list = parts.find((part) => part.tag === 0xa3);
  const extensions = list === undefined ? [] : readExtensions(readDer(list.content));
  const [notBefore = 0, notAfter = 0] = derChildren(validity).map(readTime);
  const signatureAlgorithm = signatureNumber(algorithm);
  const fields = {
    ...extensionFields(extensions),
    Raw: base64(outer.raw),
    RawTBSCertificate: base64(body.raw),
    RawSubjectPublicKeyInfo: base64(keyInfo.raw),
    RawSubject: base64(subject.raw),
    RawIssuer: base64(issuer.raw),
    Signature: base64(readBitString(signature)),
    SignatureAlgorithm: signatureAlgorithm,
    ...publicKeyFields(keyInfo),
    Version: version,
    SerialNumber: canonicalInteger(readInteger(serial)),
    Issuer: readName(issuer),
    Subject: readName(subject),
    NotBefore: timeText(notBefore),
    NotAfter: timeText(notAfter),
    Extensions: listOrNull(extensions.map(goExtension)),
    ExtraExtensions: null,
  };
  const x509 = parseWithNode(outer.raw);
  return { fields, notBefore, notAfter, signatureAlgorithm, subject: subject.raw, issuer: issuer.raw, raw: outer.raw, x509 };
}

function parseWithNode(raw: Buffer): X509Certificate {
  try {
    return new X509Certificate(raw);
  } catch {
    throw new DerError("x509: malformed certificate");
  }
}

/** The fields of a request for a certificate. Throws a DerError if the bytes are none. */
export function readCertificateRequest(bytes: Buffer): PlainObject {
  const outer = readDer(bytes);
  if (outer.raw.length !== bytes.length) throw new DerError("asn1: syntax error: trailing data");
  const [body, algorithm, signature] = derChildren(outer);
  expectTag(body, derTag.sequence);
  expectTag(algorithm, derTag.sequence);
  const [version, subject, keyInfo, attributes] = derChildren(body);
  expectTag(subject, derTag.sequence);
  expectTag(keyInfo, derTag.sequence);
  const list = attributes === undefined ? [] : derChildren(attributes, 0xa0);
  const extensions = list.flatMap((attribute) => (isExtensionRequest(attribute) ? requestedExtensions(attribute) : []));
  const all = extensionFields(extensions);
  return {
    Raw: base64(outer.raw),
    RawTBSCertificateRequest: base64(body.raw),
    RawSubjectPublicKeyInfo: base64(keyInfo.raw),
    RawSubject: base64(subject.raw),
    Version: Number(readInteger(version)),
    Signature: base64(readBitString(signature)),
    SignatureAlgorithm: signatureNumber(algorithm),
    ...publicKeyFields(keyInfo),
    Subject: readName(subject),
    Attributes: listOrNull(list.filter(isListOfSequences).map(goAttribute)),
    Extensions: listOrNull(extensions.map(goExtension)),
    ExtraExtensions: null,
    DNSNames: all["DNSNames"] as RegoValue,
    EmailAddresses: all["EmailAddresses"] as RegoValue,
    IPAddresses: all["IPAddresses"] as RegoValue,
    URIs: all["URIs"] as RegoValue,
  };
}

function isExtensionRequest(attribute: DerValue): boolean {
  return readOid(derChildren(attribute)[0]).join(".") === "1.2.840.113549.1.9.14";
}

function requestedExtensions(attribute: DerValue): ReturnType<typeof readExtensions> {
  const set = derChildren(attribute)[1];
  return set === undefined ? [] : derChildren(set, derTag.set).flatMap(readExtensions);
}

/** Go shows only attributes whose values are lists of pairs of an identifier and a text. */
function isListOfSequences(attribute: DerValue): boolean {
  const set = derChildren(attribute)[1];
  return set?.tag === derTag.set && derChildren(set, derTag.set).every((value) => value.tag === derTag.sequence);
}

function goAttribute(attribute: DerValue): PlainObject {
  const [type, set] = derChildren(attribute);
  const values = derChildren(set as DerValue, derTag.set).map((list) =>
    derChildren(list).map((pair) => {
      const parts = derChildren(pair);
      return { Type: readOid(parts[0]), Value: goValue(parts[1]) };
    }),
  );
  return { Type: readOid(type), Value: values };
}

/** Of an extension that is critical, Go takes the mark for the value. */
function goValue(value: DerValue | undefined): RegoValue {
  if (value === undefined) return null;
  if (value.tag === derTag.boolean) return value.content[0] !== 0;
  return readText(value) ?? base64(value.content);
}

function publicKeyFields(keyInfo: DerValue): PlainObject {
  const PublicKeyAlgorithm = keyNumber(keyInfo);
  if (PublicKeyAlgorithm === 0) return { PublicKeyAlgorithm, PublicKey: null };
  try {
    const key = createPublicKey({ key: keyInfo.raw, format: "der", type: "spki" });
    return { PublicKeyAlgorithm, PublicKey: goPublicKey(key) };
  } catch {
    throw new DerError("x509: invalid public key");
  }
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64");
}
