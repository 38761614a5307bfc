// JSON Web Tokens in their compact form. Format: RFC 7519 and RFC 7515.
import { Buffer } from "node:buffer";
import { fromJson } from "../../runtime/json.ts";
import { own } from "../../runtime/own.ts";
import type { PlainObject, RegoValue } from "../../runtime/value.ts";
import { JwtError } from "./jwt-error.ts";

/** A token whose signature has not been looked at. */
export interface Token {
  readonly header: PlainObject;
  /** The payload's bytes, which are JSON unless the token contains another one. */
  readonly payload: Buffer;
  readonly signature: Buffer;
  /** What was signed. */
  readonly content: Buffer;
}

/** Throws a JwtError if the text is no token. */
export function readToken(text: string): Token {
  const sections = text.split(".");
  if (sections.length !== 3) throw new JwtError(`encoded JWT must have 3 sections, found ${sections.length}`);
  const [headerText, payloadText, signatureText] = sections as [string, string, string];
  const header = readObject(decode(headerText, "header").toString("utf8"), "header");
  if (own(header, "enc") !== undefined) throw new JwtError("JWT is a JWE object, which is not supported");
  return {
    header,
    payload: decode(payloadText, "payload"),
    signature: decode(signatureText, "signature"),
    content: Buffer.from(`${headerText}.${payloadText}`, "utf8"),
  };
}

/** Reads a payload that must be an object. */
export function readClaims(token: Token): PlainObject {
  return readObject(token.payload.toString("utf8"), "payload");
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
  if (text.replace(/=+$/, "").length % 4 === 1) throw new JwtError(`JWT ${what} had invalid encoding: illegal base64 data`);
  return Buffer.from(text, "base64url");
}

function readObject(text: string, what: string): PlainObject {
  let value: RegoValue;
  try {
    value = fromJson(text);
  } catch {
    throw new JwtError(`JWT ${what} is no JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new JwtError(`JWT ${what} is no JSON object`);
  return value as PlainObject;
}
