// The numbers that Go gives to algorithms of certificates. https://pkg.go.dev/crypto/x509#SignatureAlgorithm
import type { DerValue } from "./der.ts";
import { derChildren, readOid } from "./der.ts";

const signatureNumbers: ReadonlyMap<string, number> = new Map([
  ["1.2.840.113549.1.1.2", 1],
  ["1.2.840.113549.1.1.4", 2],
  ["1.2.840.113549.1.1.5", 3],
  ["1.3.14.3.2.29", 3],
  ["1.2.840.113549.1.1.11", 4],
  ["1.2.840.113549.1.1.12", 5],
  ["1.2.840.113549.1.1.13", 6],
  ["1.2.840.10040.4.3", 7],
  ["2.16.840.1.101.3.4.3.2", 8],
  ["1.2.840.10045.4.1", 9],
  ["1.2.840.10045.4.3.2", 10],
  ["1.2.840.10045.4.3.3", 11],
  ["1.2.840.10045.4.3.4", 12],
  ["1.3.101.112", 16],
]);
/** RSASSA-PSS names its hash in its parameters. */
const pss = "1.2.840.113549.1.1.10";
const pssNumbers: ReadonlyMap<string, number> = new Map([
  ["2.16.840.1.101.3.4.2.1", 13],
  ["2.16.840.1.101.3.4.2.2", 14],
  ["2.16.840.1.101.3.4.2.3", 15],
]);

const keyNumbers: ReadonlyMap<string, number> = new Map([
  ["1.2.840.113549.1.1.1", 1],
  ["1.2.840.10040.4.1", 2],
  ["1.2.840.10045.2.1", 3],
  ["1.3.101.112", 4],
]);

/** Go's number of an algorithm that makes signatures; 0 if it is not known. */
export function signatureNumber(identifier: DerValue): number {
  const [type, parameters] = derChildren(identifier);
  const oid = readOid(type).join(".");
  if (oid !== pss) return signatureNumbers.get(oid) ?? 0;
  const hash = parameters === undefined ? undefined : derChildren(parameters).find((part) => part.tag === 0xa0);
  if (hash === undefined) return 0;
  return pssNumbers.get(readOid(derChildren(derChildren(hash, 0xa0)[0] as DerValue)[0]).join(".")) ?? 0;
}

/** Go's number of the algorithm of a public key; 0 if it is not known. */
export function keyNumber(publicKeyInfo: DerValue): number {
  const [algorithm] = derChildren(publicKeyInfo);
  return keyNumbers.get(readOid(derChildren(algorithm as DerValue)[0]).join(".")) ?? 0;
}
