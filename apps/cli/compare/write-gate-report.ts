import path from "node:path";
import type { Problem, Result } from "@holdfast/core";
import { gateReport } from "@holdfast/judge/comparing";
import type { Seal } from "../delivery/seal.ts";
import { writeTextFile } from "../write-outputs.ts";

/** Writes how the gates came out, encrypted where outputs are. Gives a problem where that can't be done. */
export async function writeGateReport(file: string, result: Result, workingFolder: string, seal: Seal | null): Promise<readonly Problem[]> {
  const text = `${JSON.stringify(gateReport(result), null, 2)}\n`;
  const problem = await writeTextFile(path.resolve(workingFolder, file), seal === null ? [text] : seal([text]), file);
  return problem === null ? [] : [problem];
}
