// The fuzzers run as their npm script does, find nothing in what is there, and find what is planted.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root, runCommand, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

async function fuzz(...args: readonly string[]): Promise<Run> {
  return runCommand([process.execPath, path.join(root, "test/fuzz/run.ts"), ...args]);
}

/** The faults planted per target: the parser's fuzzer has nothing that could escape, and what ends a process that hangs or grows is the same for all. */
const planted = {
  parser: ["crash"],
  compiler: ["crash", "escape", "hang", "memory"],
  builtins: ["crash", "escape"],
} as const;

const signs = {
  crash: "planted crash",
  escape: "has changed",
  hang: "takes longer than 4 s",
  memory: "needs more than 200 MiB",
} as const;

describe.each(["parser", "compiler", "builtins"] as const)("%s", (target) => {
  test("nothing is found in two seconds, and the figures are told", { timeout: 60_000 }, async () => {
    const run = await fuzz(target, "--seconds", "2", "--seed", "1", "--out", scratchFolder());
    expect(run.stdout).toMatch(
      /seed 1: \d+ inputs, \d+ a second; corpus \d+ kept, \d+ at the end; coverage \d+(?:\.\d)? %\n0 failures\n$/u,
    );
    expect(run.code).toBe(0);
  });

  test.each(planted[target])("a planted fault is found and kept: %s", { timeout: 60_000 }, async (fault) => {
    const out = scratchFolder();
    const run = await fuzz(
      target,
      "--seconds",
      "2",
      "--seed",
      "1",
      "--out",
      out,
      "--plant",
      fault,
      "--hang",
      fault === "hang" ? "4" : "40",
      "--memory",
      "200",
    );
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(signs[fault]);
    const inputs = readdirSync(out).filter((file) => file.endsWith(".txt"));
    expect(inputs.length).toBeGreaterThan(0);
    // An escape shows when shared objects are looked at next, which an input that is no call does not reach.
    if (fault !== "escape") expect(inputs.some((file) => readFileSync(path.join(out, file), "utf8").includes("not"))).toBe(true);
  });
});

test("a target that there is not is refused", async () => {
  const run = await fuzz("nothing");
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("parser, compiler, builtins");
});
