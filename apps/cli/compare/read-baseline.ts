import { readFile } from "node:fs/promises";
import path from "node:path";
import { readForeignBaseline, resultView, type ScanView } from "@holdfast/judge/comparing";
import { readValues } from "@holdfast/posture";
import { readResult } from "@holdfast/report";
import { whyUnread } from "../file-reason.ts";
import { UsageError } from "../usage-error.ts";

const FORMS =
  "A baseline is a result of Holdfast (scan --format json), a report of Kubescape (JSON v2), or scans of Kubescape's cluster API (kubectl get -o json or yaml).";

async function textOf(file: string, workingFolder: string): Promise<string> {
  try {
    return await readFile(path.resolve(workingFolder, file), "utf8");
  } catch (error) {
    throw new UsageError(
      `${file}: ${whyUnread(error)}\n\`holdfast scan PATH --format json --output FILE\` writes a result that scans can be compared with.`,
      { cause: error },
    );
  }
}

/** Reads a scan that another one is compared with: of Holdfast, or of Kubescape. Throws `UsageError` where it is none, or says nothing. */
export async function readBaseline(file: string, workingFolder: string): Promise<ScanView> {
  const text = await textOf(file, workingFolder);
  // What says that it is a result of Holdfast is told what is wrong with it as one.
  if (/^\s*\{\s*"schema"\s*:\s*"holdfast\./u.test(text.slice(0, 200))) {
    const stored = readResult(text);
    if ("problem" in stored) throw new UsageError(`${file}: ${stored.problem}`);
    return resultView(stored.result);
  }
  const stored = readResult(text);
  if ("result" in stored) return resultView(stored.result);
  let values: readonly unknown[];
  try {
    values = [JSON.parse(text) as unknown];
  } catch {
    const read = readValues(text);
    if ("message" in read) throw new UsageError(`${file}:${read.line}: it is neither JSON nor YAML: ${read.message}\n${FORMS}`);
    values = read.values;
  }
  const foreign = readForeignBaseline(values);
  if (foreign === null) throw new UsageError(`${file}: ${stored.problem}\n${FORMS}`);
  if ("problem" in foreign) throw new UsageError(`${file}: ${foreign.problem}`);
  return foreign.view;
}
