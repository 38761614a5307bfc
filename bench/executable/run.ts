// How long the single executable takes to start, beside the Node that is in it. Makes the executable of this platform first.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { measureCommand } from "../measure-command.ts";
import { median } from "../median.ts";
import { textTable } from "../text-table.ts";

const RUNS = 20;
/** What issue 8 asks for, in ms. */
const MOST = 80;

const root = path.join(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "holdfast-bench-"));
try {
  const platform = `${process.platform}-${process.arch}`;
  const release = [path.join(root, "tools/release/release.ts"), "--dry-run", "--platform", platform, "--output", folder];
  const made = spawnSync(process.execPath, release, { stdio: ["ignore", "ignore", "inherit"] });
  if (made.status !== 0) throw new Error("the executable could not be made");
  const executable = path.join(folder, readdirSync(folder).find((name) => name.endsWith(platform)) ?? "");
  const samples: Record<string, number[]> = { "Node alone": [], "the executable: version": [] };
  const first = measureCommand(executable, ["version"], folder).millis;
  for (let run = 0; run < RUNS; run++) {
    samples["Node alone"]?.push(measureCommand(process.execPath, ["-e", "0"], folder).millis);
    samples["the executable: version"]?.push(measureCommand(executable, ["version"], folder).millis);
  }
  const rows = Object.entries(samples).map(([name, times]) => [name, `${median(times).toFixed(0)} ms`]);
  console.log(textTable([["", "median"], ...rows]));
  console.log(`\nIts first run, which lays the program out in the cache: ${first.toFixed(0)} ms`);
  const start = median(samples["the executable: version"] ?? []);
  console.log(`${start < MOST ? "held   " : "MISSED "} start under ${MOST} ms: ${start.toFixed(1)}`);
  console.log("\nRaw samples, in ms:");
  for (const [name, times] of Object.entries(samples)) console.log(`${name}: ${times.map((time) => time.toFixed(1)).join(" ")}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
