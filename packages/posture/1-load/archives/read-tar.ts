import { gunzipSync } from "node:zlib";
import { unpackTar, type ParsedTarEntryWithData } from "modern-tar";
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

/** Reads what a tar archive holds, gzipped or not. Throws a `FileFault`. */
export async function readTar(bytes: Uint8Array): Promise<Archive> {
  const unpacked = await entriesOf(unzipped(bytes));
  if (unpacked.length > ARCHIVE_LIMITS.entries) throw tooManyEntries();
  const entries: ArchiveEntry[] = [];
  const leaving: string[] = [];
  for (const one of unpacked) {
    const path = pathInArchive(one.header.name);
    if (path === null) leaving.push(one.header.name);
    else if (path !== "") entries.push(entryOf(path, one));
  }
  return { entries, leaving };
}

function unzipped(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostUnpacked(bytes.length) });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLargeUnpacked(bytes.length);
    throw archiveFault("archive-broken", "it can't be unpacked by gzip, or was cut off");
  }
}

async function entriesOf(tar: Uint8Array): Promise<readonly ParsedTarEntryWithData[]> {
  try {
    return await unpackTar(tar, { strict: true });
  } catch {
    // What the library says of the fault is about its own state, and no help to anybody.
    throw archiveFault("archive-broken", "it is no tar archive, or was cut off");
  }
}

function entryOf(path: string, { header, data }: ParsedTarEntryWithData): ArchiveEntry {
  const { type = "file", size, linkname = "" } = header;
  const read = (): Uint8Array => data ?? new Uint8Array();
  if (type === "file") return { path, kind: header.name.endsWith("/") ? "directory" : "file", size, read };
  if (type === "directory") return { path, kind: "directory", size: 0, read };
  if (type === "symlink") return { path, kind: "link", size: 0, read, target: linkname };
  if (type === "link") return { path, kind: "link", size: 0, read, target: `/${linkname.replace(/^\/+/u, "")}` };
  return { path, kind: "other", size: 0, read };
}
