// Absence of data is not health: nothing evaluated is "no data", no score, and exit code 3.
import { expect, test } from "vitest";
import { UNKNOWN_KIND } from "./manifests.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const NOTHING_TO_JUDGE = [
  { what: "an empty folder", files: {}, args: ["."] },
  { what: "a folder without a Kubernetes object", files: { "values.yaml": "replicas: 3\n", "package.json": "{}" }, args: ["."] },
  { what: "a folder without a manifest's name in it", files: { "README.txt": "hello" }, args: ["."] },
  { what: "a file without a document", files: { "empty.yaml": "" }, args: ["empty.yaml"] },
  { what: "objects of which no control knows the kind", files: { "gadget.yaml": UNKNOWN_KIND }, args: ["."] },
  {
    what: "a framework none of whose controls can be evaluated",
    files: { "gadget.yaml": UNKNOWN_KIND },
    args: ["--framework", "nsa", "."],
  },
  { what: "a control that files can't answer", files: { "gadget.yaml": UNKNOWN_KIND }, args: ["--control", "C-0069", "."] },
  { what: "documents that are all broken", files: { "broken.yaml": "kind: [\n" }, args: ["."] },
] as const;

test.each(NOTHING_TO_JUDGE)("$what gives no data, no score, exit code 3", async ({ files, args }) => {
  const cwd = scratchFolder(files);
  const [{ result, code, stderr }, pretty] = await Promise.all([scanResult(args, { cwd }), runHoldfast(["scan", ...args], { cwd })]);
  expect(code).toBe(3);
  expect(stderr).toContain("no data");
  expect(result.summary).toMatchObject({ compliance: null, strictCompliance: null, coverage: null });
  for (const framework of result.frameworks) expect(framework).toMatchObject({ compliance: null, strictCompliance: null, coverage: null });
  for (const control of result.controls) expect(control).toMatchObject({ compliance: null, strictCompliance: null });
  expect(result.verdicts.filter(({ status }) => status === "passed" || status === "failed")).toEqual([]);
  expect(pretty.code).toBe(3);
  expect(pretty.stdout).toMatch(/no data/iu);
  expect(pretty.stdout, "no percentage stands where there is no score").not.toMatch(/\d\s?%/u);
});

test("one framework without data beside one control with data is still no data of the framework", async () => {
  const cwd = scratchFolder({ "gadget.yaml": UNKNOWN_KIND });
  const { result, code } = await scanResult(["framework", "nsa", ".", "--compliance-threshold", "0"], { cwd });
  expect(code).toBe(3);
  expect(result.gates).toMatchObject([{ gate: "compliance-threshold", outcome: "no-data", actual: null }]);
});

test("a gate on a score that does not exist is not breached: that is 3, not 1", async () => {
  const cwd = scratchFolder({});
  for (const gate of [
    ["--compliance-threshold", "100"],
    ["--severity-threshold", "low"],
    ["--coverage-threshold", "100"],
  ]) {
    const { code, result } = await scanResult([".", ...gate], { cwd });
    expect(code, gate.join(" ")).toBe(3);
    expect(result.gates.map(({ outcome }) => outcome)).toEqual(["no-data"]);
  }
});
