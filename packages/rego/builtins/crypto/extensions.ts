// The extensions of certificates, as the fields of Go's x509.Certificate. Format: RFC 5280, section 4.2.
import type { Buffer } from "node:buffer";
import { canonicalInteger } from "../../runtime/numbers.ts";
import type { PlainObject, RegoArray, RegoValue } from "../../runtime/value.ts";
import type { DerValue } from "./der.ts";
import { decodeOid, derChildren, derTag, DerError, expectTag, readBitString, readDer, readInteger, readOid } from "./der.ts";
import { goUrl, ipText, listOrNull, readGeneralNames } from "./general-names.ts";

export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Buffer;
}

export function readExtensions(list: DerValue): Extension[] {
  return derChildren(list).map((extension) => {
    const parts = derChildren(extension);
    const id = readOid(parts[0]);
    const critical = parts.length > 2 && parts[1]?.tag === derTag.boolean && parts[1].content[0] !== 0;
    const value = parts.at(-1);
    expectTag(value, derTag.octetString);
    return { id: id.join("."), critical, value: value.content };
  });
}

export function goExtension({ id, critical, value }: Extension): PlainObject {
  return { Id: oidArcs(id), Critical: critical, Value: value.toString("base64") };
}

function oidArcs(id: string): number[] {
  return id.split(".").map(Number);
}

const usagesByOid: ReadonlyMap<string, number> = new Map([
  ["2.5.29.37.0", 0],
  ["1.3.6.1.5.5.7.3.1", 1],
  ["1.3.6.1.5.5.7.3.2", 2],
  ["1.3.6.1.5.5.7.3.3", 3],
  ["1.3.6.1.5.5.7.3.4", 4],
  ["1.3.6.1.5.5.7.3.5", 5],
  ["1.3.6.1.5.5.7.3.6", 6],
  ["1.3.6.1.5.5.7.3.7", 7],
  ["1.3.6.1.5.5.7.3.8", 8],
  ["1.3.6.1.5.5.7.3.9", 9],
  ["1.3.6.1.4.1.311.10.3.3", 10],
  ["2.16.840.1.113730.4.1", 11],
  ["1.3.6.1.4.1.311.2.1.22", 12],
  ["1.3.6.1.4.1.311.61.1.1", 13],
]);

type Fields = Record<string, RegoValue>;

/** The fields before any extension is read. */
function noFields(): Fields {
  const lists = [
    "UnhandledCriticalExtensions ExtKeyUsage UnknownExtKeyUsage SubjectKeyId AuthorityKeyId OCSPServer IssuingCertificateURL DNSNames",
    "EmailAddresses IPAddresses URIs PermittedDNSDomains ExcludedDNSDomains PermittedIPRanges ExcludedIPRanges PermittedEmailAddresses",
    "ExcludedEmailAddresses PermittedURIDomains ExcludedURIDomains CRLDistributionPoints PolicyIdentifiers Policies PolicyMappings URIStrings",
  ];
  const fields: Fields = {};
  for (const name of lists.join(" ").split(" ")) fields[name] = null;
  for (const name of ["KeyUsage", "MaxPathLen", "InhibitAnyPolicy", "InhibitPolicyMapping", "RequireExplicitPolicy"]) fields[name] = 0;
  for (const name of ["BasicConstraintsValid", "IsCA", "MaxPathLenZero", "PermittedDNSDomainsCritical"]) fields[name] = false;
  for (const name of ["InhibitAnyPolicyZero", "InhibitPolicyMappingZero", "RequireExplicitPolicyZero"]) fields[name] = false;
  return fields;
}

const readers: ReadonlyMap<string, (fields: Fields, value: DerValue, critical: boolean) => boolean> = new Map([
  ["2.5.29.15", readKeyUsage],
  ["2.5.29.19", readBasicConstraints],
  ["2.5.29.17", readAlternativeNames],
  ["2.5.29.30", readNameConstraints],
  ["2.5.29.31", readDistributionPoints],
  ["2.5.29.35", readAuthorityKeyId],
  ["2.5.29.37", readExtendedKeyUsage],
  ["2.5.29.14", readSubjectKeyId],
  ["2.5.29.32", readPolicies],
  ["2.5.29.33", readPolicyMappings],
  ["2.5.29.36", readPolicyConstraints],
  ["2.5.29.54", readInhibitAnyPolicy],
  ["1.3.6.1.5.5.7.1.1", readAuthorityAccess],
]);

/** The fields that extensions fill. Those that are critical and not understood are in `UnhandledCriticalExtensions`. */
export function extensionFields(extensions: readonly Extension[]): Fields {
  const fields = noFields();
  const unhandled: RegoArray[] = [];
  for (const { id, critical, value } of extensions) {
    const handled = readers.get(id)?.(fields, readDer(value), critical) ?? false;
    if (critical && !handled) unhandled.push(oidArcs(id));
  }
  fields["UnhandledCriticalExtensions"] = listOrNull(unhandled);
  return fields;
}

function readKeyUsage(fields: Fields, value: DerValue): boolean {
  const bits = readBitString(value);
  let usage = 0;
  for (let i = 0; i < 9; i++) if ((((bits[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) === 1) usage |= 1 << i;
  fields["KeyUsage"] = usage;
  return true;
}

function readBasicConstraints(fields: Fields, value: DerValue): boolean {
  const parts = derChildren(value);
  const isCa = parts.find((part) => part.tag === derTag.boolean);
  const length = parts.find((part) => part.tag === derTag.integer);
  const most = length === undefined ? -1 : Number(readInteger(length));
  fields["BasicConstraintsValid"] = true;
  fields["IsCA"] = isCa !== undefined && isCa.content[0] !== 0;
  fields["MaxPathLen"] = most;
  fields["MaxPathLenZero"] = most === 0;
  return true;
}

function readAlternativeNames(fields: Fields, value: DerValue): boolean {
  const names = readGeneralNames(value);
  fields["DNSNames"] = listOrNull(names.dns);
  fields["EmailAddresses"] = listOrNull(names.emails);
  fields["IPAddresses"] = listOrNull(names.addresses);
  fields["URIs"] = listOrNull(names.uris.map(goUrl));
  fields["URIStrings"] = listOrNull(names.uris);
  return names.dns.length + names.emails.length + names.addresses.length + names.uris.length > 0;
}

/** What the context-specific tags of names mean, and Go's names of their fields. */
const constraintFields: ReadonlyMap<number, string> = new Map([
  [0x81, "EmailAddresses"],
  [0x82, "DNSDomains"],
  [0x86, "URIDomains"],
  [0x87, "IPRanges"],
]);

function readNameConstraints(fields: Fields, value: DerValue, critical: boolean): boolean {
  let handled = true;
  for (const part of derChildren(value)) {
    const prefix = part.tag === 0xa0 ? "Permitted" : "Excluded";
    const lists: Fields = {};
    for (const subtree of derChildren(part, part.tag)) {
      const base = derChildren(subtree)[0];
      const field = base === undefined ? undefined : constraintFields.get(base.tag);
      if (base === undefined || field === undefined) {
        handled = false;
        continue;
      }
      const item = field === "IPRanges" ? ipRange(base.content) : base.content.toString("latin1");
      lists[prefix + field] = [...((lists[prefix + field] as RegoArray | undefined) ?? []), item];
    }
    Object.assign(fields, lists);
  }
  fields["PermittedDNSDomainsCritical"] = critical;
  return handled;
}

function ipRange(bytes: Buffer): PlainObject {
  const half = bytes.length / 2;
  return { IP: ipText(bytes.subarray(0, half)), Mask: bytes.subarray(half).toString("base64") };
}

function readDistributionPoints(fields: Fields, value: DerValue): boolean {
  const urls: string[] = [];
  for (const point of derChildren(value)) {
    const name = derChildren(point).find((part) => part.tag === 0xa0);
    const full = name === undefined ? undefined : derChildren(name, 0xa0).find((part) => part.tag === 0xa0);
    if (full === undefined) continue;
    for (const one of derChildren(full, 0xa0)) if (one.tag === 0x86) urls.push(one.content.toString("latin1"));
  }
  fields["CRLDistributionPoints"] = listOrNull(urls);
  return true;
}

function readAuthorityKeyId(fields: Fields, value: DerValue): boolean {
  const id = derChildren(value).find((part) => part.tag === 0x80);
  fields["AuthorityKeyId"] = id === undefined ? null : id.content.toString("base64");
  return true;
}

function readSubjectKeyId(fields: Fields, value: DerValue): boolean {
  expectTag(value, derTag.octetString);
  fields["SubjectKeyId"] = value.content.toString("base64");
  return true;
}

function readExtendedKeyUsage(fields: Fields, value: DerValue): boolean {
  const oids = derChildren(value).map(readOid);
  const known = oids.map((oid) => usagesByOid.get(oid.join(".")));
  fields["ExtKeyUsage"] = listOrNull(known.filter((usage) => usage !== undefined));
  fields["UnknownExtKeyUsage"] = listOrNull(oids.filter((_, i) => known[i] === undefined));
  return true;
}

function readPolicies(fields: Fields, value: DerValue): boolean {
  const oids = derChildren(value).map((policy) => readOid(derChildren(policy)[0]));
  fields["PolicyIdentifiers"] = listOrNull(oids);
  fields["Policies"] = listOrNull(oids.map((oid) => oid.join(".")));
  return true;
}

function readPolicyMappings(fields: Fields, value: DerValue): boolean {
  const mappings = derChildren(value).map((mapping) => {
    const [issuer = "", subject = ""] = derChildren(mapping).map((part) => readOid(part).join("."));
    return { IssuerDomainPolicy: issuer, SubjectDomainPolicy: subject };
  });
  fields["PolicyMappings"] = listOrNull(mappings);
  return true;
}

function readPolicyConstraints(fields: Fields, value: DerValue): boolean {
  for (const part of derChildren(value)) {
    const name = part.tag === 0x80 ? "RequireExplicitPolicy" : "InhibitPolicyMapping";
    setSkip(fields, name, BigInt(`0x${part.content.toString("hex")}`));
  }
  return true;
}

function readInhibitAnyPolicy(fields: Fields, value: DerValue): boolean {
  setSkip(fields, "InhibitAnyPolicy", readInteger(value));
  return true;
}

/** A number of certificates; Go tells a zero from nothing by another field. */
function setSkip(fields: Fields, name: string, count: bigint): void {
  if (count < 0n) throw new DerError("x509: invalid policy constraint");
  fields[name] = canonicalInteger(count);
  fields[`${name}Zero`] = count === 0n;
}

const accessFields: ReadonlyMap<string, string> = new Map([
  ["1.3.6.1.5.5.7.48.1", "OCSPServer"],
  ["1.3.6.1.5.5.7.48.2", "IssuingCertificateURL"],
]);

function readAuthorityAccess(fields: Fields, value: DerValue): boolean {
  for (const access of derChildren(value)) {
    const [method, location] = derChildren(access);
    expectTag(method, derTag.oid);
    const field = accessFields.get(decodeOid(method.content).join("."));
    if (field === undefined || location?.tag !== 0x86) continue;
    fields[field] = [...((fields[field] as RegoArray | null) ?? []), location.content.toString("latin1")];
  }
  return true;
}
