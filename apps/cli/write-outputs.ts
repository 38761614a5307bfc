import { once } from "node:events";
import { open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { makeProblem, type Problem, type Result } from "@holdfast/core";
import type { Format, ReportOptions } from "@holdfast/report";
import { OUTPUT_PROBLEMS } from "./output-problems.ts";

/** One output: a format and where it goes; null is standard output. */
export interface OutputTarget {
  readonly format: Format;
  readonly file: string | null;
}

const PIECE = 1 << 16;

/** Joins small pieces, so that a large result takes few writes. */
function* inBlocks(pieces: Iterable<string>): Iterable<string> {
  let block = "";
  for (const piece of pieces) {
    block += piece;
    if (block.length >= PIECE) {
      yield block;
      block = "";
    }
  }
  if (block !== "") yield block;
}

async function toStream(pieces: Iterable<string>, stream: NodeJS.WritableStream): Promise<void> {
  for (const block of inBlocks(pieces)) if (!stream.write(block)) await once(stream, "drain");
}

/** Whether a path is, or would be, a plain file: only these are written beside and then moved into place. */
async function isPlain(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return true;
  }
}

/** Writes a file so that it is either the whole new text or what it was before. */
async function toFile(pieces: Iterable<string>, file: string): Promise<void> {
  const plain = await isPlain(file);
  const target = plain ? path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`) : file;
  try {
    const handle = await open(target, "w");
    try {
      for (const block of inBlocks(pieces)) await handle.writeFile(block);
    } finally {
      await handle.close();
    }
    if (plain) await rename(target, file);
  } catch (error) {
    if (plain) await rm(target, { force: true });
    throw error;
  }
}

/** What a failed write says, without the paths and codes of Node's message. */
function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: "its folder does not exist",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EROFS: "the file system is read-only",
    EISDIR: "it is a folder",
    ENOTDIR: "a part of its path is no folder",
    ENOSPC: "no space is left on the disk",
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

/** Writes every output. One that can't be written is a problem, and none of the others is lost. */
export async function writeOutputs(
  result: Result,
  targets: readonly OutputTarget[],
  options: ReportOptions,
  stdout: NodeJS.WritableStream,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { format, file } of targets) {
    const pieces = format.render(result, options);
    try {
      if (file === null) await toStream(pieces, stdout);
      else await toFile(pieces, file);
    } catch (error) {
      // A reader that has seen enough (`| head`) is no failure.
      if (file === null && error instanceof Error && "code" in error && error.code === "EPIPE") continue;
      problems.push(makeProblem(OUTPUT_PROBLEMS, "output-not-written", { subject: file ?? "standard output", cause: reason(error) }));
    }
  }
  return problems;
}
