import type { ArchiveProblemCode } from "../archive-problems.ts";
import { FileFault } from "../file-system.ts";

/** An entry of an archive. */
export interface ArchiveEntry {
  /** Its path within the archive, with `/`; neither empty nor with `.` and `..` in it. */
  readonly path: string;
  readonly kind: "file" | "directory" | "link" | "other";
  /** How many bytes a file has, as the archive says. */
  readonly size: number;
  /** A file's bytes. Throws a `FileFault`. */
  readonly read: () => Uint8Array;
  /** What a link names, as it is written there; a hard link's is a path of the archive with `/` before it. */
  readonly target?: string;
}

/** What an archive holds, and the names in it that were left out because they would leave it. */
export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  readonly leaving: readonly string[];
}

const MEBIBYTE = 1024 * 1024;

/** How much of an archive is read. A manifest packs to a tenth; what packs to a thousandth is made to fill memory. */
export const ARCHIVE_LIMITS: {
  readonly packed: number;
  readonly unpacked: number;
  readonly entries: number;
  readonly ratio: number;
  readonly anyRatio: number;
} = {
  packed: 256 * MEBIBYTE,
  unpacked: 256 * MEBIBYTE,
  entries: 50_000,
  ratio: 200,
  /** Up to this size whatever the ratio. */
  anyRatio: 32 * MEBIBYTE,
};

/** The most bytes that an archive of a size may unpack to. */
export function mostUnpacked(packed: number): number {
  return Math.min(ARCHIVE_LIMITS.unpacked, Math.max(ARCHIVE_LIMITS.anyRatio, packed * ARCHIVE_LIMITS.ratio));
}

/** A fault of an archive as a whole or of an entry. */
export function archiveFault(code: ArchiveProblemCode, reason: string): FileFault {
  return new FileFault(code, reason);
}

export function tooLargeUnpacked(packed: number): FileFault {
  const most = Math.floor(mostUnpacked(packed) / MEBIBYTE);
  return archiveFault("archive-too-large", `its ${packed} bytes would unpack to more than ${most} MiB`);
}

export function tooManyEntries(): FileFault {
  return archiveFault("archive-too-large", `it has more than ${ARCHIVE_LIMITS.entries} entries`);
}

/** The path that a name means within its archive; null for one that leaves it. The empty path is the archive's root. */
export function pathInArchive(name: string): string | null {
  if (name.startsWith("/") || name.includes("\\") || name.includes("\0") || /^[A-Za-z]:/u.test(name)) return null;
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  return parts.includes("..") ? null : parts.join("/");
}
