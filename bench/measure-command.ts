import { spawnSync } from "node:child_process";

/** What one run of a program took. */
export interface CommandCost {
  /** From its start to its end. */
  readonly millis: number;
  /** What all its threads computed together. */
  readonly cpuMillis: number;
  /** The most memory that it held at once, in MiB (the resident set, all threads together). */
  readonly peakMebibytes: number;
  readonly exitCode: number;
  readonly stderr: string;
}

// Node can't tell the peak memory of a child; the system tells whoever waits for it. Kibibytes on Linux.
const WAIT = `
import json, os, sys, time
begun = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, usage = os.wait4(child, 0)
print(json.dumps([(time.perf_counter() - begun) * 1000, usage.ru_maxrss / 1024, (usage.ru_utime + usage.ru_stime) * 1000, os.waitstatus_to_exitcode(status)]))
`;

/** Runs a program to its end and measures it. Its standard output is thrown away. Throws when it could not be started. */
export function measureCommand(file: string, args: readonly string[], cwd: string): CommandCost {
  const result = spawnSync("python3", ["-c", WAIT, file, ...args], { cwd, encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
  if (result.error !== undefined) throw new Error(`python3 is needed to measure memory: ${result.error.message}`);
  if (result.status !== 0) throw new Error(`${file} could not be measured: ${result.stderr.trim()}`);
  const [millis, peakMebibytes, cpuMillis, exitCode] = JSON.parse(result.stdout) as [number, number, number, number];
  return { millis, cpuMillis, peakMebibytes, exitCode, stderr: result.stderr };
}
