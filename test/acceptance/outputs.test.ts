// Where outputs go: one format to exactly FILE, several to files of a stem, each with an ending of its own; one that can't be written loses no other.
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { privilegedPod } from "./manifests.ts";
import { runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

interface ListedFormat {
  readonly id: string;
  readonly extension: string | null;
}

function scratch(): string {
  return scratchFolder({ "in/pod.yaml": privilegedPod("one") });
}

async function scanTo(cwd: string, ...args: readonly string[]): Promise<Run> {
  return runHoldfast(["scan", "in", ...args], { cwd });
}

test("one format goes to standard output, or to exactly the file that is named", async () => {
  const cwd = scratch();
  const [shown, written] = await Promise.all([
    scanTo(cwd, "--format", "json"),
    scanTo(cwd, "--format", "json", "--output", "result.of.mine"),
  ]);
  expect(written).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect(readFileSync(path.join(cwd, "result.of.mine"), "utf8")).toBe(shown.stdout);
  expect(readdirSync(cwd).toSorted(), "nothing else is left behind").toEqual(["in", "result.of.mine"]);
});

test("pretty is the format where none is named, and can be written to a file", async () => {
  const cwd = scratch();
  const [shown, written] = await Promise.all([scanTo(cwd), scanTo(cwd, "--output", "scan.txt")]);
  expect(written).toMatchObject({ code: 0, stdout: "" });
  expect(readFileSync(path.join(cwd, "scan.txt"), "utf8")).toBe(shown.stdout);
});

test("several formats go to files of the stem, and pretty beside them to the terminal", async () => {
  const cwd = scratch();
  const alone = await scanTo(cwd, "--format", "sarif");
  const pretty = await scanTo(cwd);
  const run = await scanTo(cwd, "--format", "json,sarif", "--format", "pretty", "--output", "my.results");
  expect(run).toMatchObject({ code: 0, stdout: pretty.stdout });
  expect(readdirSync(cwd).toSorted()).toEqual(["in", "my.results.json", "my.results.sarif"]);
  expect(readFileSync(path.join(cwd, "my.results.sarif"), "utf8")).toBe(alone.stdout);
  expect((JSON.parse(readFileSync(path.join(cwd, "my.results.json"), "utf8")) as Result).schema).toBe("holdfast.result/v1");
});

test("no two formats share an ending, and those of this version have the endings they were given", async () => {
  const { stdout, code } = await runHoldfast(["list", "formats", "--format", "json"]);
  expect(code).toBe(0);
  const formats = JSON.parse(stdout) as readonly ListedFormat[];
  const endings = formats.flatMap(({ extension }) => extension ?? []);
  expect(new Set(endings).size).toBe(endings.length);
  const endingOf = Object.fromEntries(formats.map(({ id, extension }) => [id, extension]));
  expect(endingOf).toMatchObject({ json: ".json", sarif: ".sarif", pretty: null });
});

test("an output that can't be written is a named problem, exit code 4, and no other output is lost", async () => {
  const cwd = scratch();
  mkdirSync(path.join(cwd, "out.json"));
  const run = await scanTo(cwd, "--format", "json,sarif,pretty", "--output", "out");
  expect(run.code).toBe(4);
  expect(run.stderr).toMatch(/out\.json.*folder/u);
  expect(run.stderr).not.toMatch(/^\s+at /mu);
  expect(run.stdout).toContain("C-0057");
  expect(() => void JSON.parse(readFileSync(path.join(cwd, "out.sarif"), "utf8"))).not.toThrow();
});

test("an output in a folder that does not exist is a named problem with its remedy", async () => {
  const cwd = scratch();
  const run = await scanTo(cwd, "--format", "sarif", "--output", "no/such/folder/out.sarif");
  expect(run).toMatchObject({ code: 4, stdout: "" });
  expect(run.stderr).toContain("no/such/folder/out.sarif");
  expect(run.stderr).toMatch(/folder/u);
  expect(existsSync(path.join(cwd, "no"))).toBe(false);
});

test("an output that fails leaves what stood there before", async () => {
  const cwd = scratch();
  const run = await scanTo(cwd, "--format", "json", "--output", "in");
  expect(run.code).toBe(4);
  expect(readdirSync(path.join(cwd, "in"))).toEqual(["pod.yaml"]);
});

test("a device can be an output", async () => {
  const run = await scanTo(scratch(), "--format", "json", "--output", "/dev/null");
  expect(run).toMatchObject({ code: 0, stdout: "", stderr: "" });
});

test("a full disk is a named problem", async ({ skip }) => {
  if (!existsSync("/dev/full")) skip("missing: the device /dev/full");
  const run = await scanTo(scratch(), "--format", "json", "--output", "/dev/full");
  expect(run.code).toBe(4);
  expect(run.stderr).toContain("/dev/full");
});

test("what goes to a file has no colours even where they are forced", async () => {
  const cwd = scratch();
  await runHoldfast(["scan", "in", "--output", "scan.txt"], { cwd, env: { FORCE_COLOR: "1" } });
  expect(readFileSync(path.join(cwd, "scan.txt"), "utf8")).not.toContain("\u001B");
});
