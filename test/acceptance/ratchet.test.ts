// The ratchet: `scan --ratchet` holds floors and what they were reached with; only `--ratchet-update` changes the file, and only to make it tighter.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { privilegedPod } from "./manifests.ts";
import { runCommand, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** A pod without privileges, of which C-0057 says nothing bad. */
function plainPod(name: string): string {
  return privilegedPod(name).replace("privileged: true", "privileged: false");
}

function estate(): string {
  return scratchFolder({ "apps/a/pod.yaml": plainPod("a"), "apps/b/pod.yaml": privilegedPod("b") });
}

const SCAN = ["scan", "apps", "--framework", "nsa"];

async function scan(cwd: string, ...more: readonly string[]): Promise<Run> {
  return runHoldfast([...SCAN, "--quiet", ...more], { cwd });
}

function lockOf(cwd: string): string {
  return readFileSync(path.join(cwd, "holdfast.lock"), "utf8");
}

async function locked(): Promise<string> {
  const cwd = estate();
  const run = await scan(cwd, "--ratchet-update");
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
  return cwd;
}

test("without a file it is wrong usage, which says how to make one, and makes none; an update makes one that then holds", async () => {
  const cwd = estate();
  const without = await scan(cwd, "--ratchet");
  expect(without.code).toBe(2);
  expect(without.stderr).toMatch(/holdfast\.lock.*\n.*--ratchet-update/u);
  expect(readdirSync(cwd)).toEqual(["apps"]);
  const made = await runHoldfast([...SCAN, "--ratchet-update"], { cwd });
  expect(made.code).toBe(0);
  expect(made.stderr).toContain("holdfast.lock: made");
  expect(lockOf(cwd)).toMatch(/^framework nsa compliance mean$/mu);
  expect(lockOf(cwd)).toMatch(/^control C-0057 compliance 50$/mu);
  expect(lockOf(cwd)).toMatch(/^input folder apps\/a 1$/mu);
  expect(lockOf(cwd)).toMatch(/^reached-with library digest \S+$/mu);
  // The word behind a bare --ratchet is a path to scan.
  const held = await runHoldfast(["scan", "--framework", "nsa", "--ratchet", "apps", "--format", "json"], { cwd });
  expect(held.code).toBe(0);
  const { gates, ratchet } = JSON.parse(held.stdout) as Result;
  expect(gates).toMatchObject([{ gate: "ratchet", wanted: 0, outcome: "holds" }]);
  expect(ratchet).toMatchObject({ breaches: [], update: { outcome: "not-asked" } });
});

test("a score below its floor and a control that was at zero findings are exit code 1, and the message tells a regression from another library", async () => {
  const cwd = await locked();
  const before = lockOf(cwd);
  writeFileSync(path.join(cwd, "apps/a/pod.yaml"), plainPod("a").replace("containers:", "hostPID: true\n  containers:"));
  const worse = await scan(cwd, "--ratchet-update");
  expect(worse.code).toBe(1);
  expect(worse.stdout.replaceAll(/\s+/gu, " ")).toMatch(
    /control C-0038 \(.*\) had no open finding and has 1, because of 1 open finding: high C-0038 Pod a \(apps\/a\/pod\.yaml:\d+\); a regression/u,
  );
  // An update that would loosen changes nothing.
  expect(lockOf(cwd)).toBe(before);
  writeFileSync(
    path.join(cwd, "holdfast.lock"),
    before.replace(/^reached-with library digest .*$/mu, "reached-with library digest another"),
  );
  const other = await scan(cwd, "--ratchet");
  expect(other.stdout.replaceAll(/\s+/gu, " ")).toMatch(/maybe no regression of the manifests: there is another library of controls/u);
});

test("looking at less is exit code 1, however good the rest is", async () => {
  const cwd = await locked();
  const less = async (...args: readonly string[]): Promise<string> => {
    const run = await runHoldfast(["scan", ...args, "--ratchet", "--quiet"], { cwd });
    expect(run.code).toBe(1);
    return run.stdout.replaceAll(/\s+/gu, " ");
  };
  expect(await less("apps/a", "--framework", "nsa")).toContain("the root apps was covered before and is not now");
  expect(await less("apps", "--control", "C-0057")).toContain("framework nsa was judged before and is not now");
  expect(await less("apps", "--framework", "nsa", "--exclude-control", "C-0057")).toMatch(
    /control C-0057 .* was judged before and is not now: it was left out/u,
  );
  writeFileSync(path.join(cwd, ".holdfastignore"), "b/\n");
  renameSync(path.join(cwd, ".holdfastignore"), path.join(cwd, "apps/.holdfastignore"));
  expect(await less("apps", "--framework", "nsa")).toContain("folder apps/b none gave objects, and 1 file did before");
  rmSync(path.join(cwd, "apps/.holdfastignore"));
  writeFileSync(path.join(cwd, "apps/b/pod.yaml"), "kind: [\n");
  expect(await less("apps", "--framework", "nsa")).toMatch(/looked at less: .*apps\/b\/pod\.yaml/u);
});

test("no data is exit code 3, and leaves the file as it is", async () => {
  const cwd = await locked();
  const before = lockOf(cwd);
  for (const app of ["a", "b"]) writeFileSync(path.join(cwd, `apps/${app}/pod.yaml`), "# nothing\n");
  const run = await scan(cwd, "--ratchet-update", "--allow-loosen", "nothing is left");
  expect(run.code).toBe(3);
  expect(lockOf(cwd)).toBe(before);
});

test("updates tighten; loosening needs a reason, which stands in the file", async () => {
  const cwd = await locked();
  writeFileSync(path.join(cwd, "apps/b/pod.yaml"), plainPod("b"));
  expect((await scan(cwd, "--ratchet-update")).code).toBe(0);
  expect(lockOf(cwd)).toMatch(/^control C-0057 compliance 100$/mu);
  expect(lockOf(cwd)).toMatch(/^control C-0057 findings zero$/mu);
  writeFileSync(path.join(cwd, "apps/b/pod.yaml"), privilegedPod("b"));
  expect((await scan(cwd, "--ratchet-update")).code).toBe(1);
  expect((await scan(cwd, "--allow-loosen", "no update")).code).toBe(2);
  expect((await scan(cwd, "--ratchet-update", "--allow-loosen", " ")).code).toBe(2);
  const loosened = await scan(cwd, "--ratchet-update", "--allow-loosen", "the agent needs it, see #12");
  expect({ code: loosened.code, stderr: loosened.stderr }).toEqual({ code: 0, stderr: "" });
  expect(lockOf(cwd)).toContain('loosened "control C-0057 compliance" 100 50 "the agent needs it, see #12"\n');
  expect((await scan(cwd, "--ratchet")).code).toBe(0);
});

test("a bad lock file is wrong usage with file, line and remedy; a file that can't be written is exit code 4", async () => {
  const cwd = await locked();
  const good = lockOf(cwd);
  for (const [bad, wanted] of [
    [good.slice(0, 4000), /holdfast\.lock:\d+: .*cut off\. Restore/u],
    [good.replace("scan coverage 100", "<<<<<<< ours\nscan coverage 100"), /holdfast\.lock:\d+: .*marks of a merge.*keep the tighter/u],
    [`${good}x`, /holdfast\.lock:\d+: /u],
  ] as const) {
    writeFileSync(path.join(cwd, "holdfast.lock"), bad);
    const run = await scan(cwd, "--ratchet-update");
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(wanted);
    expect(lockOf(cwd)).toBe(bad);
  }
  const unwritable = await scan(cwd, "--ratchet=none/holdfast.lock", "--ratchet-update");
  expect(unwritable.code).toBe(4);
  expect(unwritable.stderr).toMatch(/could not write none\/holdfast\.lock: its folder does not exist/u);
});

test("two branches that mend different things merge without a conflict, and the merge holds what both hold", async () => {
  const cwd = scratchFolder({
    "apps/a/pod.yaml": `${privilegedPod("a")}---\n${plainPod("b").replace("containers:", "hostPID: true\n  containers:")}`,
  });
  expect((await scan(cwd, "--ratchet-update")).code).toBe(0);
  const file = (name: string): string => path.join(cwd, name);
  copyFileSync(file("holdfast.lock"), file("base"));
  const faulty = readFileSync(file("apps/a/pod.yaml"), "utf8");
  const branches = {
    ours: faulty.replace("privileged: true", "privileged: false"),
    theirs: faulty.replace("hostPID: true", "hostPID: false"),
  };
  for (const [name, text] of Object.entries(branches)) {
    writeFileSync(file("apps/a/pod.yaml"), text);
    copyFileSync(file("base"), file("holdfast.lock"));
    expect((await scan(cwd, "--ratchet-update")).code).toBe(0);
    copyFileSync(file("holdfast.lock"), file(name));
    expect(lockOf(cwd)).not.toBe(readFileSync(file("base"), "utf8"));
  }
  const merge = await runCommand(["git", "merge-file", "-p", "ours", "base", "theirs"], { cwd });
  expect(merge.code).toBe(0);
  writeFileSync(file("holdfast.lock"), merge.stdout);
  // Each branch alone lacks what the other one mended.
  for (const text of Object.values(branches)) {
    writeFileSync(file("apps/a/pod.yaml"), text);
    expect((await scan(cwd, "--ratchet")).code).toBe(1);
  }
  writeFileSync(file("apps/a/pod.yaml"), branches.ours.replace("hostPID: true", "hostPID: false"));
  expect((await scan(cwd, "--ratchet")).code).toBe(0);
});

test("a lock file of before it held selections and parameters is told, and an update adds them", async () => {
  const cwd = await locked();
  const whole = lockOf(cwd);
  const before = whole.replaceAll(/^input (?:selection|parameters) .*\n/gmu, "");
  expect(before).not.toBe(whole);
  writeFileSync(path.join(cwd, "holdfast.lock"), before);
  const held = await runHoldfast([...SCAN, "--ratchet"], { cwd });
  expect(held.code).toBe(0);
  expect(held.stderr).toContain(
    "holdfast.lock was made by an earlier version and does not hold how the objects to judge are chosen, nor by which parameters they are judged: --ratchet-update adds that",
  );
  expect(lockOf(cwd)).toBe(before);
  await scan(cwd, "--ratchet-update");
  expect(lockOf(cwd)).toBe(whole);
  expect((await runHoldfast([...SCAN, "--ratchet"], { cwd })).stderr).not.toContain("earlier version");
});

test("updates that come at the same time lose nothing of each other", async () => {
  const cwd = estate();
  const runs = await Promise.all(Array.from({ length: 3 }, async () => scan(cwd, "--ratchet-update")));
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(readdirSync(cwd).toSorted()).toEqual(["apps", "holdfast.lock"]);
  expect((await scan(cwd, "--ratchet")).code).toBe(0);
});

test("a lock with another name, in a folder of its own", async () => {
  const cwd = estate();
  mkdirSync(path.join(cwd, "policy"));
  expect((await scan(cwd, "--ratchet=policy/posture.lock", "--ratchet-update")).code).toBe(0);
  expect(existsSync(path.join(cwd, "policy/posture.lock"))).toBe(true);
  expect((await scan(cwd, "--ratchet=policy/posture.lock")).code).toBe(0);
});
