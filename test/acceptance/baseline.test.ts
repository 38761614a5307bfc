// Comparing scans: `scan --baseline`, `holdfast diff` and `holdfast trend`.
import { readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { runHoldfast, type Run } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const SCAN = ["control", "C-0057,C-0038", "."];
const TIMES = { before: { SOURCE_DATE_EPOCH: "1767225600" }, now: { SOURCE_DATE_EPOCH: "1768262400" } };

async function stored(cwd: string, file: string, ...more: readonly string[]): Promise<void> {
  const { code, stderr } = await runHoldfast(["scan", ...SCAN, "--format", "json", "--output", file, ...more], { cwd, env: TIMES.before });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}

/** A folder with two pods and a result of them; then one is mended, another gets worse, and a third is new. */
async function changed(): Promise<string> {
  const cwd = scratchFolder({ "apps/a.yaml": privilegedPod("a"), "apps/b.yaml": privilegedPod("b") });
  await stored(cwd, "old.json");
  writeFileSync(path.join(cwd, "apps/a.yaml"), privilegedPod("a").replace("privileged: true", "privileged: false"));
  writeFileSync(path.join(cwd, "apps/b.yaml"), privilegedPod("b").replace("containers:", "hostPID: true\n  containers:"));
  writeFileSync(path.join(cwd, "apps/c.yaml"), privilegedPod("c"));
  return cwd;
}

test("a scan says what is new, resolved and unchanged since its baseline, and how old that is", async () => {
  const cwd = await changed();
  const { code, result, stderr } = await scanResult([...SCAN, "--baseline", "old.json"], { cwd, env: TIMES.now });
  expect(code).toBe(0);
  expect(stderr).toContain("the baseline old.json is 12 days old (made 2026-01-01T00:00:00Z)");
  expect(result.comparison).toMatchObject({
    baseline: { file: "old.json", form: "holdfast", time: "2026-01-01T00:00:00Z", ageDays: 12 },
    counts: { new: 2, resolved: 1, unchanged: 1, accepted: 0, incomparable: 0 },
  });
  expect(result.comparison?.findings.map(({ status, control, resource }) => `${status} ${control} ${resource.name}`)).toEqual([
    "new C-0038 b",
    "new C-0057 c",
    "resolved C-0057 a",
    "unchanged C-0057 b",
  ]);
  const { stdout } = await runHoldfast(["scan", ...SCAN, "--baseline", "old.json", "--fail-on-new"], { cwd, env: TIMES.now });
  expect(stdout.replaceAll(/\s+/gu, " ")).toMatch(/COMPARED.*old\.json.*12 days before this scan.*2 new, 1 resolved, 1 unchanged/u);
  expect(stdout).toMatch(/fail-on-new breached: 2 findings are not in old\.json/u);

  // An ordinary scan does not say when it was made. Its file was there by then.
  await runHoldfast(["scan", ...SCAN, "--format", "json", "--output", "plain.json"], { cwd });
  const ago = new Date(Date.now() - 3.5 * 86_400_000);
  utimesSync(path.join(cwd, "plain.json"), ago, ago);
  const ordinary = await runHoldfast(["scan", ...SCAN, "--baseline", "plain.json"], { cwd });
  expect(ordinary.stderr).toMatch(
    /the baseline plain\.json is 3 days old, or more: its file was written here at \d{4}-\S+Z; it does not say when it was made/u,
  );
});

test("new findings can be gated by themselves, and what can't be compared is exit code 3", async () => {
  const cwd = await changed();
  const scan = async (...args: readonly string[]): Promise<Run> =>
    runHoldfast(["scan", ...SCAN, "--baseline", "old.json", "--quiet", ...args], { cwd });
  expect((await scan("--fail-on-new")).code).toBe(1);
  expect((await scan("--new-only", "--severity-threshold", "high")).code).toBe(1);
  expect((await scan("--new-only", "--severity-threshold", "critical")).code).toBe(0);
  await stored(cwd, "old.json", "--control", "C-0057");
  await runHoldfast(["scan", "control", "C-0057", ".", "--format", "json", "--output", "old.json"], { cwd });
  const other = await scan("--fail-on-new");
  expect(other.code).toBe(3);
  expect(other.stdout.replaceAll(/\s+/gu, " ")).toMatch(
    /can't be compared with old\.json: high C-0038 Pod b .*C-0038 was not among its controls/u,
  );
  expect((await runHoldfast(["scan", ".", "--fail-on-new"], { cwd })).code).toBe(2);
  expect((await runHoldfast(["scan", ".", "--baseline", "none.json"], { cwd })).code).toBe(2);
});

test("what an ignore file hides now and the baseline read is exit code 3 for gates on new findings, also where as much was left out before", async () => {
  const cwd = scratchFolder({
    "apps/a.yaml": privilegedPod("a"),
    "apps/b.yaml": privilegedPod("b").replace("privileged: true", "privileged: false"),
    "other/x.yaml": "a: 1\n",
    ".holdfastignore": "other\n",
  });
  const scan = async (...args: readonly string[]): Promise<Run> =>
    runHoldfast(["scan", "control", "C-0057", ".", "--baseline", "old.json", "--quiet", ...args], { cwd });
  await runHoldfast(["scan", "control", "C-0057", ".", "--format", "json", "--output", "old.json"], { cwd });
  const same = await scan("--fail-on-new");
  expect(same.code).toBe(0);
  // As much is left out as before: what is hidden had no finding, and gets one.
  writeFileSync(path.join(cwd, ".holdfastignore"), "b.yaml\n");
  writeFileSync(path.join(cwd, "apps/b.yaml"), privilegedPod("b"));
  for (const gate of [["--fail-on-new"], ["--new-only", "--severity-threshold", "high"]]) {
    const hidden = await scan(...gate);
    expect(hidden.code, gate[0]).toBe(3);
    expect(hidden.stdout.replaceAll(/\s+/gu, " ")).toContain(
      "new findings may be in what ignore files leave out now, and the baseline's scan read: apps/b.yaml",
    );
  }
  // What had a finding is not resolved by hiding it.
  writeFileSync(path.join(cwd, ".holdfastignore"), "a.yaml\n");
  const { result } = await scanResult(["control", "C-0057", ".", "--baseline", "old.json"], { cwd });
  expect(result.comparison).toMatchObject({ counts: { resolved: 0, incomparable: 1 }, ignored: ["apps/a.yaml"] });
  // What is gone is gone.
  writeFileSync(path.join(cwd, ".holdfastignore"), "other\n");
  rmSync(path.join(cwd, "apps/b.yaml"));
  expect((await scan("--fail-on-new")).code).toBe(0);
  // Of two stored results nobody can look: what is gone while more is left out may have been hidden.
  writeFileSync(path.join(cwd, ".holdfastignore"), "other\nb.yaml\nold.json\n");
  writeFileSync(path.join(cwd, "apps/b.yaml"), privilegedPod("b"));
  await runHoldfast(["scan", "control", "C-0057", ".", "--format", "json", "--output", "new.json"], { cwd });
  const diff = await runHoldfast(["diff", "old.json", "new.json", "--fail-on-new"], { cwd });
  expect([diff.code, diff.stdout + diff.stderr]).toEqual([3, expect.stringContaining("apps/b.yaml") as string]);
});

test("diff compares two stored scans, as text, JSON and Markdown", async () => {
  const cwd = await changed();
  await runHoldfast(["scan", ...SCAN, "--format", "json", "--output", "new.json"], { cwd, env: TIMES.now });
  const text = await runHoldfast(["diff", "old.json", "new.json"], { cwd });
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(
    /new\.json compared with old\.json, which is 12 days old.*2 new, 1 resolved, 1 unchanged.*NEW {2}2 findings.*C-0038 Pod b \(apps\/b\.yaml:6\).*RESOLVED {2}1 finding/su,
  );
  const json = await runHoldfast(["diff", "old.json", "new.json", "--format", "json", "--fail-on-new"], { cwd });
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    schema: "holdfast.diff/v1",
    old: { ageDays: 12 },
    counts: { new: 2 },
    gates: [{ gate: "fail-on-new", outcome: "breached" }],
  });
  const markdown = await runHoldfast(
    ["diff", "old.json", "new.json", "--format", "markdown", "--output", "diff.md", "--fail-on-new", "--severity-threshold", "critical"],
    { cwd },
  );
  expect({ code: markdown.code, stdout: markdown.stdout }).toEqual({ code: 0, stdout: "" });
  expect(readFileSync(path.join(cwd, "diff.md"), "utf8")).toMatch(
    /^`new\.json` compared with.*\*\*2 new, 1 resolved.*\| new \| high \| C-0038/su,
  );
});

test("a baseline of Kubescape is matched by control, object and path; skeletons of its cluster API are refused", async () => {
  const cwd = scratchFolder({ "apps/a.yaml": privilegedPod("a"), "apps/b.yaml": privilegedPod("b") });
  const container = "spec.containers[0].securityContext.privileged";
  const report = {
    generationTime: "2026-01-01T00:00:00Z",
    summaryDetails: { controls: { "C-0057": { status: "failed" }, "C-0038": { status: "passed" } } },
    resources: ["a", "b"].map((name) => ({ resourceID: `path=1/api=/v1//Pod/${name}`, source: { relativePath: `apps/${name}.yaml` } })),
    results: [
      {
        resourceID: "path=1/api=/v1//Pod/a",
        controls: [
          { controlID: "C-0057", status: { status: "failed" }, rules: [{ status: "failed", paths: [{ failedPath: container }] }] },
        ],
      },
      { resourceID: "path=1/api=/v1//Pod/b", controls: [{ controlID: "C-0057", status: { status: "passed" }, rules: [] }] },
    ],
  };
  writeFileSync(path.join(cwd, "old.json"), JSON.stringify(report));
  const { result } = await scanResult([...SCAN, "--baseline", "old.json"], { cwd });
  expect(result.comparison).toMatchObject({ baseline: { form: "kubescape-json" }, counts: { new: 1, unchanged: 1, incomparable: 0 } });
  expect(result.comparison?.baseline.notes.join(" ")).toContain("no fingerprints");
  const object = (spec: string): string => `apiVersion: spdx.softwarecomposition.kubescape.io/v1beta1
kind: WorkloadConfigurationScan
metadata:
  name: pod-a
  labels: {kubescape.io/workload-api-version: v1, kubescape.io/workload-kind: Pod, kubescape.io/workload-name: a}
spec: ${spec}
`;
  writeFileSync(path.join(cwd, "scan.yaml"), object(`{controls: {C-0057: {controlID: C-0057, status: {status: failed}}}}`));
  const fromCluster = await scanResult([...SCAN, "--baseline", "scan.yaml"], { cwd });
  expect(fromCluster.result.comparison).toMatchObject({
    baseline: { form: "kubescape-objects" },
    counts: { new: 0, unchanged: 1, incomparable: 1 },
  });
  writeFileSync(path.join(cwd, "skeleton.yaml"), object("{}"));
  const refused = await runHoldfast(["scan", ...SCAN, "--baseline", "skeleton.yaml", "--fail-on-new"], { cwd });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/skeleton\.yaml: 1 of 1 objects hold only metadata.*kubectl get/u);
});

test("trend shows scans over time, with gaps where there was no data", async () => {
  const cwd = scratchFolder({ "apps/a.yaml": privilegedPod("a"), "empty/none.txt": "" });
  await stored(cwd, "first.json");
  await runHoldfast(["scan", "control", "C-0057", "empty", "--format", "json", "--output", "gap.json"], {
    cwd,
    env: { SOURCE_DATE_EPOCH: "1767830400" },
  });
  await runHoldfast(["scan", ...SCAN, "--format", "json", "--output", "last.json"], { cwd, env: TIMES.now });
  const table = await runHoldfast(["trend", "last.json", "gap.json", "first.json"], { cwd });
  expect(table.code).toBe(0);
  expect(table.stdout.split("\n").map((line) => line.trimEnd().replaceAll(/\s+/gu, " "))).toEqual([
    "scan compliance strict coverage findings critical high medium low accepted",
    "2026-01-01T00:00:00Z 50 % 50 % 100 % 1 0 1 0 0 0",
    "2026-01-08T00:00:00Z \u2014 \u2014 no data \u2014 \u2014 \u2014 \u2014 \u2014 \u2014",
    "2026-01-13T00:00:00Z 50 % 50 % 100 % 1 0 1 0 0 0",
    "",
  ]);
  const json = await runHoldfast(["trend", "gap.json", "--format", "json"], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({
    schema: "holdfast.trend/v1",
    points: [{ compliance: null, findings: null, bySeverity: null }],
  });
  expect((await runHoldfast(["trend", "apps/a.yaml"], { cwd })).code).toBe(2);
});
