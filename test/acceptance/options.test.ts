// What options name is used or is exit code 2, and options that have nothing to work on say so.
import path from "node:path";
import { expect, test } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { machinePath, program, runCommand, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const CHART = {
  "shop/Chart.yaml": "apiVersion: v2\nname: front\nversion: 0.1.0\n",
  "shop/templates/pod.yaml": privilegedPod("{{ .Release.Name }}"),
};

test.each([
  [["--values", "none.yaml"], "none.yaml"],
  [["--values", "front=none.yaml"], "none.yaml"],
  [["--values", "*=none.yaml"], "none.yaml"],
  [["--values", "in"], "in"],
  [["--set-file", "a=pod.txt,b=none.txt"], "none.txt"],
  [["--set-file", "front=a=none.txt"], "none.txt"],
  [["--chart-cache", "none"], "none"],
  [["--chart-cache", "pod.txt"], "pod.txt"],
])("a file that %s names and that can't be read is exit code 2, whatever is scanned", async (args, named) => {
  const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod"), "pod.txt": "x" });
  const run = await runHoldfast(["scan", "in", ...args, "--format", "json"], { cwd });
  expect([run.code, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toMatch(`holdfast: ${named}: `);
  expect(run.stderr).toContain("Nothing was scanned");
});

test("a chart that an option names and that was not found is exit code 2; files of the chart's name, and of a =, are found", async (context) => {
  const PATH = [path.dirname(needs(context, "helm")), machinePath()].join(path.delimiter);
  const cwd = scratchFolder({ ...CHART, "values.yaml": "a: 1\n", "a=b.yaml": "a: 1\n" });
  const run = async (...args: readonly string[]): ReturnType<typeof runHoldfast> =>
    runHoldfast(["scan", "shop", "--control", "C-0057", "--format", "csv", ...args], { cwd, env: { PATH } });
  for (const [option, value] of [
    ["--values", "frnt=values.yaml"],
    ["--release-name", "frnt=x"],
    ["--release-namespace", "frnt=x"],
    ["--kube-version", "frnt=1.33.0"],
  ] as const) {
    const { code, stdout, stderr } = await run(option, value);
    expect([code, stdout], option).toEqual([2, ""]);
    expect(stderr).toContain(`no chart that is rendered by itself has the name or folder "frnt"`);
  }
  const right = await run("--values", "front=values.yaml", "--values", "a=b.yaml", "--release-name=./shop/=x", "--kube-version", "1.33.0");
  expect([right.code, right.stderr]).toEqual([0, ""]);
  expect(right.stdout).toContain(",x,");
});

test.each([
  [["--set", "replicas"]],
  [["--set-string", "=x"]],
  [["--release-name", "Not_A_Name"]],
  [["--release-namespace", "front=a b"]],
  [["--kube-version", "newest"]],
])("%s is no value of that option: exit code 2 before anything is read", async (args) => {
  const run = await runHoldfast(["scan", "nowhere", ...args]);
  expect([run.code, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toContain("Expected");
});

test.each([
  { args: ["scan", "in", "--request-timeout", "5s"], option: "--request-timeout" },
  { args: ["scan", "in", "--git-ref", "main"], option: "--git-ref" },
  { args: ["scan", "in", "--custom-rule-timeout", "5"], option: "--custom-rule-timeout" },
  { args: ["scan", "-", "--set", "a=b"], option: "--set" },
  { args: ["scan", "-", "--last-commit"], option: "--last-commit" },
  { args: ["scan", "--cluster", "--enable-helm"], option: "--enable-helm" },
  { args: ["scan", "--release-name", "a", "framework", "nsa"], option: "--release-name" },
  { args: ["scan", "--preflight", "--severity-threshold", "high"], option: "--severity-threshold" },
  { args: ["next", "in", "--show-inputs"], option: "--show-inputs" },
  { args: ["next", "result.json", "--framework", "nsa"], option: "--framework" },
  { args: ["exceptions", "audit", "in", "--exceptions", "in", "--last-commit"], option: "--last-commit" },
  { args: ["exceptions", "add", "0".repeat(32), "--result", "result.json", "--reason", "x", "--set", "a=b"], option: "--set" },
  { args: ["fix", "in", "--dry-run", "--show-inputs"], option: "--show-inputs" },
])("$option can have no effect in holdfast $args: exit code 2, by its name", async ({ args, option }) => {
  const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod"), "result.json": '{"schema": "holdfast.result/v1"}' });
  const run = await runHoldfast(args, { cwd });
  expect([run.code, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toMatch(`holdfast: ${option} `);
  expect(run.stderr).not.toContain("KUBECONFIG");
});

test("options that found nothing to work on are named on standard error, those of a file of settings are not, and the scan stands", async () => {
  const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod"), "holdfast.yaml": "set: [a=b]\nload-restrictor: none\ngit-ref: main\n" });
  const args = ["in", "--control", "C-0057", "--format", "csv"];
  const idle = ["--kube-version", "1.33.0", "--enable-helm", "--chart-cache", "."];
  const [plain, given, quiet, next] = await Promise.all([
    runHoldfast(["scan", ...args], { cwd }),
    runHoldfast(["scan", ...args, ...idle], { cwd }),
    runHoldfast(["scan", ...args, ...idle, "--quiet"], { cwd }),
    runHoldfast(["next", "in", ...idle, "--no-config"], { cwd }),
  ]);
  expect([plain.code, plain.stderr]).toEqual([0, ""]);
  expect([given.code, given.stdout]).toEqual([0, plain.stdout]);
  const notes = [
    "holdfast: --kube-version had no effect: there is no chart in what was scanned",
    "holdfast: --enable-helm had no effect: there is no Kustomize overlay in what was scanned",
    "holdfast: --chart-cache had no effect: there is no release in what was scanned",
  ];
  expect(given.stderr.trimEnd().split("\n")).toEqual(notes);
  expect(quiet.stderr).toBe("");
  const [chosen, view] = await Promise.all([
    runHoldfast(["scan", ...args, "--no-config", "--include-kinds", "Deploymnt"], { cwd }),
    runHoldfast(["scan", ...args, "--no-config", "--view", "attack"], { cwd }),
  ]);
  expect([chosen.code, chosen.stderr]).toEqual([
    3,
    expect.stringMatching(/^holdfast: nothing was judged: --include-kinds leaves out all that was read$/mu) as string,
  ]);
  expect([view.code, view.stderr]).toEqual([0, "holdfast: --view had no effect: it is about the format pretty, and csv is written\n"]);
  expect(next.stderr.trimEnd().split("\n")).toEqual(notes);
});

test("a file that --only names and that is not there is exit code 2, and nothing is changed", async () => {
  const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod") });
  const run = await runHoldfast(["fix", "in", "--yes", "--only", "in/pods.yaml"], { cwd });
  expect([run.code, run.stdout, run.stderr]).toEqual([
    2,
    "",
    "holdfast: --only in/pods.yaml: there is no such file or folder\nNothing was changed. Correct the path.\n",
  ]);
});

test.skipIf(process.platform !== "linux")(
  "standard output that can't be written is exit code 4 with the reason, whichever command it is",
  async () => {
    const cwd = scratchFolder({ "in/pod.yaml": privilegedPod("pod") });
    for (const command of ["list controls", "explain C-0057", "next in", "scan in --format json", "version"]) {
      const run = await runCommand(["sh", "-c", `'${process.execPath}' '${program}' ${command} > /dev/full`], { cwd });
      expect(run.code, command).toBe(4);
      expect(run.stderr.match(/could not write standard output: no space is left on the disk/gu), command).toHaveLength(1);
    }
  },
);
