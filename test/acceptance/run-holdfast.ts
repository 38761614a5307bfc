import { spawn } from "node:child_process";
import path from "node:path";

/** The root folder of the workspace. */
export const root: string = path.join(import.meta.dirname, "../..");

/** The program under test: the workspace's, or one that is installed elsewhere (HOLDFAST_BIN). `npm run build` makes it. */
export const program: string = process.env["HOLDFAST_BIN"] ?? path.join(root, "apps/cli/bin/holdfast.cjs");

/** How a run came out. */
export interface Run {
  /** The exit code; null where a signal ended the process. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The folder that it runs in; the workspace's root where none is given. */
  readonly cwd?: string;
  /** Variables beside PATH and HOME; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What comes on standard input, which then ends. */
  readonly stdin?: string | Uint8Array;
  /** The Node that runs it; the one of this process where none is given. */
  readonly node?: string;
}

/** The folders of PATH without those that npm puts in front, where the workspace's own Node is. */
export function machinePath(): string {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.filter((folder) => !folder.includes("node_modules")).join(path.delimiter);
}

/** Makes every Node that a test starts write down the connections that leave the machine, where they are counted (`count-connections.ts`). */
function watched(): Readonly<Record<string, string>> {
  const log = process.env["HOLDFAST_CONNECTION_LOG"];
  if (log === undefined) return {};
  return { HOLDFAST_CONNECTION_LOG: log, NODE_OPTIONS: `--require=${path.join(import.meta.dirname, "watch-connections.cjs")}` };
}

/** Runs any command, and waits for its end. Nothing of this process's environment reaches it but PATH and HOME. */
export async function runCommand(command: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { cwd = root, env = {}, stdin = "" } = options;
  const [file = "", ...args] = command;
  const { promise, resolve, reject } = Promise.withResolvers<Run>();
  const child = spawn(file, args, { cwd, env: { PATH: machinePath(), HOME: process.env["HOME"], ...watched(), ...env } });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // A program that ends without reading its input is none of this module's business.
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  child.on("error", reject);
  child.on("close", (code, signal) => {
    resolve({ code, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
  });
  return promise;
}

/** Runs Holdfast as a user would: the built program, in a process of its own. */
export async function runHoldfast(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return runCommand([options.node ?? process.execPath, program, ...args], options);
}

/** Where two runs differ, in short; null where they came out alike. Whole outputs would bury what is wrong. */
export function difference(one: Run, other: Run): string | null {
  for (const key of ["code", "signal", "stderr"] as const) {
    if (one[key] !== other[key]) return `${key}: ${String(one[key]).slice(0, 500)} | ${String(other[key]).slice(0, 500)}`;
  }
  if (one.stdout === other.stdout) return null;
  const lines = other.stdout.split("\n");
  const at = one.stdout.split("\n").findIndex((line, index) => line !== lines[index]);
  return `line ${at + 1} of the output: ${one.stdout.split("\n")[at]?.slice(0, 200)} | ${lines[at]?.slice(0, 200)}`;
}
