// Archives are scanned as the folders that they hold, and hostile ones harm nobody.
import { gzipSync } from "node:zlib";
import path from "node:path";
import { expect, test } from "vitest";
import { makeZip } from "../../packages/posture/testing/make-zip.ts";
import { privilegedPod } from "./manifests.ts";
import { runCommand } from "./run-holdfast.ts";
import { failedNames, findingsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** Packs the folder `src` of a folder with the machine's own tar. */
async function pack(cwd: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runCommand(["tar", ...args, "src"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}

test("tar, tar.gz and zip, named and met in a folder, beside plain files", async () => {
  const long = `src/${"folder/".repeat(20)}long.yaml`;
  const cwd = scratchFolder({
    "src/a.yaml": privilegedPod("a"),
    [long]: privilegedPod("long"),
    "src/.holdfastignore": "skipped.yaml\n",
    "src/skipped.yaml": privilegedPod("skipped"),
    "out/plain.yaml": privilegedPod("plain"),
    "out/k8s.zip": makeZip([{ name: "z/zipped.yaml", body: privilegedPod("zipped") }]),
  });
  await pack(cwd, "-cf", "out/one.tar");
  await pack(cwd, "-czf", "out/two.tar.gz");
  const folder = await scanResult(["control", "C-0057", "out"], { cwd });
  expect(folder.code).toBe(0);
  expect(failedNames(folder.result, "C-0057")).toEqual(["a", "a", "long", "long", "plain", "zipped"]);
  expect(
    findingsOf(folder.result, "C-0057")
      .map(({ source }) => `${source?.file}:${source?.line}`)
      .toSorted(),
  ).toEqual([
    "out/k8s.zip/z/zipped.yaml:10",
    "out/one.tar/src/a.yaml:10",
    `out/one.tar/${long}:10`,
    "out/plain.yaml:10",
    "out/two.tar.gz/src/a.yaml:10",
    `out/two.tar.gz/${long}:10`,
  ]);
  expect(folder.result.summary.coverage).toBe(100);
  expect(folder.result.inputs.account.ignored).toBe(2);

  const named = await scanResult(["control", "C-0057", "two.tar.gz", "k8s.zip/z/zipped.yaml"], { cwd: path.join(cwd, "out") });
  expect(failedNames(named.result, "C-0057")).toEqual(["a", "long", "zipped"]);
});

test("bombs, broken archives and names that leave are problems; what stands beside them is judged, in bounded time", async () => {
  const cwd = scratchFolder({
    "bomb.tar.gz": gzipSync(Buffer.alloc(300 * 2 ** 20)),
    "cut.zip": makeZip([{ name: "a.yaml", body: privilegedPod("no") }]).subarray(0, 60),
    "leaving.zip": makeZip([
      { name: "../../../../tmp/holdfast-leaving.yaml", body: privilegedPod("no") },
      { name: "good.yaml", body: privilegedPod("good") },
    ]),
    "pod.yaml": privilegedPod("pod"),
  });
  const started = performance.now();
  const { result, code } = await scanResult(["control", "C-0057", "."], { cwd });
  expect(performance.now() - started).toBeLessThan(30_000);
  expect(code).toBe(0);
  expect(failedNames(result, "C-0057")).toEqual(["good", "pod"]);
  expect(result.problems.map(({ code: problem, subject }) => `${problem} ${subject}`)).toEqual([
    "archive-too-large bomb.tar.gz",
    "archive-broken cut.zip",
    "archive-name leaving.zip",
  ]);
  expect(result.summary.coverage).toBeLessThan(100);
});
