import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What is kept of one file of the program. */
export interface KeptFile {
  /** Which state of the file it belongs to. */
  readonly stamp: string;
  /** What V8 made of it: `vm.Script.createCachedData`. */
  readonly code: Uint8Array;
}

/** What is kept for the runs of one command. */
export interface KeptCode {
  /** When it was written, in milliseconds since 1970. */
  readonly time: number;
  /** The kinds of runs whose code is in it. */
  readonly runs: readonly string[];
  /** By the names of the files. */
  readonly files: ReadonlyMap<string, KeptFile>;
}

/** What stands in front of the code of all files, in one line of JSON. */
interface Head {
  readonly of: string;
  readonly time: number;
  readonly runs: readonly string[];
  readonly files: readonly { readonly name: string; readonly stamp: string; readonly bytes: number }[];
}

/** Ends what was written as a whole. */
const END = "end\n";

/** Tells one state of a file from any other: whoever replaces or changes a file gives it another inode or another time, which nobody can set back. */
export function stampOf(file: string): string {
  const { size, mtimeMs, ctimeMs, ino } = statSync(file);
  return [size, mtimeMs, ctimeMs, ino].join(" ");
}

/** Reads what is kept for a program, or null where there is nothing that can be used: it may be gone, of another program, or cut off. */
export function readKeptCode(file: string, program: string): KeptCode | null {
  try {
    const bytes = readFileSync(file);
    const line = bytes.indexOf(10);
    const { of, time, runs, files } = JSON.parse(bytes.toString("utf8", 0, line)) as Head;
    if (of !== program) return null;
    let start = line + 1;
    const kept = new Map<string, KeptFile>();
    for (const { name, stamp, bytes: length } of files) {
      kept.set(name, { stamp, code: bytes.subarray(start, start + length) });
      start += length;
    }
    return bytes.toString("latin1", start) === END ? { time, runs, files: kept } : null;
  } catch {
    return null;
  }
}

/** Writes what is to be kept for a program, as a whole or not at all: others may read it meanwhile. */
export function writeKeptCode(file: string, program: string, { time, runs, files }: KeptCode): void {
  const list = [...files].map(([name, { stamp, code }]) => ({ name, stamp, bytes: code.length }));
  const head: Head = { of: program, time, runs, files: list };
  const parts = [Buffer.from(`${JSON.stringify(head)}\n`), ...[...files.values()].map(({ code }) => code), Buffer.from(END)];
  const beside = `${file}.${process.pid}`;
  try {
    writeFileSync(beside, Buffer.concat(parts), { mode: 0o600 });
    renameSync(beside, file);
  } catch {
    // A run without a place to keep anything is only slower.
    rmSync(beside, { force: true });
  }
}

/**
 * Whether a folder can be trusted with code that will be run: it is made if need be, belongs to this user, and nobody else may write into it. Where systems have no
 * such owners, the folder for temporary files is the user's own.
 */
export function isOwnFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(folder);
    return stats.isDirectory() && (process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0));
  } catch {
    return false;
  }
}

/** A name for what is kept of a command of the program in a folder, the same in each run. */
export function keptName(folder: string, command: string): string {
  let hash = 0x811c9dc5;
  // FNV-1a: programs in other folders have other names, nearly always, and what is kept says whose it is. http://www.isthe.com/chongo/tech/comp/fnv/
  for (const byte of Buffer.from(path.resolve(folder))) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${command}-${(hash >>> 0).toString(16).padStart(8, "0")}`;
}
