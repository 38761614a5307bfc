import { readFile } from "node:fs/promises";
import path from "node:path";
import { readLock, type RatchetRequest } from "@holdfast/judge/comparing";
import { whyUnread } from "../file-reason.ts";
import { UsageError } from "../usage-error.ts";

const SHOWN_FAULTS = 10;

async function textOf(file: string, workingFolder: string): Promise<string | null> {
  try {
    return await readFile(path.resolve(workingFolder, file), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new UsageError(`${file}: the lock file can't be read: ${whyUnread(error)}`, { cause: error });
  }
}

/** Reads a lock file; null where there is none. Throws `UsageError` with all that is wrong with it, each fault with its line and what to do. */
export async function readLockFile(file: string, workingFolder: string): Promise<Pick<RatchetRequest, "lock" | "controls">> {
  const text = await textOf(file, workingFolder);
  if (text === null) return { lock: null, controls: [] };
  const read = readLock(text);
  if ("lock" in read) return read;
  const lines = read.faults.slice(0, SHOWN_FAULTS).map(({ line, message }) => `${file}:${line}: ${message}`);
  const more = read.faults.length > SHOWN_FAULTS ? `\nand ${read.faults.length - SHOWN_FAULTS} more faults` : "";
  throw new UsageError(`${lines.join("\nholdfast: ")}${more}\nNothing was scanned.`);
}
