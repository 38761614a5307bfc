// `holdfast fix` in overlays whose base is not the repository's own: a patch is written into the overlay, and extended by the next fix.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, type TestContext } from "vitest";
import { git, serveGit } from "./git-server.ts";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { machinePath, runCommand, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const HOST = "C-0038,C-0041,C-0017";

async function holdfast(context: TestContext, cwd: string, ...args: readonly string[]): Promise<Run> {
  const env = { PATH: [path.dirname(needs(context, "kustomize")), machinePath()].join(path.delimiter) };
  return runHoldfast(args, { cwd, env });
}

/** What a kustomization builds to, by Kustomize itself. */
async function built(context: TestContext, folder: string): Promise<string> {
  const { code, stdout, stderr } = await runCommand([needs(context, "kustomize"), "build", folder]);
  expect(code, stderr).toBe(0);
  return stdout;
}

function textOf(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}

const POD = privilegedPod("web").replace("spec:\n", "spec:\n  hostIPC: true\n  hostPID: true\n");
const BASE = { "kustomization.yaml": "resources: [pod.yaml]\n", "pod.yaml": POD };
const OVERLAY = `# What production adds.
resources:
  - BASE
namePrefix: prod- # everything of ours
`;

function within(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

async function repository(folder: string): Promise<void> {
  await git(folder, ["init", "--quiet"]);
  await git(folder, ["add", "."]);
  await git(folder, ["commit", "--quiet", "-m", "all"]);
}

const PATCH = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: main
      securityContext:
        readOnlyRootFilesystem: true
  hostIPC: false
  hostPID: false
`;

test("a base that Git ignores is patched in the overlay, and the next fix extends the patch", async (context) => {
  const folder = scratchFolder({
    ".gitignore": "vendor/\n",
    ...within("vendor/web", BASE),
    "prod/kustomization.yaml": OVERLAY.replace("BASE", "../vendor/web"),
  });
  await repository(folder);
  const dry = await holdfast(context, folder, "fix", "prod", "--dry-run", "--control", "C-0038,C-0017");
  expect(dry.code, dry.stderr).toBe(0);
  const apply = await runCommand(["git", "apply", "--check", "-"], { cwd: folder, stdin: dry.stdout });
  expect(apply.stderr + String(apply.code)).toBe("0");
  const run = await holdfast(context, folder, "fix", "prod", "--yes", "--control", "C-0038,C-0017");
  expect(run.stderr + String(run.code)).toBe("0");
  expect(run.stdout).toMatch(
    /^changed prod\/kustomization.yaml \(to name prod\/patch-pod-web.yaml\)\nmade prod\/patch-pod-web.yaml \(3 findings\)\nfixed 3 /u,
  );
  expect(textOf(folder, "vendor/web/pod.yaml")).toBe(POD);
  expect(textOf(folder, "prod/kustomization.yaml")).toBe(
    `${OVERLAY.replace("BASE", "../vendor/web")}patches:\n  - path: patch-pod-web.yaml\n    target:\n      version: v1\n      kind: Pod\n      name: web\n`,
  );
  expect(textOf(folder, "prod/patch-pod-web.yaml")).toBe(PATCH);
  expect(await built(context, path.join(folder, "prod"))).toMatch(/name: prod-web\n[^]*readOnlyRootFilesystem: true\n/u);
  // A comment of the user's stays where it is when the patch is extended.
  await git(folder, ["add", "."]);
  await git(folder, ["commit", "--quiet", "-m", "patched"]);
  const commented = PATCH.replace("hostIPC: false\n", "hostIPC: false # agreed\n");
  writeFileSync(path.join(folder, "prod/patch-pod-web.yaml"), commented);
  const kustomization = textOf(folder, "prod/kustomization.yaml");
  const refused = await holdfast(context, folder, "fix", "prod", "--yes", "--control", "C-0057");
  expect(refused.stdout, "what is not committed is left alone").toMatch(
    /patch-pod-web.yaml, where it is patched: .*not committed \(fix-uncommitted\)/u,
  );
  expect(refused.code).toBe(1);
  const again = await holdfast(context, folder, "fix", "prod", "--yes", "--allow-dirty", "--control", "C-0057");
  expect(again.stderr + String(again.code)).toBe("0");
  expect(textOf(folder, "prod/patch-pod-web.yaml")).toBe(
    commented.replace("readOnlyRootFilesystem: true\n", "readOnlyRootFilesystem: true\n        privileged: false\n"),
  );
  expect(textOf(folder, "prod/kustomization.yaml")).toBe(kustomization);
  const third = await holdfast(context, folder, "fix", "prod", "--yes", "--allow-dirty", "--control", "C-0057,C-0038,C-0017");
  expect(third.stdout).toContain("fixed 0 findings in 0 files");
});

test("a base in a submodule and one outside of what was named are patched; one that was named too is changed itself", async (context) => {
  const folder = scratchFolder({
    ...within("upstream", BASE),
    "repo/prod/kustomization.yaml": OVERLAY.replace("BASE", "../modules/web"),
    ...within("plain/base", BASE),
    "plain/prod/kustomization.yaml": OVERLAY.replace("BASE", "../base").replaceAll("\n", "\r\n"),
    "elsewhere/x.txt": "",
  });
  const repo = path.join(folder, "repo");
  await repository(path.join(folder, "upstream"));
  await git(repo, ["init", "--quiet"]);
  await git(repo, ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", path.join(folder, "upstream"), "modules/web"]);
  await git(repo, ["add", "."]);
  await git(repo, ["commit", "--quiet", "-m", "all"]);
  const run = await holdfast(context, repo, "fix", "prod", "--yes", "--control", HOST);
  expect(run.stderr + String(run.code)).toBe("0");
  expect(textOf(repo, "modules/web/pod.yaml")).toBe(POD);
  expect(textOf(repo, "prod/patch-pod-web.yaml")).toBe(PATCH);
  const elsewhere = path.join(folder, "elsewhere");
  const outside = await holdfast(context, elsewhere, "fix", "../plain/prod", "--yes", "--control", HOST);
  expect(outside.stderr + String(outside.code)).toBe("0");
  expect(textOf(folder, "plain/base/pod.yaml")).toBe(POD);
  expect(textOf(folder, "plain/prod/patch-pod-web.yaml"), "line breaks are the kustomization's").toBe(PATCH.replaceAll("\n", "\r\n"));
  expect(textOf(folder, "plain/prod/kustomization.yaml").replaceAll("\r\n", "")).not.toContain("\n");
  rmSync(path.join(folder, "plain/prod/patch-pod-web.yaml"));
  writeFileSync(path.join(folder, "plain/prod/kustomization.yaml"), OVERLAY.replace("BASE", "../base"));
  const named = await holdfast(context, elsewhere, "fix", "../plain", "--yes", "--control", HOST);
  expect(named.code).toBe(0);
  expect(textOf(folder, "plain/base/pod.yaml")).toBe(
    POD.replaceAll(/host(IPC|PID): true/gu, "host$1: false").replace(
      "privileged: true\n",
      "privileged: true\n        readOnlyRootFilesystem: true\n",
    ),
  );
});

test("a base that is fetched is patched, and the line to edit is the entry that names it", async (context) => {
  const folder = scratchFolder(
    within("upstream", {
      "app/kustomization.yaml": "resources: [pod.yaml]\nnamePrefix: up-\n",
      "app/pod.yaml": POD.replace("registry.example.com", "127.0.0.1:9"),
    }),
  );
  await repository(path.join(folder, "upstream"));
  await git(folder, ["clone", "--quiet", "--bare", "upstream", "web.git"]);
  const server = await serveGit(folder);
  try {
    const prod = path.join(folder, "prod");
    mkdirSync(prod);
    const base = `${server.url}/web.git//app?ref=main`;
    writeFileSync(path.join(prod, "kustomization.yaml"), OVERLAY.replace("BASE", base));
    const scan = await holdfast(context, folder, "scan", "prod", "--allow-network", "--control", "C-0038", "--format", "json");
    const { findings } = JSON.parse(scan.stdout) as {
      readonly findings: readonly { readonly source: { readonly file: string; readonly line: number } }[];
    };
    expect(findings.map(({ source: { file, line } }) => `${file}:${line}`)).toEqual([
      "prod/kustomization.yaml:3",
      "prod/kustomization.yaml:3",
    ]);
    const run = await holdfast(context, folder, "fix", "prod", "--allow-network", "--yes", "--control", HOST);
    expect(run.stderr + String(run.code)).toBe("0");
    expect(textOf(prod, "patch-pod-up-web.yaml")).toBe(PATCH.replace("name: web", "name: up-web"));
    const again = await holdfast(context, folder, "fix", "prod", "--allow-network", "--yes", "--control", HOST);
    expect(again.stdout).toContain("fixed 0 findings in 0 files");
  } finally {
    server.close();
  }
});

test("where a list can't be merged the patch is a JSON patch, which the next fix extends", async (context) => {
  const nameless = POD.replace("- name: main\n      image", "- image");
  const folder = scratchFolder({
    ".gitignore": "vendor/\n",
    "vendor/kustomization.yaml": "resources: [pod.yaml]\n",
    "vendor/pod.yaml": nameless,
    "prod/kustomization.yaml": '{"resources": ["../vendor"], "patches": [{"path": "own.yaml"}]}\n',
    "prod/own.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    a: b\n",
  });
  await repository(folder);
  const run = await holdfast(context, folder, "fix", "prod", "--yes", "--control", "C-0017");
  expect(run.stderr + String(run.code)).toBe("0");
  expect(textOf(folder, "prod/own.yaml"), "what the user has is tried first").not.toContain("readOnly");
  expect(JSON.parse(textOf(folder, "prod/kustomization.yaml"))).toEqual({
    resources: ["../vendor"],
    patches: [{ path: "own.yaml" }, { path: "patch-pod-web.yaml", target: { version: "v1", kind: "Pod", name: "web" } }],
  });
  const first = "- op: add\n  path: /spec/containers/0/securityContext/readOnlyRootFilesystem\n  value: true\n";
  expect(textOf(folder, "prod/patch-pod-web.yaml")).toBe(first);
  const again = await holdfast(context, folder, "fix", "prod", "--yes", "--allow-dirty", "--control", "C-0057");
  expect(again.stderr + String(again.code)).toBe("0");
  expect(textOf(folder, "prod/patch-pod-web.yaml")).toBe(
    `${first}- op: replace\n  path: /spec/containers/0/securityContext/privileged\n  value: false\n`,
  );
  expect(await built(context, path.join(folder, "prod"))).toContain("readOnlyRootFilesystem: true");
});

test("overlays that share a kustomization of ours get their patches there, each object one", async (context) => {
  const folder = scratchFolder({
    ".gitignore": "vendor/\n",
    ...within("vendor", {
      "kustomization.yaml": "resources: [pod.yaml, other.yaml]\n",
      "pod.yaml": POD,
      "other.yaml": POD.replace("name: web", "name: other"),
    }),
    "base/kustomization.yaml": "resources: [../vendor]\n",
    "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: prod-\n",
    "test/kustomization.yaml": "resources: [../base]\nnameSuffix: -test\n",
  });
  await repository(folder);
  const run = await holdfast(context, folder, "fix", ".", "--yes", "--control", HOST);
  expect(run.stderr + String(run.code)).toBe("0");
  expect(textOf(folder, "base/patch-pod-web.yaml")).toBe(PATCH);
  expect(textOf(folder, "base/patch-pod-other.yaml")).toBe(PATCH.replace("name: web", "name: other"));
  expect(textOf(folder, "base/kustomization.yaml").match(/^patches:|path: .*/gmu)).toEqual([
    "patches:",
    expect.stringContaining("patch-pod-"),
    expect.stringContaining("patch-pod-"),
  ]);
  for (const overlay of ["prod", "test"]) {
    expect(textOf(folder, `${overlay}/kustomization.yaml`)).not.toContain("patches");
    expect(await built(context, path.join(folder, overlay))).not.toContain("hostPID: true");
  }
  expect(run.stdout).toMatch(/^fixed 12 findings in 3 files/mu);
});
