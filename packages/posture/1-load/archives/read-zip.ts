// Zip archives: APPNOTE.TXT of PKWARE, version 6.3.10 (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). Only the central directory tells what is there.
import { isUtf8 } from "node:buffer";
import { crc32, inflateRawSync } from "node:zlib";
import {
  ARCHIVE_LIMITS,
  archiveFault,
  mostUnpacked,
  pathInArchive,
  tooLargeUnpacked,
  tooManyEntries,
  type Archive,
  type ArchiveEntry,
} from "./archive.ts";

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const CENTRAL_SIZE = 46;
const LOCAL_SIZE = 30;
const LONGEST_COMMENT = 65_535;
const ABSENT_16 = 0xffff;
const ABSENT_32 = 0xffffffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** Systems whose attributes are those of Unix: Unix itself and macOS. */
const UNIX_SYSTEMS: ReadonlySet<number> = new Set([3, 19]);
const UNIX_KIND = 0o170000;
const UNIX_LINK = 0o120000;
const UNIX_FOLDER = 0o040000;
const UNIX_FILE = 0o100000;

interface Directory {
  readonly count: number;
  readonly offset: number;
}

/** Reads what a zip archive holds. Files are unpacked when they are read. Throws a `FileFault`. */
export function readZip(bytes: Uint8Array): Archive {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return read(zip);
  } catch (error) {
    if (error instanceof RangeError) throw archiveFault("archive-broken", "it is no zip archive, or was cut off");
    throw error;
  }
}

function read(zip: Buffer): Archive {
  const directory = directoryOf(zip);
  if (directory.count > ARCHIVE_LIMITS.entries) throw tooManyEntries();
  const entries: ArchiveEntry[] = [];
  const leaving: string[] = [];
  let size = 0;
  let at = directory.offset;
  for (let index = 0; index < directory.count; index += 1) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw archiveFault("archive-broken", "its directory of files is damaged");
    const header = centralHeader(zip, at);
    const path = pathInArchive(header.name);
    size += header.size;
    if (size > mostUnpacked(zip.length)) throw tooLargeUnpacked(zip.length);
    if (path === null) leaving.push(header.name);
    else if (path !== "") entries.push(entryOf(zip, path, header));
    at = header.end;
  }
  return { entries, leaving };
}

/** Finds the directory: its record stands at the end, before a comment of any length. */
function directoryOf(zip: Buffer): Directory {
  const first = Math.max(0, zip.length - END_SIZE - LONGEST_COMMENT);
  for (let at = zip.length - END_SIZE; at >= first; at -= 1) {
    if (zip.readUInt32LE(at) !== END) continue;
    const count = zip.readUInt16LE(at + 10);
    const offset = zip.readUInt32LE(at + 16);
    const locator = at - 20;
    if ((count !== ABSENT_16 && offset !== ABSENT_32) || locator < 0 || zip.readUInt32LE(locator) !== END_64_LOCATOR)
      return { count, offset };
    const end = number64(zip, locator + 8);
    if (zip.readUInt32LE(end) !== END_64) throw archiveFault("archive-broken", "its end record is damaged");
    return { count: number64(zip, end + 32), offset: number64(zip, end + 48) };
  }
  throw archiveFault("archive-broken", "it is no zip archive, or was cut off");
}

function number64(zip: Buffer, at: number): number {
  return Number(zip.readBigUInt64LE(at));
}

interface Header {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  /** The kind among Unix's attributes; 0 where there are none. */
  readonly unixKind: number;
  /** Where the file's own header stands. */
  readonly local: number;
  /** Where the next header of the directory starts. */
  readonly end: number;
}

function centralHeader(zip: Buffer, at: number): Header {
  const nameEnd = at + CENTRAL_SIZE + zip.readUInt16LE(at + 28);
  const extraEnd = nameEnd + zip.readUInt16LE(at + 30);
  const end = extraEnd + zip.readUInt16LE(at + 32);
  if (end > zip.length) throw archiveFault("archive-broken", "its directory of files is cut off");
  const sizes = { size: zip.readUInt32LE(at + 24), packed: zip.readUInt32LE(at + 20), local: zip.readUInt32LE(at + 42) };
  return {
    name: nameOf(zip.subarray(at + CENTRAL_SIZE, nameEnd)),
    encrypted: (zip.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
    method: zip.readUInt16LE(at + 10),
    checksum: zip.readUInt32LE(at + 16),
    unixKind: UNIX_SYSTEMS.has(zip.readUInt8(at + 5)) ? (zip.readUInt32LE(at + 38) >>> 16) & UNIX_KIND : 0,
    end,
    ...largeSizes(zip.subarray(nameEnd, extraEnd), sizes),
  };
}

/** Names are UTF-8 where they say so, and in practice where they can be. */
function nameOf(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? "utf8" : "latin1");
}

type Sizes = Pick<Header, "size" | "packed" | "local">;

/** Sizes and offsets beyond 32 bits stand in an extra field (4.5.3): of the three only those that are needed, in this order. */
function largeSizes(extra: Buffer, sizes: Sizes): Sizes {
  const large = { ...sizes };
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let field = at + 4;
    for (const name of ["size", "packed", "local"] as const) {
      if (sizes[name] !== ABSENT_32) continue;
      large[name] = number64(extra, field);
      field += 8;
    }
  }
  return large;
}

function entryOf(zip: Buffer, path: string, header: Header): ArchiveEntry {
  const content = (): Uint8Array => contentOf(zip, header);
  if (header.name.endsWith("/") || header.unixKind === UNIX_FOLDER) return { path, kind: "directory", size: 0, read: content };
  if (header.unixKind === UNIX_LINK) return { path, kind: "link", size: 0, read: content, target: Buffer.from(content()).toString("utf8") };
  const regular = header.unixKind === 0 || header.unixKind === UNIX_FILE;
  return { path, kind: regular ? "file" : "other", size: header.size, read: content };
}

function contentOf(zip: Buffer, { encrypted, method, local, packed, size, checksum }: Header): Uint8Array {
  if (encrypted) throw archiveFault("archive-encrypted", "it is encrypted");
  if (method !== STORED && method !== DEFLATED)
    throw archiveFault("archive-broken", `it is packed by method ${method}, and only stored and deflated files are read`);
  if (local + LOCAL_SIZE > zip.length || zip.readUInt32LE(local) !== LOCAL)
    throw archiveFault("archive-broken", "its place in the archive is damaged");
  const start = local + LOCAL_SIZE + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const data = zip.subarray(start, start + packed);
  if (data.length !== packed) throw archiveFault("archive-broken", "the archive was cut off");
  const content = method === STORED ? data : inflated(data, size);
  if (content.length !== size || crc32(content) !== checksum)
    throw archiveFault("archive-broken", "its bytes are not those that the archive promises");
  return content;
}

function inflated(data: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw archiveFault("archive-broken", "its bytes can't be unpacked");
  }
}
