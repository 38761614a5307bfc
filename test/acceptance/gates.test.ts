// Gates and exit codes: 0 where every gate holds, 1 where one is breached, 3 for coverage; if several apply, 4, 2, 1, 3 in this order.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SOUND_APPLICATION, privilegedPod } from "./manifests.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const faulty = scratchFolder({ "pods.yaml": [privilegedPod("one"), privilegedPod("two")].join("---\n") });
const sound = scratchFolder({ "web.yaml": SOUND_APPLICATION });
// One of two documents can't be read; the other one is judged, and faulty.
const halfBroken = scratchFolder({ "both.yaml": `kind: [\n---\n${privilegedPod("one")}` });

test("findings without a gate are exit code 0", async () => {
  const { code, result } = await scanResult(["."], { cwd: faulty });
  expect(code).toBe(0);
  expect(result.summary.findings).toBeGreaterThan(0);
  expect(result.gates).toEqual([]);
});

test("the compliance gate says by how much it broke and because of what", async () => {
  // Both pods are privileged: the compliance of this one control is 0.
  const { code, result, stderr } = await scanResult(["control", "C-0057", ".", "--compliance-threshold", "80"], { cwd: faulty });
  expect(code).toBe(1);
  expect(result.summary.compliance).toBe(0);
  const [gate] = result.gates;
  expect(gate).toMatchObject({ gate: "compliance-threshold", wanted: 80, actual: 0, outcome: "breached" });
  expect(gate?.message).toMatch(/80 %.*\b0 %.*\b80 %.*C-0057/su);
  expect(gate?.causes.toSorted()).toEqual(result.findings.map(({ fingerprint }) => fingerprint).toSorted());
  expect(stderr).toContain(gate?.message);
});

test("a gate that holds says that something was lost, on the page and on standard error", async () => {
  const cwd = scratchFolder({ "pod.yaml": privilegedPod("pod").replace("privileged: true", "privileged: false"), "broken.yaml": "a: [\n" });
  const args = ["scan", "control", "C-0057", ".", "--compliance-threshold", "100", "--severity-threshold", "low"];
  const [page, csv, both] = await Promise.all([
    runHoldfast(args, { cwd }),
    runHoldfast([...args, "--quiet", "--format", "csv"], { cwd }),
    runHoldfast([...args, "--quiet", "--format", "csv", "--coverage-threshold", "50"], { cwd }),
  ]);
  expect([page.code, csv.code, both.code]).toEqual([0, 0, 0]);
  expect(page.stdout.replaceAll(/\s+/gu, " ")).toMatch(
    /compliance-threshold 100 % holds: [^;]*; 1 problem took from what was judged, and this is about the rest: coverage is 50 %, which --coverage-threshold gates/u,
  );
  expect(csv.stderr).toBe(
    "holdfast: 1 problem took from what was judged; the result names each. Gates that hold are about the rest: --coverage-threshold gates what was lost\n",
  );
  expect(both.stderr).toBe("");
});

test("a compliance at its threshold holds", async () => {
  const exact = await scanResult(["control", "C-0057", ".", "--compliance-threshold", "0"], { cwd: faulty });
  expect(exact.code).toBe(0);
  expect(exact.result.gates).toMatchObject([{ outcome: "holds" }]);
  const all = await scanResult(["framework", "nsa", ".", "--compliance-threshold", "100"], { cwd: sound });
  expect(all.code).toBe(0);
  expect(all.result.summary.compliance).toBe(100);
});

test.each([
  ["low", 1],
  ["medium", 1],
  ["high", 1],
  ["critical", 0],
] as const)("the severity gate at %s with a high finding is exit code %i", async (severity, expected) => {
  const { code, result, stderr } = await scanResult(["control", "C-0057", ".", "--severity-threshold", severity], { cwd: faulty });
  expect(result.findings.map((finding) => finding.severity)).toEqual(["high", "high"]);
  expect(code).toBe(expected);
  expect(result.gates).toMatchObject([{ gate: "severity-threshold", wanted: severity, outcome: expected === 1 ? "breached" : "holds" }]);
  if (expected === 1) {
    expect(stderr).toContain(severity);
    expect(stderr).toContain("C-0057");
    expect(stderr).toMatch(/\b2\b/u);
  } else expect(stderr).toBe("");
});

test("coverage below its threshold is exit code 3, never 1, and without the threshold 0", async () => {
  const free = await scanResult(["."], { cwd: halfBroken });
  expect(free.code).toBe(0);
  expect(free.result.summary.coverage).toBe(50);
  const gated = await scanResult([".", "--coverage-threshold", "51"], { cwd: halfBroken });
  expect(gated.code).toBe(3);
  expect(gated.result.gates).toMatchObject([{ gate: "coverage-threshold", wanted: 51, actual: 50, outcome: "breached" }]);
  expect(gated.stderr).toMatch(/51 %.*50 %.*both\.yaml/su);
  const held = await scanResult([".", "--coverage-threshold", "50"], { cwd: halfBroken });
  expect(held.code).toBe(0);
});

test("if several apply: 4, 2, 1, 3 in this order", async () => {
  const coverage = ["--coverage-threshold", "100"];
  const severity = ["--severity-threshold", "high"];
  const cwd = scratchFolder({ "both.yaml": `kind: [\n---\n${privilegedPod("one")}` });
  mkdirSync(path.join(cwd, "out.json"));
  const outputs = ["--format", "json,sarif", "--output", "out"];
  const codeOf = async (...args: readonly string[]): Promise<number | null> => (await runHoldfast(["scan", ".", ...args], { cwd })).code;
  expect(await codeOf(...coverage)).toBe(3);
  expect(await codeOf(...coverage, ...severity)).toBe(1);
  expect(await codeOf(...coverage, ...severity, "--control", "C-9999")).toBe(2);
  expect(await codeOf(...coverage, ...severity, ...outputs)).toBe(4);
  expect(await codeOf(...coverage, ...outputs)).toBe(4);
});

test("the gate of a framework is about the framework's own score", async () => {
  const { code, result } = await scanResult(["framework", "nsa", ".", "--compliance-threshold", "100"], { cwd: faulty });
  expect(code).toBe(1);
  expect(result.gates).toMatchObject([{ framework: "nsa", actual: result.frameworks[0]?.compliance, outcome: "breached" }]);
});

test("the outcome of each gate stands in what people read", async () => {
  const { stdout, code } = await runHoldfast(["scan", ".", "--compliance-threshold", "99", "--severity-threshold", "critical"], {
    cwd: faulty,
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/compliance-threshold 99 % breached/u);
  expect(stdout).toMatch(/severity-threshold critical holds/u);
});
