// JSON Web Tokens in their compact form. Format: RFC 7519 and RFC 7515.
import { Buffer } from "node:buffer";
import { fromJson } from "../../runtime/json.ts";
import { own } from "../../runtime/own.ts";
import { isPlainObject, type PlainObject, type RegoValue } from "../../runtime/value.ts";
import { textOfBytes } from "../byte-text.ts";
import { JwtError } from "./jwt-error.ts";

/** What was signed, and the signature, which is read when it is asked for and then throws a JwtError if it is none. */
export interface Signed {
  readonly content: Buffer;
  readonly signature: () => Buffer;
}

/** A token whose signature has not been looked at. */
export interface Token extends Signed {
  readonly header: PlainObject;
  /** As it stands in the token: nobody reads it before the signature was seen to be right. */
  readonly encodedPayload: string;
}

/** Throws a JwtError if the text is no token. What header and payload say does not matter. */
export function readSigned(text: string): Signed {
  const [header, payload, signature] = sectionsOf(text);
  return { content: Buffer.from(`${header}.${payload}`, "utf8"), signature: () => decode(signature, "signature") };
}

/** Throws a JwtError if the text is no token, or its header no object. */
export function readToken(text: string): Token {
  const [headerText, encodedPayload] = sectionsOf(text);
  const header = readObject(textOfBytes(decode(headerText, "header")), "header");
  if (own(header, "enc") !== undefined) throw new JwtError("JWT is a JWE object, which is not supported");
  return { ...readSigned(text), header, encodedPayload };
}

/** The header of a token, if it is an object. Throws a JwtError if it is no JSON. */
export function headerOf(text: string): PlainObject | undefined {
  const [header] = sectionsOf(text);
  const value = readJson(textOfBytes(decode(header, "header")), "header");
  return isPlainObject(value) ? value : undefined;
}

function sectionsOf(text: string): readonly [string, string, string] {
  const sections = text.split(".");
  if (sections.length !== 3) throw new JwtError(`encoded JWT must have 3 sections, found ${sections.length}`);
  return sections as [string, string, string];
}

/** The text of the payload, which is JSON unless the token contains another one. */
export function payloadText(token: Token): string {
  return textOfBytes(decode(token.encodedPayload, "payload"));
}

/** Reads a payload that must be an object. */
export function readClaims(token: Token): PlainObject {
  return readObject(payloadText(token), "payload");
}

/** Whether the payload is a token itself. */
export function isNested(token: Token): boolean {
  const type = own(token.header, "cty");
  return typeof type === "string" && type.toUpperCase() === "JWT";
}

/** A text member of a header; undefined if it is missing. Throws a JwtError if it is no text. */
export function textMember(header: PlainObject, name: string): string | undefined {
  const value = own(header, name);
  if (value !== undefined && typeof value !== "string") throw new JwtError(`JWT header: ${name} must be a string`);
  return value;
}

function decode(text: string, what: string): Buffer {
  const illegal = text.search(/[^A-Za-z0-9_-]/);
  if (illegal >= 0 && !/^[A-Za-z0-9_-]*={1,2}$/.test(text)) {
    throw new JwtError(`JWT ${what} had invalid encoding: illegal base64 data at input byte ${illegal}`);
  }
  if (text.replace(/=+$/, "").length % 4 === 1 || (text.endsWith("=") && text.length % 4 !== 0))
    throw new JwtError(`JWT ${what} had invalid encoding: illegal base64 data`);
  return Buffer.from(text, "base64url");
}

function readJson(text: string, what: string): RegoValue {
  try {
    return fromJson(text);
  } catch {
    throw new JwtError(`JWT ${what} is no JSON`);
  }
}

function readObject(text: string, what: string): PlainObject {
  const value = readJson(text, what);
  if (!isPlainObject(value)) throw new JwtError(`JWT ${what} is no JSON object`);
  return value;
}
