import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Result } from "@holdfast/core";
import { readResult } from "@holdfast/report";
import { whyUnread } from "../file-reason.ts";
import { UsageError } from "../usage-error.ts";

/** Reads a stored result of Holdfast. Throws `UsageError`. */
export async function readStoredResult(file: string, workingFolder: string): Promise<Result> {
  let text: string;
  try {
    text = await readFile(path.resolve(workingFolder, file), "utf8");
  } catch (error) {
    throw new UsageError(`${file}: ${whyUnread(error)}\n\`holdfast scan PATH --format json --output FILE\` writes a result.`, {
      cause: error,
    });
  }
  const stored = readResult(text);
  if ("problem" in stored) throw new UsageError(`${file}: ${stored.problem}`);
  return stored.result;
}
