import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Counts the connections that the program makes over the whole run of the acceptance tests: each run of it loads `watch-connections.cjs`, which writes down those that leave the
 * machine. One that does fails the run.
 */
export function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), "holdfast-connections-"));
  const log = path.join(folder, "log");
  writeFileSync(log, "");
  process.env["HOLDFAST_CONNECTION_LOG"] = log;
  return () => {
    const left = readFileSync(log, "utf8");
    rmSync(folder, { recursive: true, force: true });
    if (left !== "") throw new Error(`the program tried to reach other machines:\n${left}`);
  };
}
