import { once } from "node:events";
import { writeSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { makeProblem, type Problem, type Result } from "@holdfast/core";
import type { FormatEntry, Pieces, ReportOptions } from "@holdfast/report";
import { whyUnwritten } from "./file-reason.ts";
import type { Seal } from "./delivery/seal.ts";
import { OUTPUT_PROBLEMS } from "./output-problems.ts";
import { replaceFile } from "./replace-file.ts";

/** What problems call standard output. */
export const STANDARD_OUTPUT = "standard output";

/** One output: a format and where it goes; null is standard output. */
export interface OutputTarget {
  readonly format: FormatEntry;
  readonly file: string | null;
  /** The file belongs to others too: what it holds stays. */
  readonly append?: boolean;
}

const PIECE = 1 << 16;
/** No UTF-16 code unit takes more bytes in UTF-8. */
const LONGEST_CHARACTER = 3;

/** Writes a block: gives a promise where that goes on while the program does. */
type Write = (block: string | Uint8Array) => Promise<void> | undefined;

/** Joins small pieces of text, so that a large result takes few writes. Bytes are written as they come. While one block is written the next is made. */
class Blocks {
  readonly #write: Write;
  #text = "";
  #written: Promise<void> | undefined;

  constructor(write: Write) {
    this.#write = write;
  }

  /** Takes a piece, and gives a promise where there is something to wait for. */
  add(piece: string | Uint8Array): Promise<void> | undefined {
    if (typeof piece !== "string") return this.end().then(async () => this.#write(piece));
    this.#text += piece;
    if (this.#text.length < PIECE) return undefined;
    if (this.#written !== undefined) return this.#begin();
    this.#start();
    return undefined;
  }

  /** Writes what is left. */
  async end(): Promise<void> {
    await this.#begin();
    await this.#written;
  }

  /** Waits for the block before, and begins to write the next. */
  async #begin(): Promise<void> {
    await this.#written;
    this.#start();
  }

  #start(): void {
    const text = this.#text;
    this.#text = "";
    if (text === "") return;
    this.#written = this.#write(text);
    // That it failed is told to whoever waits for it.
    this.#written?.catch(() => {});
  }
}

async function writeBlocks(pieces: Pieces, write: Write): Promise<void> {
  const blocks = new Blocks(write);
  if (Symbol.asyncIterator in pieces) for await (const piece of pieces) await blocks.add(piece);
  else {
    for (const piece of pieces) {
      const written = blocks.add(piece);
      // Waiting for nothing would take longer than most pieces.
      if (written !== undefined) await written;
    }
  }
  await blocks.end();
}

async function toStream(pieces: Pieces, stream: NodeJS.WritableStream): Promise<void> {
  await writeBlocks(pieces, async (block) => {
    if (!stream.write(block)) await once(stream, "drain");
  });
}

/**
 * What writes to an open file. What goes into a regular file is written at once, from one buffer: handing each block to another thread takes longer than writing it. Anything else may
 * keep its writer waiting for a reader.
 */
async function writerTo(handle: FileHandle): Promise<Write> {
  if (!(await handle.stat()).isFile()) return async (block) => handle.writeFile(block);
  let buffer = Buffer.alloc(0);
  return (block) => {
    if (typeof block !== "string") return writeWhole(handle, block);
    const most = block.length * LONGEST_CHARACTER;
    if (buffer.length < most) buffer = Buffer.allocUnsafeSlow(most);
    return writeWhole(handle, buffer.subarray(0, buffer.write(block)));
  };
}

function writeWhole(handle: FileHandle, bytes: Uint8Array): undefined {
  for (let from = 0; from < bytes.length;) from += writeSync(handle.fd, bytes, from);
}

/** Writes a file so that it is either the whole new text or what it was before, where its folder allows that; permissions stay. */
async function toFile(pieces: Pieces, file: string): Promise<void> {
  await replaceFile(file, async (handle) => writeBlocks(pieces, await writerTo(handle)));
}

/** Writes behind what a file holds. */
async function appendTo(pieces: Pieces, file: string): Promise<void> {
  const handle = await open(file, "a");
  try {
    await writeBlocks(pieces, await writerTo(handle));
  } finally {
    await handle.close();
  }
}

/** Writes a text to a file, whole or not at all. Gives a problem where that can't be done, with the file as it was `named`. */
export async function writeTextFile(file: string, text: string | Pieces, named: string): Promise<Problem | null> {
  try {
    await toFile(typeof text === "string" ? [text] : text, file);
    return null;
  } catch (error) {
    return makeProblem(OUTPUT_PROBLEMS, "output-not-written", { subject: named, cause: whyUnwritten(error) });
  }
}

/** The pieces as they are written: encrypted where that was asked for, and then as text where they go to standard output. */
async function sealed(pieces: Pieces, seal: Seal | null, asText: boolean): Promise<Pieces> {
  if (seal === null) return pieces;
  if (!asText) return seal(pieces);
  const { armoured } = await import("./delivery/seal.ts");
  return armoured(seal(pieces));
}

/** Writes every output. One that can't be written is a problem, and none of the others is lost. */
export async function writeOutputs(
  result: Result,
  targets: readonly OutputTarget[],
  options: ReportOptions,
  context: { readonly stdout: NodeJS.WritableStream },
  seal: Seal | null = null,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { format, file, append } of targets) {
    try {
      const { render } = await format.load();
      const pieces = await sealed(render(result, options), seal, file === null);
      if (file === null) await toStream(pieces, context.stdout);
      else if (append === true) await appendTo(pieces, file);
      else await toFile(pieces, file);
    } catch (error) {
      // A reader that has seen enough (`| head`) is no failure.
      if (file === null && error instanceof Error && "code" in error && error.code === "EPIPE") continue;
      problems.push(makeProblem(OUTPUT_PROBLEMS, "output-not-written", { subject: file ?? STANDARD_OUTPUT, cause: whyUnwritten(error) }));
    }
  }
  return problems;
}
