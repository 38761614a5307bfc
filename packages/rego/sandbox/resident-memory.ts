// How much memory another process has, seen from outside.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

/** How the resident size of a process is seen on a platform: `none` where only V8's own limit holds. */
export type ResidentWatch = "proc" | "ps" | "none";

/** How it is seen on this platform (`process.platform`). */
export function residentWatch(platform: string): ResidentWatch {
  if (platform === "linux") return "proc";
  return platform === "darwin" || platform.endsWith("bsd") ? "ps" : "none";
}

const run = promisify(execFile);

/** The resident size of a process in bytes; null when it has ended or can't be seen. Format of `status`: proc_pid_status(5). */
export async function residentBytes(pid: number, watch: ResidentWatch): Promise<number | null> {
  try {
    if (watch === "proc") {
      const kibibytes = /^VmRSS:\s+(?<size>\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.groups?.["size"];
      return kibibytes === undefined ? null : Number(kibibytes) * 1024;
    }
    if (watch === "none") return null;
    const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
    return Number(stdout.trim()) * 1024;
  } catch {
    return null;
  }
}
