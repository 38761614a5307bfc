import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import type { ToolName, ToolOutcome, ToolRun, ToolRunner } from "@holdfast/posture";

/** How many tools run at the same time. */
const CONCURRENCY = 2;
/** What a tool may use of memory. */
const MEMORY_BYTES = 2 * 1024 * 1024 * 1024;
const PAGE_BYTES = 4096;
const VERSION_ARGUMENTS: Readonly<Record<ToolName, readonly string[]>> = {
  helm: ["version", "--template", "{{.Version}}"],
  kustomize: ["version"],
  kubectl: ["version", "--client", "--output=json"],
  git: ["version"],
};

type Failure = Extract<ToolOutcome, { readonly failure: string }>["failure"];

/** Runs tools as processes, a few at a time. */
export class ToolProcesses implements ToolRunner {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #running = new Set<ChildProcess>();
  readonly #waiting: (() => void)[] = [];
  readonly #used = new Set<ToolName>();
  readonly #versions = new Map<ToolName, Promise<string | null>>();
  #free = CONCURRENCY;
  #ended = false;

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  async run(tool: ToolName, args: readonly string[], options: ToolRun): Promise<ToolOutcome> {
    const outcome = await this.#runInTurn(tool, args, options);
    if (!("failure" in outcome) || outcome.failure !== "not-found") this.#used.add(tool);
    return outcome;
  }

  async version(tool: ToolName): Promise<string | null> {
    const known = this.#versions.get(tool) ?? this.#askVersion(tool);
    this.#versions.set(tool, known);
    return known;
  }

  async used(): Promise<readonly { readonly name: ToolName; readonly version: string }[]> {
    const names = [...this.#used].sort();
    return Promise.all(names.map(async (name) => ({ name, version: (await this.version(name)) ?? "unknown" })));
  }

  /** Ends all that run, and lets nothing run any more. */
  endAll(): void {
    this.#ended = true;
    for (const child of this.#running) endGroup(child);
  }

  async #askVersion(tool: ToolName): Promise<string | null> {
    const limits = { cwd: "/", timeoutMs: 10_000, maxOutputBytes: 10_000 };
    const outcome = await this.#runInTurn(tool, VERSION_ARGUMENTS[tool], limits);
    if ("failure" in outcome || outcome.code !== 0) return null;
    return /v?\d+\.\d+[\w.+-]*/u.exec(outcome.stdout)?.[0] ?? null;
  }

  async #runInTurn(tool: ToolName, args: readonly string[], options: ToolRun): Promise<ToolOutcome> {
    if (this.#free > 0) {
      this.#free -= 1;
    } else {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    }
    try {
      return await this.#spawn(tool, args, options);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  async #spawn(tool: ToolName, args: readonly string[], options: ToolRun): Promise<ToolOutcome> {
    if (this.#ended) return { failure: "killed", stderr: "" };
    const { cwd, stdin, timeoutMs, maxOutputBytes, env } = options;
    const child = spawn(tool, args, { cwd, env: { ...this.#environment, ...env }, detached: true, stdio: ["pipe", "pipe", "pipe"] });
    this.#running.add(child);
    let failure: Failure | undefined;
    const fail = (why: Failure): void => {
      failure ??= why;
      endGroup(child);
    };
    const stdout = collect(child.stdout, maxOutputBytes, () => fail("too-much-output"));
    const stderr = collect(child.stderr, maxOutputBytes, () => fail("too-much-output"));
    const timer = setTimeout(() => fail("timed-out"), timeoutMs);
    const watch = setInterval(() => {
      if (memoryOf(child) > MEMORY_BYTES) fail("too-much-memory");
    }, 100);
    // A tool that ends without reading its input is none of ours to judge.
    child.stdin.on("error", () => {});
    child.stdin.end(stdin ?? "");
    const { promise, resolve } = Promise.withResolvers<number | null>();
    child.on("error", (error: NodeJS.ErrnoException) => {
      failure ??= error.code === "ENOENT" ? "not-found" : "not-runnable";
      resolve(null);
    });
    child.on("close", resolve);
    const code = await promise;
    clearTimeout(timer);
    clearInterval(watch);
    this.#running.delete(child);
    // Whatever it has started is ended with it.
    endGroup(child);
    if (failure !== undefined) return { failure, stderr: stderr() };
    return code === null ? { failure: "killed", stderr: stderr() } : { code, stdout: stdout(), stderr: stderr() };
  }
}

/** Collects what comes out of a stream, up to a limit. */
function collect(stream: NodeJS.ReadableStream, limit: number, onTooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else onTooMuch();
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

/** The memory that a process uses, in bytes, where the system tells it as Linux does (proc(5)); else 0. */
function memoryOf({ pid }: ChildProcess): number {
  if (process.platform !== "linux" || pid === undefined) return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]) * PAGE_BYTES;
  } catch {
    // It has just ended.
    return 0;
  }
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // All of the group have ended already.
  }
}
