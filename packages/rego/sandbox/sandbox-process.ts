// One process of a sandbox, from its start to its end, with its limits watched from outside.
import { spawn, type ChildProcess } from "node:child_process";
import { fromJson } from "../runtime/json.ts";
import { FrameReader, frameHeader } from "./frames.ts";
import type { SandboxMessage } from "./messages.ts";
import { residentBytes, residentWatch } from "./resident-memory.ts";
import type { EffectiveLimits } from "./sandbox-limits.ts";
import type { SandboxProgram } from "./sandbox-program.ts";

/** Why a process ended before all its jobs were done. */
export interface ProcessEnd {
  readonly code: "limit_time" | "limit_memory" | "limit_output" | "sandbox_failed";
  readonly message: string;
}

/** How often the resident size is looked at, in milliseconds: a process can't touch more than some 100 MB meanwhile. */
const WATCH_MS = 20;
/** What a process may take to start and to read its input, beside the time of a job. */
const START_MS = 20_000;
/** What a message may hold beside a result. */
const ENVELOPE_BYTES = 1_048_576;

/** The messages behind which something new begins, with time of its own. */
const NEWS: ReadonlySet<SandboxMessage["type"]> = new Set(["ready", "done", "tested"]);

const MEBIBYTE = 1_048_576;

/** Starts the process with nothing of this one's: no environment, no files but its program, no processes, workers or add-ons. */
function start(program: SandboxProgram, limits: EffectiveLimits): ChildProcess {
  const flags = [
    "--permission",
    ...program.readable.map((file) => `--allow-fs-read=${file}`),
    `--max-old-space-size=${Math.floor(limits.memoryBytes / MEBIBYTE)}`,
    "--no-warnings",
    "--no-experimental-websocket",
    "--disable-proto=delete",
  ];
  // A single executable takes no flags of Node's from its command line; it takes them from this one variable, of which the program then sees nothing.
  const single = process.getBuiltinModule("node:sea").isSea();
  const env = single ? { NODE_OPTIONS: flags.map((flag) => JSON.stringify(flag)).join(" ") } : {};
  const words = single ? [program.file] : [...flags, program.file];
  return spawn(process.execPath, words, { env, cwd: "/", stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
}

/**
 * Runs one process over what it is sent, hands on what it tells, and ends when it has ended: null when it said all it had to say. It is killed (SIGKILL, which a stopped
 * process obeys as well) as soon as a limit is passed. `onStart` is told its id.
 */
export async function runSandboxProcess(
  program: SandboxProgram,
  limits: EffectiveLimits,
  parts: readonly Uint8Array[],
  onMessage: (message: SandboxMessage) => void,
  onStart?: (pid: number) => void,
): Promise<ProcessEnd | null> {
  const child = start(program, limits);
  const { promise, resolve } = Promise.withResolvers<ProcessEnd | null>();
  const killOnExit = (): void => void child.kill("SIGKILL");
  process.once("exit", killOnExit);
  let end: ProcessEnd | null = null;
  let last = "";
  const stop = (reason: ProcessEnd): void => {
    end ??= reason;
    child.kill("SIGKILL");
  };

  let timer = setTimeout(() => stop({ code: "sandbox_failed", message: "it did not start in time" }), START_MS);
  const restartClock = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stop({ code: "limit_time", message: `it took more than ${limits.wallMs} ms` }), limits.wallMs);
  };

  const reader = new FrameReader(limits.outputBytes + ENVELOPE_BYTES);
  child.stdout?.on("data", (chunk: Buffer) => {
    if (end !== null) return;
    const messages = reader.read(chunk);
    if (messages === null) {
      stop({ code: "limit_output", message: `its result is larger than ${limits.outputBytes} bytes` });
      return;
    }
    for (const bytes of messages) {
      // Results may hold integers beyond doubles.
      const message = fromJson(bytes.toString()) as unknown as SandboxMessage;
      onMessage(message);
      if (NEWS.has(message.type)) restartClock();
    }
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    last = (last + chunk.toString()).slice(-4000);
  });
  child.stdin?.on("error", () => {});
  child.on("error", (error) => {
    end ??= { code: "sandbox_failed", message: `its process could not be started: ${error.message}` };
    resolve(end);
  });

  const { pid } = child;
  if (pid !== undefined) onStart?.(pid);
  const watch = residentWatch(process.platform);
  const look = async (): Promise<void> => {
    const bytes = pid === undefined ? null : await residentBytes(pid, watch);
    if (bytes !== null && bytes > limits.memoryBytes) stop(outOfMemory(limits));
  };
  const watcher = watch === "none" ? undefined : setInterval(() => void look(), WATCH_MS);

  child.on("close", (code, signal) => {
    if (end === null && code !== 0) {
      end = /heap out of memory|Allocation failed|invalid (?:array|table) size|Fatal.*memory/iu.test(last)
        ? outOfMemory(limits)
        : { code: "sandbox_failed", message: `its process ended with ${signal ?? `code ${code}`}${cause(last)}` };
    }
    resolve(end);
  });
  for (const part of parts) {
    child.stdin?.write(frameHeader(part.length));
    child.stdin?.write(part);
  }
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    clearInterval(watcher);
    process.removeListener("exit", killOnExit);
  }
}

function outOfMemory(limits: EffectiveLimits): ProcessEnd {
  return { code: "limit_memory", message: `it needed more than ${Math.floor(limits.memoryBytes / MEBIBYTE)} MiB of memory` };
}

/** The line of an error's own message, without the stack that Node prints around it. */
function cause(text: string): string {
  const line = /^(?:\w*Error.*|.*ERR_.*)$/mu.exec(text)?.[0];
  return line === undefined ? "" : `: ${line.slice(0, 200)}`;
}
