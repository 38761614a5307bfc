// `holdfast fix`: what is found is fixed in the files, everything else in them stays byte for byte, and nobody's work is lost.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, lstatSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { program, root, runCommand, runHoldfast } from "./run-holdfast.ts";
import { scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** The fault of a privileged pod, and what is left where it is gone: the field goes, and with it the last of its mapping. */
const FAULT = /securityContext:\r?\n +privileged: true/u;
const SAFE = "securityContext: {}";

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
}

/** A work tree with everything in it committed. */
function committed(files: Readonly<Record<string, string>>): string {
  const folder = scratchFolder(files);
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message=one");
  return folder;
}

function textOf(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}

/** Pods that differ in how they are written; each has a fault of C-0057. */
const WRITTEN: Readonly<Record<string, string>> = {
  "windows.yaml": `\uFEFF${privilegedPod("windows")}`.replaceAll("\n", "\r\n"),
  "no-newline.yaml": privilegedPod("no-newline").trimEnd(),
  "two.yaml": `# both of them\n---\n${privilegedPod("first").replace("main:1.0", "main:1.0   # for now")}---\n${privilegedPod("second")}...\n`,
  "anchors.yaml": privilegedPod("anchors").replace("metadata:\n", "metadata:\n  labels: &l { a: 'b' }\n  annotations: *l\n"),
  "flow.yaml":
    "{apiVersion: v1, kind: Pod, metadata: {name: flow}, spec: {containers: [{name: a, securityContext: {privileged: true}}]}}\n",
};

describe("one control", () => {
  const folder = scratchFolder(WRITTEN);
  chmodSync(path.join(folder, "two.yaml"), 0o640);

  test("its findings are fixed, and nothing else in the files changes", async () => {
    const run = await runHoldfast(["fix", ".", "--yes", "--control", "C-0057"], { cwd: folder });
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("fixed 6 findings in 5 files, 0 need a decision, 0 have no fix");
    for (const [name, before] of Object.entries(WRITTEN))
      expect(textOf(folder, name), name).toBe(
        before.replaceAll(new RegExp(FAULT, "gu"), SAFE).replace("securityContext: {privileged: true}", SAFE),
      );
    expect(statSync(path.join(folder, "two.yaml")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).toSorted(), "nothing is left lying about").toEqual(Object.keys(WRITTEN).toSorted());
    const { result } = await scanResult(["control", "C-0057", "."], { cwd: folder });
    expect(result.summary.findings).toBe(0);
  });

  test("a second run has nothing to do", async () => {
    const run = await runHoldfast(["fix", ".", "--yes", "--control", "C-0057"], { cwd: folder });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("fixed 0 findings in 0 files");
  });
});

describe("a dry run", () => {
  const files = {
    ...WRITTEN,
    "shop.yaml": readFileSync(path.join(root, "examples/shop/node-tuner.yaml"), "utf8"),
    "with space.yaml": privilegedPod("space"),
  };

  test("its patch is what git apply and patch take, and makes what fixing makes", async () => {
    const folder = committed(files);
    const dry = await runHoldfast(["fix", ".", "--dry-run"], { cwd: folder });
    expect(dry.code).toBe(0);
    expect(git(folder, "status", "--porcelain"), "nothing was written").toBe("");
    expect(dry.stderr).toMatch(/would fix \d+ findings in 7 files/u);
    const [byGit, byPatch] = [scratchFolder(files), scratchFolder(files)];
    execFileSync("git", ["apply", "-"], { cwd: byGit, input: dry.stdout });
    execFileSync("patch", ["-p1", "--binary", "--silent"], { cwd: byPatch, input: dry.stdout });
    const wet = await runHoldfast(["fix", ".", "--yes"], { cwd: folder });
    expect(wet.code).toBe(0);
    for (const name of Object.keys(files)) {
      expect(textOf(byGit, name), name).toBe(textOf(folder, name));
      expect(textOf(byPatch, name), name).toBe(textOf(folder, name));
    }
    const before = await scanResult(["."], { cwd: scratchFolder(files) });
    const after = await scanResult(["."], { cwd: folder });
    const known = new Set(before.result.findings.map(({ fingerprint }) => fingerprint));
    expect(after.result.findings.filter(({ fingerprint }) => !known.has(fingerprint))).toEqual([]);
    expect(after.result.problems).toEqual(before.result.problems);
    expect(after.result.findings.filter(({ edit }) => edit !== undefined)).toEqual([]);
  });

  test("secrets are in no output: where a patch would need one the file is left out, and said to be", async () => {
    const secret = "hunter2hunter2";
    const pod = privilegedPod("web").replace(
      "      securityContext:",
      `      env:\n        - name: PASSWORD\n          value: ${secret}\n      securityContext:`,
    );
    const minified = JSON.stringify({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "j" },
      spec: { containers: [{ name: "j", env: [{ name: "PASSWORD", value: secret }], securityContext: { privileged: true } }] },
    });
    const given = { "pod.yaml": pod, "pod.json": minified };
    const folder = scratchFolder(given);
    const dry = await runHoldfast(["fix", ".", "--dry-run", "--control", "C-0057"], { cwd: folder });
    expect(dry.stdout + dry.stderr).not.toContain(secret);
    expect(dry.stderr).toMatch(/pod\.json.*secret/u);
    execFileSync("git", ["apply", "-"], { cwd: folder, input: dry.stdout });
    expect(textOf(folder, "pod.yaml")).toBe(pod.replace(FAULT, SAFE));
    const json = await runHoldfast(["fix", "pod.json", "--yes", "--control", "C-0057", "--json"], { cwd: folder });
    expect(json.stdout).not.toContain(secret);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: "holdfast.fix/v1",
      dryRun: false,
      summary: { fixed: 1, files: 1, decisions: 0, noFix: 0, notFixed: 0 },
      files: [{ file: "pod.json", outcome: "written", findings: 1 }],
      findings: [{ control: "C-0057", resource: "Pod/j", file: "pod.json", line: 1, outcome: "fixed" }],
    });
    expect(textOf(folder, "pod.json")).toBe(minified.replace('"privileged":true', ""));
  });
});

describe("work that is not committed", () => {
  test("is left alone, unless --allow-dirty says otherwise", async () => {
    const folder = committed({ "clean.yaml": privilegedPod("clean"), "dirty.yaml": privilegedPod("dirty") });
    writeFileSync(path.join(folder, "dirty.yaml"), `# mine\n${privilegedPod("dirty")}`);
    writeFileSync(path.join(folder, "new.yaml"), privilegedPod("new"));
    const run = await runHoldfast(["fix", ".", "--yes", "--control", "C-0057"], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("--allow-dirty");
    expect(run.stdout).toContain("fixed 1 finding in 1 file, 2 not fixed");
    expect(textOf(folder, "clean.yaml")).toContain(SAFE);
    expect(textOf(folder, "dirty.yaml") + textOf(folder, "new.yaml")).not.toContain(SAFE);
    const allowed = await runHoldfast(["fix", ".", "--yes", "--control", "C-0057", "--allow-dirty"], { cwd: folder });
    expect(allowed.code).toBe(0);
    expect(textOf(folder, "dirty.yaml")).toBe(`# mine\n${privilegedPod("dirty").replace(FAULT, SAFE)}`);
    expect(textOf(folder, "new.yaml")).toContain(SAFE);
  });
});

describe("what is changed", () => {
  test("--only, exceptions and settings are heeded", async () => {
    const folder = scratchFolder({
      "a/one.yaml": privilegedPod("one"),
      "a/kept.yaml": privilegedPod("kept"),
      "b/two.yaml": privilegedPod("two"),
      "holdfast.yaml": "format: json\ncontrol: C-0057\n",
      "accepted.json": JSON.stringify([
        {
          name: "kept",
          policyType: "postureExceptionPolicy",
          actions: ["alertOnly"],
          reason: "measured",
          resources: [{ designatorType: "Attributes", attributes: { name: "kept" } }],
          posturePolicies: [{ controlID: "C-0057" }],
        },
      ]),
    });
    const run = await runHoldfast(["fix", ".", "--yes", "--only", "a", "--exceptions", "accepted.json"], { cwd: folder });
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    expect(textOf(folder, "a/one.yaml")).toContain(SAFE);
    expect(textOf(folder, "a/kept.yaml")).not.toContain(SAFE);
    expect(textOf(folder, "b/two.yaml")).not.toContain(SAFE);
  });

  test("a link is written through to its target, and only within what was named", async () => {
    const outside = scratchFolder({ "away.yaml": privilegedPod("away") });
    const folder = scratchFolder({ "real/pod.yaml": privilegedPod("pod") });
    symlinkSync("real/pod.yaml", path.join(folder, "link.yaml"));
    symlinkSync(path.join(outside, "away.yaml"), path.join(folder, "away.yaml"));
    const run = await runHoldfast(["fix", "link.yaml", "away.yaml", "--yes", "--control", "C-0057"], { cwd: folder });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("fix-outside");
    expect(lstatSync(path.join(folder, "link.yaml")).isSymbolicLink()).toBe(true);
    expect(textOf(folder, "real/pod.yaml")).toContain(SAFE);
    expect(textOf(outside, "away.yaml")).not.toContain(SAFE);
  });

  test("what a person must choose and what has no fix is listed, and never made up", async () => {
    const folder = scratchFolder();
    cpSync(path.join(root, "examples/shop"), folder, { recursive: true });
    const run = await runHoldfast(["fix", ".", "--yes", "--control", "C-0009,C-0012,C-0030"], { cwd: folder });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/needs a decision:\n {2}C-0009 /u);
    expect(run.stdout).toMatch(/no fix is known:\n(?: .*\n)* {2}C-0030 /u);
    expect(run.stdout).toMatch(/fixed 0 findings in 0 files, \d+ need a decision, \d+ have no fix\n$/u);
    for (const name of readdirSync(folder)) expect(textOf(folder, name)).toBe(textOf(path.join(root, "examples/shop"), name));
  });

  test("an edit that would change what an alias means is refused and listed", async () => {
    const shared =
      privilegedPod("a").replace("      securityContext:\n", "      securityContext: &shared\n") +
      "    - name: b\n      image: b:1\n      securityContext: *shared\n";
    const folder = scratchFolder({ "pod.yaml": shared });
    const run = await runHoldfast(["fix", ".", "--yes", "--control", "C-0057"], { cwd: folder });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("fix-no-edit");
    expect(textOf(folder, "pod.yaml")).toBe(shared);
  });
});

describe("a stored result", () => {
  test("of Holdfast's: what it found is fixed where it stands now, and what it did not find is left", async () => {
    const folder = scratchFolder({ "in/a.yaml": privilegedPod("a"), "in/b.yaml": privilegedPod("b"), "in/c.yaml": privilegedPod("c") });
    await runHoldfast(["scan", "control", "C-0057", "in", "--format", "json", "--output", "result.json"], { cwd: folder });
    // Since then one file has got other lines, one was mended, and one has something new.
    const moved = `# moved\n\n${privilegedPod("a")}`;
    writeFileSync(path.join(folder, "in/a.yaml"), moved);
    writeFileSync(path.join(folder, "in/b.yaml"), privilegedPod("b").replace(FAULT, SAFE));
    const more = privilegedPod("c").replace("spec:\n", "spec:\n  hostPID: true\n");
    writeFileSync(path.join(folder, "in/c.yaml"), more);
    const run = await runHoldfast(["fix", "result.json", "--yes"], { cwd: folder });
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("fixed 2 findings in 2 files");
    expect(run.stdout).toMatch(/not found any more:\n {2}C-0057 Pod\/b/u);
    expect(textOf(folder, "in/a.yaml")).toBe(moved.replace(FAULT, SAFE));
    expect(textOf(folder, "in/c.yaml")).toBe(more.replace(FAULT, SAFE));
    const again = await runHoldfast(["fix", "result.json", "--yes"], { cwd: folder });
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("fixed 0 findings in 0 files");
    const elsewhere = await runHoldfast(["fix", path.join(folder, "result.json"), "--yes"], { cwd: scratchFolder() });
    expect(elsewhere.code).toBe(2);
    expect(elsewhere.stderr).toContain("in the folder that the scan ran in");
  });

  test("of Kubescape's: its paths and values lead to the same", async () => {
    const report = {
      summaryDetails: {},
      resources: [
        {
          resourceID: "path=1/api=v1//Pod/a",
          object: { apiVersion: "v1", kind: "Pod", metadata: { name: "a" } },
          source: { path: "/somewhere/else", relativePath: "in/a.yaml" },
        },
      ],
      results: [
        {
          resourceID: "path=1/api=v1//Pod/a",
          controls: [
            {
              controlID: "C-0057",
              name: "Privileged container",
              status: { status: "failed" },
              rules: [{ paths: [{ fixPath: { path: "spec.containers[0].securityContext.privileged", value: "false" } }] }],
            },
            {
              controlID: "C-0009",
              status: { status: "failed" },
              rules: [
                {
                  paths: [
                    { fixPath: { path: "spec.containers[0].resources.limits.cpu", value: "500m" } },
                    { fixPath: { path: "spec.containers[0].resources.limits.memory", value: "YOUR_VALUE" } },
                  ],
                },
              ],
            },
            { controlID: "C-0013", status: { status: "passed" }, rules: [] },
          ],
        },
      ],
    };
    const folder = scratchFolder({
      "in/a.yaml": privilegedPod("a"),
      "in/b.yaml": privilegedPod("b"),
      "report.json": JSON.stringify(report),
    });
    const run = await runHoldfast(["fix", "report.json", "--no-confirm", "--skip-user-values"], { cwd: folder });
    expect(run.stderr).toBe("");
    expect(run.code).toBe(0);
    expect(textOf(folder, "in/a.yaml")).toBe(privilegedPod("a").replace(FAULT, SAFE));
    expect(run.stdout, "the placeholder is no answer").toMatch(/needs a decision:\n {2}C-0009 Pod\/a/u);
    expect(textOf(folder, "in/b.yaml")).toBe(privilegedPod("b"));
    report.results[0]?.controls[1]?.rules[0]?.paths.splice(1, 1, {
      fixPath: { path: "spec.containers[0].resources.limits.memory", value: "64Mi" },
    });
    writeFileSync(path.join(folder, "report.json"), JSON.stringify(report));
    await runHoldfast(["fix", "report.json", "--yes"], { cwd: folder });
    expect(textOf(folder, "in/a.yaml")).toMatch(/limits:\n +cpu: 500m\n +memory: 64Mi\n/u);
  });
});

describe("asking", () => {
  test("without a terminal, --yes or --dry-run must say what to do", async () => {
    const folder = scratchFolder({ "pod.yaml": privilegedPod("pod") });
    const run = await runHoldfast(["fix", "."], { cwd: folder });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/--yes.*--dry-run/su);
    for (const args of [["-"], [], ["https://git.example.com/a/b.git"]])
      expect((await runHoldfast(["fix", "--yes", ...args], { cwd: folder })).code).toBe(2);
    expect(textOf(folder, "pod.yaml")).toBe(privilegedPod("pod"));
  });

  test("on a terminal each file is asked for, and so is what must be chosen", async (context) => {
    const script = needs(context, "script");
    const folder = scratchFolder({ "a.yaml": privilegedPod("a"), "b.yaml": privilegedPod("b"), "c.yaml": privilegedPod("c") });
    const words = [process.execPath, program, "fix", ".", "--control", "C-0057,C-0009"].map((word) => `'${word}'`).join(" ");
    // Two questions for each pod (limits of CPU and memory), of which those for the first are answered; then the files: show the first, change it, leave the second, quit.
    const run = await runCommand([script, "--quiet", "--return", "--command", words, "/dev/null"], {
      cwd: folder,
      env: { TERM: "dumb" },
      stdin: "250m\n64Mi\n\n-\nd\ny\nn\nq\n",
    });
    const shown = run.stdout.replaceAll("\r\n", "\n");
    expect(shown).toContain("spec.containers[0].resources.limits.cpu");
    expect(shown).toContain("-        privileged: true\n");
    expect(textOf(folder, "a.yaml")).toContain(SAFE);
    expect(textOf(folder, "a.yaml")).toMatch(/limits:\n +cpu: 250m\n +memory: 64Mi\n/u);
    expect(textOf(folder, "b.yaml") + textOf(folder, "c.yaml")).not.toContain(SAFE);
    expect(run.code, shown).toBe(0);
  });
});

test("which Pod Security Standard a namespace enforces is for people: its pods that the standard forbids would be refused", async () => {
  const agent = privilegedPod("agent").replace("spec:\n", "spec:\n  volumes: [{name: h, hostPath: {path: /}}]\n");
  const namespace = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";
  const folder = committed({ "namespace.yaml": namespace, "pod.yaml": agent });
  const { stderr, stdout } = await runHoldfast(["fix", ".", "--yes"], { cwd: folder });
  expect(textOf(folder, "namespace.yaml")).toBe(namespace);
  expect(stdout + stderr).toContain("pod-security.kubernetes.io/warn shows");
});
