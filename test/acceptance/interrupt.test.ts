// Ctrl-C ends a run at once, as the shell expects, without a trace; and so does a reader that has seen enough.
import { spawn } from "node:child_process";
import { setTimeout as after } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { needs, needsOldNode } from "./needs.ts";
import { program, root, runCommand, type Run } from "./run-holdfast.ts";

/** Starts a scan of a standard input that never ends, and presses Ctrl-C: the signal goes to all processes of the terminal's group. */
async function interrupted(node: string, wait: number, signal: NodeJS.Signals): Promise<Run> {
  const child = spawn(node, [program, "scan", "-"], { cwd: root, detached: true, env: { PATH: process.env["PATH"] } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const { promise, resolve } = Promise.withResolvers<Run>();
  child.on("close", (code, by) => resolve({ code, signal: by, stdout, stderr }));
  child.stdin.on("error", () => {});
  child.stdin.write("apiVersion: v1\n");
  await after(wait);
  if (child.pid !== undefined) process.kill(-child.pid, signal);
  return promise;
}

describe.each([100, 400, 1000])("%i ms after the start", (wait) => {
  test("Ctrl-C ends with 130 or by the signal, without a stack trace", async () => {
    const { code, signal, stdout, stderr } = await interrupted(process.execPath, wait, "SIGINT");
    expect(code === 130 || signal === "SIGINT", `${code} ${signal}`).toBe(true);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/^\s+at |Error/mu);
  });
});

test("it is the same where an old Node has started the newer one", async (context) => {
  const { code, signal, stderr } = await interrupted(needsOldNode(context), 1000, "SIGINT");
  expect(code === 130 || signal === "SIGINT", `${code} ${signal}`).toBe(true);
  expect(stderr).not.toMatch(/^\s+at |Error/mu);
});

test("no process is left behind when the old Node's process alone is ended", async (context) => {
  const node = needsOldNode(context);
  const child = spawn(node, [program, "scan", "-"], { cwd: root, env: { PATH: process.env["PATH"] } });
  const { promise, resolve } = Promise.withResolvers<void>();
  // Standard output closes when the last process that holds it is gone.
  child.stdout.on("close", () => resolve());
  child.stdout.resume();
  await after(1000);
  child.kill("SIGTERM");
  await expect(promise).resolves.toBeUndefined();
});

test("a reader that has seen enough ends the run without a word", async (context) => {
  const sh = needs(context, "sh");
  const command = `"$0" "$1" scan examples/shop --verbose --format json | head -c 10; "$0" "$1" list controls | head -n 1`;
  const run = await runCommand([sh, "-c", command, process.execPath, program]);
  expect(run).toMatchObject({ code: 0, stderr: "" });
});
