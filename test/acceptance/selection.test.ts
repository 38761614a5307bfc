// What is judged: every control of the library, or what --framework, --control and --exclude-control say.
import { expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { SOUND_APPLICATION, privilegedPod } from "./manifests.ts";
import { root, runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const cwd = scratchFolder({ "a/pod.yaml": privilegedPod("one"), "b/web.yaml": SOUND_APPLICATION });

function ids({ controls }: Result): readonly string[] {
  return controls.map(({ id }) => id);
}

test("without a selection every control of the library is judged", async () => {
  const { result } = await scanResult(["."], { cwd });
  expect(result.controls.length).toBeGreaterThanOrEqual(26);
  expect(result.frameworks).toEqual([]);
});

test("the three ways to name a framework come to the same", async () => {
  const [word, option, upper] = await Promise.all([
    scanResult(["framework", "nsa", "."], { cwd }),
    scanResult([".", "--framework", "nsa"], { cwd }),
    scanResult(["--framework=NSA", "."], { cwd }),
  ]);
  expect(word.result.frameworks.map(({ id }) => id)).toEqual(["nsa"]);
  expect(ids(word.result)).toHaveLength(26);
  expect(option.stdout).toBe(word.stdout);
  expect(upper.stdout).toBe(word.stdout);
});

test("controls are named by comma lists and by repeating the option", async () => {
  const runs = await Promise.all([
    scanResult(["control", "C-0057,C-0013", "."], { cwd }),
    scanResult([".", "--control", "C-0057,C-0013"], { cwd }),
    scanResult([".", "--control", "C-0013", "--control", "C-0057"], { cwd }),
    scanResult(["--control", "C-0057", "control", "C-0013", "."], { cwd }),
  ]);
  for (const { result, stdout } of runs) {
    expect(ids(result)).toEqual(["C-0013", "C-0057"]);
    expect(stdout).toBe(runs[0].stdout);
  }
});

test("controls that are left out are shown as excluded and count on neither side", async () => {
  const [all, without] = await Promise.all([
    scanResult(["."], { cwd }),
    scanResult([".", "--exclude-control", "C-0057,C-0013", "--exclude-control", "C-0016"], { cwd }),
  ]);
  for (const id of ["C-0013", "C-0016", "C-0057"]) {
    const control = without.result.controls.find((one) => one.id === id);
    expect(control).toMatchObject({ status: "skipped", skips: [{ reason: "excluded" }], compliance: null, findings: 0 });
    expect(without.result.findings.filter((finding) => finding.control === id)).toEqual([]);
  }
  expect(ids(without.result)).toEqual(ids(all.result));
  const scores = without.result.controls.flatMap(({ compliance }) => compliance ?? []);
  expect(without.result.summary.compliance).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / scores.length, 9);
});

test("several paths are one estate", async () => {
  const both = await scanResult(["a", "b"], { cwd });
  expect(both.result.inputs.files.map(({ file }) => file)).toEqual(["a/pod.yaml", "b/web.yaml"]);
  const twice = await scanResult(["a", "a/pod.yaml", "a"], { cwd });
  expect(twice.result.inputs.account.resources).toBe(1);
});

test("objects are chosen by namespace, kind and label; what they are judged by is read all the same", async () => {
  const judged = ({ verdicts, resources }: Result): readonly string[] => [
    ...new Set(verdicts.flatMap(({ resource }) => (resource === null ? [] : `${resources[resource]?.kind} ${resources[resource]?.name}`))),
  ];
  const kinds = await scanResult(["a", "b", "--include-kinds", "deployments"], { cwd });
  expect(judged(kinds.result)).toEqual(["Deployment web"]);
  // The network policy of the deployment is not judged, and counts.
  expect(kinds.result.controls.find(({ id }) => id === "C-0260")).toMatchObject({ status: "passed" });
  const spaces = await scanResult(["a", "b", "--exclude-namespaces", "calm", "--selector", "!app"], { cwd });
  expect(judged(spaces.result)).toEqual(["Pod one"]);
  expect(spaces.result.findings.length).toBeGreaterThan(0);
});

test("a framework where a control is asked for is no unknown name", async () => {
  const { code, stderr } = await runHoldfast(["scan", "control", "nsa", "examples/shop"], { cwd: root });
  expect([code, stderr.split("\n")[0]]).toEqual([2, "holdfast: nsa is a framework, not a control: --framework nsa selects it"]);
});
