import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../usage-error.ts";
import type { StoredFindings } from "./define.ts";

/** No larger file is looked into: 512 MiB, about the longest text that there can be. */
const MOST_BYTES = 512 * 1024 * 1024;

/** What a stored result found, where the one path that was named is one; null where it is something to scan. Throws `UsageError` for a result that can't be used. */
export async function readStored(paths: readonly string[], workingFolder: string): Promise<StoredFindings | null> {
  const [file = ""] = paths;
  if (paths.length !== 1 || !file.endsWith(".json")) return null;
  const text = textOf(path.resolve(workingFolder, file));
  // Both forms have their key among the first that they write, but whoever handles JSON may put it elsewhere.
  if (text === null || !/"holdfast\.result\/|"summaryDetails"/u.test(text)) return null;
  const document = parsed(text);
  if (typeof document !== "object" || document === null || Array.isArray(document)) return null;
  if ("schema" in document && typeof document.schema === "string" && document.schema.startsWith("holdfast.result/")) {
    const { storedResult } = await import("./stored-result.ts");
    return storedResult(text, file, workingFolder);
  }
  if (!("summaryDetails" in document) || !("results" in document)) return null;
  const { kubescapeReport } = await import("./kubescape-report.ts");
  const report = kubescapeReport(document, path.resolve(workingFolder, path.dirname(file)), workingFolder);
  if (report.paths.length === 0)
    throw new UsageError(`${file}: it names no file that is here\nRun \`holdfast fix\` in the folder that Kubescape ran in.`);
  return report;
}

function textOf(file: string): string | null {
  try {
    const stats = statSync(file);
    return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(file, "utf8") : null;
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text) as unknown;
  } catch {
    return null;
  }
}
