// What people see: scores first, failures by control with their place, the lines and the fix; calm when all is well.
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { SOUND_APPLICATION, privilegedPod } from "./manifests.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const ESCAPE = "\u001B";

test("score, coverage and reach come first", async () => {
  const { stdout } = await runHoldfast(["scan", "framework", "nsa", "examples/shop"]);
  const [first = ""] = stdout.split("\n");
  const { result } = await scanResult(["framework", "nsa", "examples/shop"]);
  expect(first).toContain(`${Math.floor((result.summary.compliance ?? 0) * 10) / 10} %`);
  expect(first).toMatch(/coverage\s+100 %/u);
  expect(first).toMatch(/20 of 26/u);
});

test("a failure has its control, severity, place, lines and fix", async () => {
  const cwd = scratchFolder({ "deploy/pod.yaml": privilegedPod("pod") });
  const { stdout, stderr } = await runHoldfast(["scan", "control", "C-0057", "deploy"], { cwd });
  expect(stderr).toBe("");
  const order = ["C-0057", "Privileged container", "deploy/pod.yaml:10:21", "privileged: true", "^^^^"];
  const places = order.map((text) => stdout.indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(stdout).toMatch(/^HIGH\s+C-0057/mu);
  expect(stdout).toMatch(/^\s*>?\s*10\s*\|\s{9}privileged: true$/mu);
  expect(stdout).toMatch(/^\s*10?\s*-\s.*privileged: true$/mu);
});

test("failures are grouped by control, the worst first", async () => {
  const { stdout } = await runHoldfast(["scan", "examples/shop"]);
  const headings = [...stdout.matchAll(/^(CRITICAL|HIGH|MEDIUM|LOW)\s+(C-\d{4})/gmu)];
  const severities = headings.map(([, severity]) => ["CRITICAL", "HIGH", "MEDIUM", "LOW"].indexOf(severity ?? ""));
  expect(headings.length).toBeGreaterThan(5);
  expect(severities).toEqual(severities.toSorted((a, b) => a - b));
  const controls = headings.map(([, , control]) => control);
  expect(new Set(controls).size).toBe(controls.length);
});

test("every place that is shown is a line of that file", async () => {
  const { stdout } = await runHoldfast(["scan", "examples/shop", "--verbose"]);
  const places = [...stdout.matchAll(/(examples\/shop\/[\w-]+\.yaml):(\d+):(\d+)/gu)];
  expect(places.length).toBeGreaterThan(10);
  for (const [text, file = "", line = "", column = ""] of places) {
    const written = readFileSync(path.join(root, file), "utf8").split("\n")[Number(line) - 1] ?? "";
    expect(Number(column), text).toBeLessThanOrEqual(written.length);
    expect(written.slice(Number(column) - 1).trim(), text).not.toBe("");
  }
});

test("it is calm when all is well", async () => {
  const cwd = scratchFolder({ "web.yaml": SOUND_APPLICATION });
  const { stdout, stderr, code } = await runHoldfast(["scan", "--framework", "nsa", "."], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("100 %");
  expect(stdout).not.toMatch(/^(?:CRITICAL|HIGH|MEDIUM|LOW)\b/mu);
  expect(stdout.split("\n").length).toBeLessThan(30);
});

test("problems are shown with their file, line and remedy", async () => {
  const cwd = scratchFolder({ "broken.yaml": "apiVersion: v1\nkind: [\n", "pod.yaml": privilegedPod("pod") });
  const { stdout } = await runHoldfast(["scan", "."], { cwd });
  const { result } = await scanResult(["."], { cwd });
  const [problem] = result.problems;
  expect(stdout).toContain(`broken.yaml:${problem?.line}`);
  expect(stdout.replaceAll(/\s+/gu, " ")).toContain(problem?.remedy);
  expect(stdout).toMatch(/coverage\s+50 %/u);
});

test("what was not judged is shown with who could provide it", async () => {
  const { stdout } = await runHoldfast(["scan", "examples/shop"]);
  const text = stdout.replaceAll(/\s+/gu, " ");
  const { result } = await scanResult(["examples/shop"]);
  for (const { skips } of result.controls) {
    for (const { providedBy, input } of skips) {
      if (input === undefined) continue;
      expect(text).toContain(input);
      expect(text).toContain(providedBy);
    }
  }
});

describe("the terminal", () => {
  test.each([40, 60, 80, 120])("a width of %i is respected, in what Holdfast words", async (width) => {
    const { stdout } = await runHoldfast(["scan", "examples/shop", "--verbose"], { env: { COLUMNS: String(width) } });
    // Lines of the user's files, paths and diffs can't be broken without being changed; all else can.
    const long = stdout.split("\n").filter((line) => line.length > width && line.trim().includes(" "));
    const own = long.filter((line) => !/^\s*(?:>?\s*\d+\s*[|+-]|\|)|\.yaml:\d+:\d+|^\s*\(?[\w.[\]]+\)?$/u.test(line));
    expect(own).toEqual([]);
  });

  test("colours are there only where they are wanted", async () => {
    const colourful = await runHoldfast(["scan", "examples/shop"], { env: { FORCE_COLOR: "1" } });
    expect(colourful.stdout).toContain(ESCAPE);
    for (const [args, env] of [
      [[], {}],
      [["--no-color"], { FORCE_COLOR: "1" }],
    ] as const) {
      const run = await runHoldfast(["scan", "examples/shop", ...args], { env });
      expect(run.stdout).not.toContain(ESCAPE);
    }
    const plain = await runHoldfast(["scan", "examples/shop"]);
    expect(colourful.stdout.replaceAll(new RegExp(`${ESCAPE}\\[[\\d;]*m`, "gu"), "")).toBe(plain.stdout);
  });

  test("control characters of a manifest do not reach it", async () => {
    const name = JSON.stringify("a\u001B[2Jb\u0007\u202Ec");
    const text = privilegedPod("pod")
      .replace("name: main", `name: ${name}`)
      .replace("image: registry", "# \u009B31m\n      image: registry");
    const cwd = scratchFolder({ "pod.yaml": text });
    const { stdout } = await runHoldfast(["scan", ".", "--verbose"], { cwd });
    expect(stdout).toContain("C-0057");
    for (const character of [ESCAPE, "\u0007", "\u009B", "\u202E"]) expect(stdout).not.toContain(character);
  });

  test("nor do those of file names and arguments, on standard output or standard error", async () => {
    const cwd = scratchFolder({ "\u001B[31mred\u0007.yaml": "kind: [\n", "pod.yaml": privilegedPod("pod") });
    const runs = await Promise.all([
      runHoldfast(["scan", "."], { cwd }),
      runHoldfast(["scan", ".", "--format", "sarif", "--coverage-threshold", "100"], { cwd }),
      runHoldfast(["scan", "missing\u001B[2J.yaml"], { cwd }),
      runHoldfast(["scan", ".", "--framework", "nsa\u001B[2J"], { cwd }),
      runHoldfast(["scan", ".", "--output", "no/\u001B[2J/folder"], { cwd }),
      runHoldfast(["explain", "C-\u001B[2J"], { cwd }),
      runHoldfast(["report", "missing\u001B[2J.json"], { cwd }),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 3, 2, 2, 4, 2, 2]);
    for (const { stdout, stderr } of runs) for (const character of [ESCAPE, "\u0007"]) expect(stdout + stderr).not.toContain(character);
  });

  test("nothing is written to standard error where it is no terminal", async () => {
    expect((await runHoldfast(["scan", "examples/shop"])).stderr).toBe("");
  });
});

test("--verbose says more and --quiet less", async () => {
  const [usual, verbose, quiet] = await Promise.all([
    runHoldfast(["scan", "examples/shop"]),
    runHoldfast(["scan", "examples/shop", "--verbose"]),
    runHoldfast(["scan", "examples/shop", "--quiet"]),
  ]);
  expect(verbose.stdout.length).toBeGreaterThan(usual.stdout.length);
  expect(quiet.stdout.length).toBeLessThan(usual.stdout.length);
  // What passed and what was skipped is named where all is asked for.
  const { result } = await scanResult(["examples/shop"]);
  for (const { id } of result.controls) {
    expect(verbose.stdout, id).toContain(id);
  }
  const broken = scratchFolder({ "broken.yaml": "kind: [\n", "pod.yaml": privilegedPod("pod") });
  const urgent = await runHoldfast(["scan", ".", "--quiet", "--severity-threshold", "high"], { cwd: broken });
  expect(urgent.code).toBe(1);
  expect(urgent.stdout, "a loss is said all the same").toContain("broken.yaml");
  expect(urgent.stdout, "and so is a breach").toContain("severity-threshold high breached");
});
