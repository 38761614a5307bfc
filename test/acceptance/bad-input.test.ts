// Wrong usage ends with 2 before anything is scanned, and says what would be right.
import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { program, runCommand, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const folder = scratchFolder({ "pod.yaml": privilegedPod("pod") });

test.each([
  { wrong: "a control", args: ["--control", "C-00755"], named: "C-00755", nearest: /C-0075\b/u },
  { wrong: "a control of a comma list", args: ["--control", "C-0057,C-00577"], named: "C-00577", nearest: /C-0057\b/u },
  { wrong: "a control to leave out", args: ["--exclude-control", "C-0058x"], named: "C-0058x", nearest: /C-0058\b/u },
  { wrong: "a framework", args: ["--framework", "nss"], named: "nss", nearest: /\bnsa\b/u },
  { wrong: "a format", args: ["--format", "sarfi"], named: "sarfi", nearest: /\bsarif\b/u },
  { wrong: "a format of a comma list", args: ["--format", "json,jsno", "--output", "x"], named: "jsno", nearest: /\bjson\b/u },
  { wrong: "a flag", args: ["--formt", "json"], named: "--formt", nearest: /--format\b/u },
  { wrong: "a severity", args: ["--severity-threshold", "hihg"], named: "hihg", nearest: /\bhigh\b/u },
])("an unknown name of $wrong is exit code 2 with the nearest names", async ({ args, named, nearest }) => {
  const run = await runHoldfast(["scan", "pod.yaml", ...args], { cwd: folder });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain(named);
  expect(run.stderr.replaceAll(named, "")).toMatch(nearest);
  expect(run.stderr).not.toMatch(/^\s+at /mu);
});

test("an unknown framework and an unknown control in the words of the other forms are exit code 2 too", async () => {
  const framework = await runHoldfast(["scan", "framework", "nas", "pod.yaml"], { cwd: folder });
  expect(framework.code).toBe(2);
  expect(framework.stderr).toMatch(/did you mean nsa/u);
  const control = await runHoldfast(["scan", "control", "C-0057a", "pod.yaml"], { cwd: folder });
  expect(control.code).toBe(2);
  expect(control.stderr).toMatch(/"C-0057a"; did you mean C-0057\?/u);
});

test("an unknown command is exit code 2 with the nearest one", async () => {
  const run = await runHoldfast(["scna", "pod.yaml"], { cwd: folder });
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/scan\b/u);
});

test("scan without a path is exit code 2 and says what to give", async () => {
  for (const args of [["scan"], ["scan", "framework", "nsa"], ["scan", "control", "C-0057"], ["scan", "--format", "json"]]) {
    const run = await runHoldfast(args, { cwd: folder });
    expect(run, args.join(" ")).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/path/iu);
  }
});

test("a named path that does not exist is exit code 2, and nothing else is judged", async () => {
  const run = await runHoldfast(["scan", "pod.yaml", "missing.yaml", "--format", "json"], { cwd: folder });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain("missing.yaml");
});

test("an empty path or output is exit code 2: it is a variable that was not set, not the working folder", async () => {
  for (const args of [[""], ["pod.yaml", ""], ["pod.yaml", "--output", ""]]) {
    const run = await runHoldfast(["scan", ...args], { cwd: folder });
    expect(run, args.join(" ")).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("empty");
  }
});

test("a named path that the user may not read is exit code 2", async (context) => {
  const closed = scratchFolder({ "closed.yaml": privilegedPod("pod"), "open.yaml": privilegedPod("other") });
  mkdirSync(path.join(closed, "folder"));
  chmodSync(path.join(closed, "closed.yaml"), 0o000);
  chmodSync(path.join(closed, "folder"), 0o000);
  chmodSync(closed, 0o755);
  // Root may read everything: where the tests run as root, the program runs without that right.
  const isRoot = process.getuid?.() === 0;
  const without = isRoot ? [needs(context, "setpriv"), "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"] : [];
  for (const name of ["closed.yaml", "folder"]) {
    const run = await runCommand([...without, process.execPath, program, "scan", "open.yaml", name], { cwd: closed });
    expect(run, name).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(name);
  }
  chmodSync(path.join(closed, "folder"), 0o700);
});

test.each([
  ["a threshold that is no number", ["--compliance-threshold", "most"]],
  ["a threshold over 100", ["--compliance-threshold", "101"]],
  ["a negative threshold", ["--coverage-threshold", "-1"]],
  ["an option without its value", ["--framework"]],
  ["an empty list", ["--control", ","]],
  ["several formats that would share standard output", ["--format", "json,sarif"]],
])("%s is exit code 2", async (_what, args) => {
  const run = await runHoldfast(["scan", "pod.yaml", ...args], { cwd: folder });
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).not.toBe("");
});

test("wrong usage comes before a gate that would be breached", async () => {
  const run = await runHoldfast(["scan", "pod.yaml", "--severity-threshold", "low", "--control", "C-9999"], { cwd: folder });
  expect(run.code).toBe(2);
});

test("explain and list know nothing of unknown names: exit code 2 with the nearest", async () => {
  const explained = await runHoldfast(["explain", "C-0058x"]);
  expect(explained).toMatchObject({ code: 2, stdout: "" });
  expect(explained.stderr).toMatch(/C-0058\b/u);
  const listed = await runHoldfast(["list", "control"]);
  expect(listed).toMatchObject({ code: 2, stdout: "" });
  expect(listed.stderr).toContain("controls");
});
