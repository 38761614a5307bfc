import type { LoadProblemCode } from "./load-problems.ts";

/** What a name in a folder is, links not followed. */
export type FileKind = "file" | "directory" | "symlink" | "other";

export interface ListedFile {
  readonly name: string;
  readonly kind: FileKind;
  /** Why it can't be read, where that is known already. On a regular file it counts only if no loader claims it as it is. */
  readonly fault?: FileFault;
}

/** Why a file can't be read, where a code of the system doesn't say it: an archive is broken, say. */
export class FileFault extends Error {
  readonly problem: LoadProblemCode;
  /** In words, as a cause of a problem. */
  readonly reason: string;

  constructor(problem: LoadProblemCode, reason: string) {
    super(reason);
    this.name = "FileFault";
    this.problem = problem;
    this.reason = reason;
  }
}

/** A file's bytes, or only its size where it has more than were asked for. */
export interface FileContent {
  readonly size: number;
  readonly bytes?: Uint8Array;
}

/**
 * How files are reached; a program passes this in. Paths are those of the machine. What fails rejects with an error that has the system's `code`
 * (`ENOENT`, `EACCES`, …), as those of `node:fs` do.
 */
export interface FileSystem {
  readonly listFolder: (path: string) => Promise<readonly ListedFile[]>;
  /** What a path is, links followed. */
  readonly kindOf: (path: string) => Promise<Exclude<FileKind, "symlink">>;
  /** Reads a file, or what is written into a pipe, of at most `limit` bytes. */
  readonly readFile: (path: string, limit: number) => Promise<FileContent>;
  readonly realPath: (path: string) => Promise<string>;
  /** Reads standard input to its end, at most `limit` bytes. */
  readonly readStdin: (limit: number) => Promise<FileContent>;
}

/** The system's code of an error; empty where it has none. */
export function systemCode(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Which problem it is that a path that somebody named can't be used. */
export function pathProblem(error: unknown): "path-not-found" | "path-unreadable" {
  const code = systemCode(error);
  return code === "ENOENT" || code === "ENOTDIR" ? "path-not-found" : "path-unreadable";
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "a part of the path is no folder",
  EACCES: "permission was denied",
  EPERM: "permission was denied",
  ELOOP: "links lead back to themselves",
  EISDIR: "it is a folder",
  EIO: "the device reported an error",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the path is too long",
};

/** An error as the system makes them, with its code. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Why the system refused, in words. */
export function systemReason(error: unknown): string {
  if (error instanceof FileFault) return error.reason;
  const code = systemCode(error);
  return REASONS[code] ?? (code === "" ? "reading failed" : `reading failed with ${code}`);
}
