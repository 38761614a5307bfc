import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { ExitCode } from "@holdfast/judge";
import { printable } from "@holdfast/report";
import { whyUnwritten } from "../file-reason.ts";
import { replaceText } from "../replace-file.ts";

/** Writes a file and the folders above it. What keeps it from being written is said; then the code is 4. */
export async function writeText(file: string, text: string, workingFolder: string, stderr: NodeJS.WritableStream): Promise<ExitCode> {
  const whole = path.resolve(workingFolder, file);
  try {
    await mkdir(path.dirname(whole), { recursive: true });
    await replaceText(whole, text);
    return 0;
  } catch (error) {
    stderr.write(`holdfast: ${printable(file)} can't be written: ${whyUnwritten(error)}\n`);
    return 4;
  }
}
