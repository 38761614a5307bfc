// Certificates for the tests' servers, made when they run: X.509 (RFC 5280) in DER, as little of it as TLS asks for.
import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

const signedWithEcdsaSha256: Buffer = der(0x30, objectIdentifier("2a8648ce3d040302"));

/** A self-signed certificate for names and addresses of IPv4, and its key, as PEM. It is its own authority. Valid from yesterday to tomorrow. */
export function makeCertificate(commonName: string, names: readonly string[]): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const toBeSigned = contents(commonName, names, publicKey);
  const signature = sign("sha256", toBeSigned, privateKey);
  const certificate = der(0x30, toBeSigned, signedWithEcdsaSha256, der(0x03, Buffer.of(0), signature));
  return { certificate: pem("CERTIFICATE", certificate), key: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}

function contents(commonName: string, names: readonly string[], publicKey: KeyObject): Buffer {
  const name = der(0x30, der(0x31, der(0x30, objectIdentifier("550403"), der(0x0c, Buffer.from(commonName)))));
  const day = 86_400_000;
  const validity = der(0x30, utcTime(Date.now() - day), utcTime(Date.now() + day));
  const authority = extension("551d13", der(0x30, der(0x01, Buffer.of(0xff))));
  const alternatives = extension("551d11", der(0x30, ...names.map(generalName)));
  return der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1 + Math.floor(Math.random() * 126))),
    signedWithEcdsaSha256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, authority, alternatives)),
  );
}

function generalName(name: string): Buffer {
  return /^[0-9.]+$/u.test(name) ? der(0x87, Buffer.from(name.split(".").map(Number))) : der(0x82, Buffer.from(name));
}

function extension(identifier: string, value: Buffer): Buffer {
  return der(0x30, objectIdentifier(identifier), der(0x04, value));
}

function objectIdentifier(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/gu, "");
  return der(0x17, Buffer.from(digits.slice(2)));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.of(tag, ...length), body]);
}

function pem(label: string, bytes: Buffer): string {
  return `-----BEGIN ${label}-----\n${(bytes.toString("base64").match(/.{1,64}/gu) ?? []).join("\n")}\n-----END ${label}-----\n`;
}
