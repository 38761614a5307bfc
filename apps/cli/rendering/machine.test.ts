import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { readEnvironment } from "../environment.ts";
import { openMachine, type Machine } from "./machine.ts";

const bin = mkdtempSync(path.join(tmpdir(), "holdfast-tools-"));
afterAll(() => rmSync(bin, { recursive: true, force: true }));

/** A machine whose `helm` is a script. */
function machineWith(script: string, network = false): Machine {
  writeFileSync(path.join(bin, "helm"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "helm"), 0o755);
  const variables = { PATH: `${bin}:.:/usr/bin:/bin`, HOME: "/home/me", HELM_PLUGINS: "/home/me/plugins", SECRET: "x" };
  return openMachine({ ...readEnvironment(process), variables }, network);
}

const LIMITS = { cwd: "/", timeoutMs: 5000, maxOutputBytes: 1000 };

test("a tool is given its input and an environment of its own, and its outcome is returned", async () => {
  const { tools, close } = machineWith('cat; echo "$1|$HOME|$SECRET|$HELM_PLUGINS|$https_proxy|$PATH"; echo oh >&2; exit 3');
  const outcome = await tools.run("helm", ["$(x) y"], { ...LIMITS, stdin: "in\n" });
  close();
  expect(outcome).toMatchObject({ code: 3, stderr: "oh\n" });
  const [first, second = ""] = "stdout" in outcome ? outcome.stdout.split("\n") : [];
  expect(first).toBe("in");
  expect(second).toMatch(/^\$\(x\) y\|.*\/holdfast-\w+\/home\|\|.*\/holdfast-\w+\/home\/plugins\|http:\/\/127\.0\.0\.1:9\|/u);
  expect(second.endsWith(`|${bin}:/usr/bin:/bin`)).toBe(true);
});

test("with the network it has the user's home and proxies, and still no plug-ins", async () => {
  const { tools, close } = machineWith('echo "$HOME|$https_proxy|$HELM_PLUGINS"', true);
  const outcome = await tools.run("helm", [], LIMITS);
  close();
  expect(outcome).toMatchObject({ stdout: expect.stringMatching(/^\/home\/me\|\|.*holdfast/u) });
});

test("what takes too long is ended with all that it started", async () => {
  const { tools, close } = machineWith('(sleep 1; touch "$0.late") & wait');
  const outcome = await tools.run("helm", [], { ...LIMITS, timeoutMs: 300 });
  close();
  expect(outcome).toMatchObject({ failure: "timed-out" });
  await after(1200);
  expect(existsSync(path.join(bin, "helm.late"))).toBe(false);
});

test("what writes too much is ended", async () => {
  const { tools, close } = machineWith("yes");
  expect(await tools.run("helm", [], LIMITS)).toMatchObject({ failure: "too-much-output" });
  close();
});

test("a tool that is not there is told from one that fails, and the version is that of the tool", async () => {
  const { tools, close } = machineWith("echo v3.9.9");
  expect(await tools.run("kustomize", [], { ...LIMITS, env: { PATH: bin } })).toMatchObject({ failure: "not-found" });
  expect(await tools.used()).toEqual([]);
  expect(await tools.version("helm")).toBe("v3.9.9");
  await tools.run("helm", [], LIMITS);
  expect(await tools.used()).toEqual([{ name: "helm", version: "v3.9.9" }]);
  close();
});

test("the folder is gone when it is closed, and nothing is written outside of it", async () => {
  const { scratch, close } = machineWith("");
  const folder = await scratch.makeFolder("chart/../x");
  await scratch.writeFile(path.join(folder, "a/b.txt"), "x");
  expect(existsSync(path.join(folder, "a/b.txt"))).toBe(true);
  await expect(scratch.writeFile(path.join(folder, "../../../y"), "x")).rejects.toThrow("leads out");
  close();
  expect(existsSync(folder)).toBe(false);
});
