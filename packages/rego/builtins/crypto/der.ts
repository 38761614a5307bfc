// DER, the binary form of keys and certificates. Format: ITU-T X.690.
import type { Buffer } from "node:buffer";

/** Why bytes are not what they should be. */
export class DerError extends Error {}

/** One value with its tag. */
export interface DerValue {
  /** The tag's number with its class: 0x30 a sequence, 0xa0 the context-specific constructed tag 0. */
  readonly tag: number;
  /** The value alone. */
  readonly content: Buffer;
  /** The value with its tag and length. */
  readonly raw: Buffer;
}

export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** The value that begins at a position. Throws a DerError if none does. */
export function readDer(bytes: Buffer, at = 0): DerValue {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new DerError("asn1: syntax error: data truncated");
  if ((tag & 0x1f) === 0x1f) throw new DerError("asn1: structure error: tag number too large");
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first - 0x80;
    if (count === 0 || count > 4 || start + count > bytes.length) throw new DerError("asn1: syntax error: invalid length");
    length = bytes.readUIntBE(start, count);
    start += count;
  }
  if (start + length > bytes.length) throw new DerError("asn1: syntax error: data truncated");
  return { tag, content: bytes.subarray(start, start + length), raw: bytes.subarray(at, start + length) };
}

/** All values of a run of bytes. */
function readDerList(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const value = readDer(bytes, at);
    values.push(value);
    at += value.raw.length;
  }
  return values;
}

/** The parts of a sequence or set. */
export function derChildren(value: DerValue, tag: number = derTag.sequence): DerValue[] {
  expectTag(value, tag);
  return readDerList(value.content);
}

export function expectTag(value: DerValue | undefined, tag: number): asserts value is DerValue {
  if (value?.tag !== tag) throw new DerError("asn1: structure error: tags don't match");
}

export function readOid(value: DerValue | undefined): number[] {
  expectTag(value, derTag.oid);
  return decodeOid(value.content);
}

/** The arcs of an object identifier. */
export function decodeOid(content: Buffer): number[] {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length > 0) arcs.push(arc);
    else arcs.push(Math.min(Math.floor(arc / 40), 2), arc - Math.min(Math.floor(arc / 40), 2) * 40);
    arc = 0;
  }
  return arcs;
}

export function readInteger(value: DerValue | undefined): bigint {
  expectTag(value, derTag.integer);
  if (value.content.length === 0) throw new DerError("asn1: structure error: empty integer");
  return BigInt.asIntN(value.content.length * 8, BigInt(`0x${value.content.toString("hex")}`));
}

/** The bytes of a bit string whose bits fill them. */
export function readBitString(value: DerValue | undefined): Buffer {
  expectTag(value, derTag.bitString);
  return value.content.subarray(1);
}

/** The text of one of the kinds of strings; undefined if the value is none. */
export function readText(value: DerValue): string | undefined {
  switch (value.tag) {
    case derTag.utf8String:
      return value.content.toString("utf8");
    // Numeric, printable, T.61 and IA5 strings.
    case 0x12:
    case 0x13:
    case 0x14:
    case 0x16:
      return value.content.toString("latin1");
    case 0x1e:
      return Array.from({ length: value.content.length >> 1 }, (_, i) => String.fromCharCode(value.content.readUInt16BE(i * 2))).join("");
    default:
      return undefined;
  }
}

/** Seconds since 1970. */
export function readTime(value: DerValue | undefined): number {
  const text = value?.content.toString("latin1") ?? "";
  const match = /^(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const isUtc = value?.tag === derTag.utcTime;
  if (match === null || (match[1] === undefined) !== isUtc || (!isUtc && value?.tag !== derTag.generalizedTime)) {
    throw new DerError("asn1: structure error: invalid time");
  }
  const [, century, ...rest] = match;
  const [year, month, day, hour, minute, second] = rest.map(Number) as [number, number, number, number, number, number];
  const fullYear = century === undefined ? year + (year >= 50 ? 1900 : 2000) : Number(century) * 100 + year;
  return new Date(0).setUTCFullYear(fullYear, month - 1, day) / 1000 + hour * 3600 + minute * 60 + second;
}
