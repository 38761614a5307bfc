import { isUtf8 } from "node:buffer";
import { makeProblem } from "@holdfast/core";
import type { Problem } from "@holdfast/core";
import { LOAD_PROBLEMS } from "./load-problems.ts";
import type { LoadProblemCode } from "./load-problems.ts";
import { SourceText } from "../yaml/source-text.ts";
import { FileFault, systemReason } from "./file-system.ts";
import type { FileContent, FileSystem } from "./file-system.ts";
import type { InputEntry } from "./loaders/define.ts";

/** The largest file that is read: 32 MiB. */
export const FILE_LIMIT: number = 32 * 1024 * 1024;

/** Reads a claimed file or standard input as text; what can't be read that way gives the problem that says why. */
export async function readEntryText(
  entry: InputEntry,
  files: FileSystem,
): Promise<{ readonly source: SourceText } | { readonly problem: Problem }> {
  let content: FileContent;
  try {
    content = entry.kind === "stdin" ? await files.readStdin(FILE_LIMIT) : await files.readFile(entry.path, FILE_LIMIT);
  } catch (error) {
    if (error instanceof FileFault) return problem(entry, error.problem, error.reason);
    return problem(entry, entry.kind === "file" && entry.named ? "path-unreadable" : "file-unreadable", systemReason(error));
  }
  const { bytes, size } = content;
  if (bytes === undefined)
    return problem(entry, "file-too-large", `it has ${size} bytes, more than the ${FILE_LIMIT} (32 MiB) that are read`);
  // UTF-16 has zero bytes too, but tells by its first two what it is.
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (wide) return problem(entry, "file-not-utf8", "it is UTF-16");
  if (bytes.includes(0)) return problem(entry, "file-binary", "it has zero bytes");
  if (!isUtf8(bytes)) return problem(entry, "file-not-utf8", "it has bytes that are no UTF-8");
  return { source: new SourceText(entry.file, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8")) };
}

function problem(entry: InputEntry, code: LoadProblemCode, cause: string): { readonly problem: Problem } {
  return { problem: makeProblem(LOAD_PROBLEMS, code, { subject: entry.file, cause, file: entry.file }) };
}
