import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Result } from "@holdfast/core";
import { readResult } from "@holdfast/report";
import { UsageError } from "../usage-error.ts";

/** Reads a stored result of Holdfast. Throws `UsageError`. */
export async function readStoredResult(file: string, workingFolder: string): Promise<Result> {
  let text: string;
  try {
    text = await readFile(path.resolve(workingFolder, file), "utf8");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new UsageError(
      `${file}: ${missing ? "there is no such file" : "it can't be read"}\n\`holdfast scan PATH --format json --output ${file}\` writes one.`,
      { cause: error },
    );
  }
  const stored = readResult(text);
  if ("problem" in stored) throw new UsageError(`${file}: ${stored.problem}`);
  return stored.result;
}
