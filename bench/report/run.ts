// `npm run bench -- report`: what it costs to write a stored result with 100,000 findings in every format, each in a process of its own.
import { createReadStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { formats, readStoredResult } from "@holdfast/report";
import { writeEstate } from "../load/write-estate.ts";
import { measureCommand } from "../measure-command.ts";
import { textTable } from "../text-table.ts";

const { values: options } = parseArgs({
  options: { shops: { type: "string", default: "470" }, format: { type: "string", multiple: true, default: [] } },
});
const MOST_MILLIS = 10_000;
const MOST_MEBIBYTES = 500;
// It lays out pages.
const TAKES_ITS_TIME = "pdf";
const program = path.join(import.meta.dirname, "../../apps/cli/bin/holdfast.cjs");
const work = mkdtempSync(path.join(tmpdir(), "holdfast-bench-"));

async function countFindings(file: string): Promise<number> {
  const stored = await readStoredResult(() => createReadStream(file));
  if ("problem" in stored) throw new Error(`the scan wrote no result: ${stored.problem}`);
  return stored.result.findings.length;
}

try {
  await writeEstate(path.join(work, "estate"), Number(options.shops));
  const file = path.join(work, "result.json");
  const scan = measureCommand(process.execPath, [program, "scan", "estate", "--format", "json", "--output", file], work);
  if (scan.exitCode !== 0) throw new Error(`the scan ended with ${scan.exitCode}: ${scan.stderr}`);
  console.log(
    `Node ${process.version}; a result with ${(await countFindings(file)).toLocaleString("en-US")} findings, ${(statSync(file).size / 1e6).toFixed(0)} MB of JSON.\n`,
  );
  const missed: string[] = [];
  const rows = formats
    .filter(({ id }) => options.format.length === 0 || options.format.includes(id))
    .map(({ id }) => {
      const output = path.join(work, "output");
      const cost = measureCommand(process.execPath, [program, "report", file, "--format", id, "--output", output], work);
      if (cost.exitCode !== 0) throw new Error(`${id} ended with ${cost.exitCode}: ${cost.stderr}`);
      // The work is that of one thread, so that on a machine that does nothing else the clock shows no more than the processor's time.
      if (Math.min(cost.millis, cost.cpuMillis) > MOST_MILLIS && id !== TAKES_ITS_TIME)
        missed.push(`${id} takes more than ${MOST_MILLIS / 1000} s`);
      if (cost.peakMebibytes > MOST_MEBIBYTES) missed.push(`${id} takes more than ${MOST_MEBIBYTES} MiB`);
      const size = (statSync(output).size / 1e6).toFixed(1);
      rmSync(output);
      return [
        id,
        `${(cost.millis / 1000).toFixed(1)} s`,
        `${(cost.cpuMillis / 1000).toFixed(1)} s`,
        `${cost.peakMebibytes.toFixed(0)} MiB`,
        `${size} MB`,
      ];
    });
  console.log(textTable([["format", "time", "processor", "memory", "output"], ...rows]));
  for (const one of missed) console.log(`MISSED  ${one}`);
  if (missed.length === 0) {
    console.log(
      `\nheld    every format but ${TAKES_ITS_TIME} in at most ${MOST_MILLIS / 1000} s, and all in at most ${MOST_MEBIBYTES} MiB`,
    );
  }
  if (missed.length > 0) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
