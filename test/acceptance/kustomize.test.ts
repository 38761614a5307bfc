// Overlays are built with the real Kustomize, each root once, and findings stand where a person must edit.
import { chmodSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test, type TestContext } from "vitest";
import type { Result } from "@holdfast/core";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { machinePath, type RunOptions } from "./run-holdfast.ts";
import { failedNames, findingsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const CONTROLS = "C-0057,C-0038,C-0041,C-0017";

/** A path on which Kustomize is found. */
function withKustomize(context: TestContext): NonNullable<RunOptions["env"]> {
  return { PATH: [path.dirname(needs(context, "kustomize")), machinePath()].join(path.delimiter) };
}

async function scanTree(context: TestContext, files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Result> {
  const { result } = await scanResult(["control", CONTROLS, ...(args.length === 0 ? ["."] : args)], {
    cwd: scratchFolder(files),
    env: withKustomize(context),
  });
  const { account } = result.inputs;
  expect(account.produced + account.notKubernetes + account.lost).toBe(account.documents);
  expect(result.problems.filter(({ stage, effect }) => stage === "load" && effect === "lost")).toHaveLength(account.lost);
  return result;
}

function places(result: Result, control: string): readonly string[] {
  return findingsOf(result, control)
    .map(
      ({ resource, source }) =>
        `${resource === null ? "" : result.resources[resource]?.name} ${source?.file}:${source?.line} ${source?.exact}`,
    )
    .toSorted();
}

function problems({ problems: all }: Result): readonly string[] {
  return all.map(({ code, subject }) => `${code} ${subject}`);
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: proxy
          image: proxy:1
        - name: web
          image: web:1
          securityContext:
            privileged: true
`;
const PATCH = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: proxy
          securityContext:
            privileged: true
`;
const ESTATE = {
  "base/deployment.yaml": DEPLOYMENT,
  "base/kustomization.yaml": "resources: [deployment.yaml]\n",
  "debug/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        template:
          spec:
            hostPID: true
`,
  "prod/kustomization.yaml": `resources:
  - ../base
components: [../debug]
namespace: prod
namePrefix: p-
patches:
  - path: patch.yaml
  - target: {kind: Deployment, name: w.*}
    patch: |-
      - op: add
        path: /spec/template/spec/hostNetwork
        value: true
`,
  "prod/patch.yaml": PATCH,
  "prod/unused.yaml": privilegedPod("unused"),
  "dev/kustomization.yaml": "resources: [../base]\nnameSuffix: -dev\n",
  "alone/kustomization.yaml": "resources: [pod.yaml]\n",
  "alone/pod.yaml": privilegedPod("alone"),
};

test("a JSON patch of an item that a later patch moved: at its operation", async (context) => {
  const result = await scanTree(context, {
    "base/deployment.yaml": DEPLOYMENT.replace(/ {8}- name: proxy\n.*\n/u, "").replace("privileged: true", "privileged: false"),
    "base/kustomization.yaml": "resources: [deployment.yaml]\n",
    "debug/kustomization.yaml": `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: {kind: Deployment}
    patch: |-
      - op: replace
        path: /spec/template/spec/containers/0/securityContext/privileged
        value: true
`,
    "prod/kustomization.yaml": "resources: [../base]\ncomponents: [../debug]\npatches: [{path: patch.yaml}]\n",
    "prod/patch.yaml": PATCH,
  });
  expect(places(result, "C-0057")).toEqual(["web debug/kustomization.yaml:8 true", "web prod/patch.yaml:11 true"]);
});

describe("roots", () => {
  test("each that a person would build, once; bases, components and patches are not judged again; findings stand at the line to edit", async (context) => {
    const result = await scanTree(context, ESTATE);
    expect(result.problems).toEqual([]);
    expect(result.inputs.rendered?.map(({ kind, name, resources }) => [kind, name, resources])).toEqual([
      ["overlay", "alone", 1],
      ["overlay", "dev", 1],
      ["overlay", "prod", 1],
    ]);
    expect(result.inputs.rendered?.[2]?.files).toEqual([
      "base/deployment.yaml",
      "base/kustomization.yaml",
      "debug/kustomization.yaml",
      "prod/kustomization.yaml",
      "prod/patch.yaml",
    ]);
    expect(result.inputs.renderers).toMatchObject([{ name: "kustomize" }]);
    expect(result.resources.map(({ namespace, name }) => `${namespace}/${name}`).toSorted()).toEqual([
      "/alone",
      "/unused",
      "/web-dev",
      "prod/p-web",
    ]);
    expect(places(result, "C-0057")).toEqual([
      "alone alone/pod.yaml:10 true",
      "p-web base/deployment.yaml:16 true",
      "p-web prod/patch.yaml:11 true",
      "unused prod/unused.yaml:10 true",
      "web-dev base/deployment.yaml:16 true",
    ]);
    expect(places(result, "C-0038")).toEqual(["p-web debug/kustomization.yaml:12 true"]);
    expect(places(result, "C-0041")).toEqual(["p-web prod/kustomization.yaml:12 true"]);
    // What is not there is placed at what holds it, which for the proxy of production is the patch.
    expect(places(result, "C-0017").filter((place) => place.startsWith("p-web"))).toEqual([
      "p-web base/deployment.yaml:15 false",
      "p-web prod/patch.yaml:10 false",
    ]);
    expect(JSON.stringify(result)).not.toContain("config.kubernetes.io/origin");
  });

  test("a base by itself is a root where nothing that is scanned builds on it; an overlay by itself finds its base", async (context) => {
    expect(places(await scanTree(context, ESTATE, "base"), "C-0057")).toEqual(["web base/deployment.yaml:16 true"]);
    expect(places(await scanTree(context, ESTATE, "dev"), "C-0057")).toEqual(["web-dev base/deployment.yaml:16 true"]);
  });

  test("a component that nobody uses, and what only has a kustomization's name", async (context) => {
    const result = await scanTree(context, {
      "debug/kustomization.yaml": ESTATE["debug/kustomization.yaml"],
      "flux/kustomization.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: plain}\n",
      "broken/kustomization.yaml": "resources: [a\n",
    });
    expect(problems(result)).toEqual(["yaml-syntax broken/kustomization.yaml", "overlay-unused debug/kustomization.yaml"]);
    expect(result.resources.map(({ name }) => name)).toEqual(["plain"]);
  });
});

describe("what can't be built", () => {
  test("is a problem of its kustomization, never its bases instead; and the rest is judged", async (context) => {
    const result = await scanTree(context, {
      "base/deployment.yaml": DEPLOYMENT,
      "base/kustomization.yaml": "resources: [deployment.yaml]\n",
      "remote/kustomization.yaml": "resources: [../base, https://example.com/org/repo//base?ref=v1]\n",
      "outside/a/kustomization.yaml": "resources: [../secret.yaml, ../../base]\n",
      "outside/secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n",
      "helm/kustomization.yaml": "helmCharts: [{name: web, repo: https://example.com}]\n",
      "missing/kustomization.yaml": "resources: [nowhere.yaml]\n",
      "unknown/kustomization.yaml": "resources: []\nresuorces: []\n",
      "loop/a/kustomization.yaml": "resources: [../b]\n",
      "loop/b/kustomization.yaml": "resources: [../a]\n",
      "pod.yaml": privilegedPod("pod"),
    });
    expect(problems(result)).toEqual([
      "overlay-helm helm/kustomization.yaml",
      "kustomize-failed loop/a/kustomization.yaml",
      "kustomize-failed missing/kustomization.yaml",
      "overlay-outside outside/a/kustomization.yaml",
      "overlay-remote remote/kustomization.yaml",
      "kustomize-failed unknown/kustomization.yaml",
    ]);
    expect(result.resources.map(({ name }) => name)).toEqual(["pod"]);
    expect(result.inputs.rendered?.find(({ name }) => name === "outside/a")?.files).toContain("outside/secret.yaml");
    expect(result.summary.coverage).toBeLessThan(100);
    expect(result.problems.every(({ remedy, cause }) => remedy !== "" && !cause.includes("holdfast-"))).toBe(true);
  });

  test("what generators and transformers read is read with them, and never from elsewhere, however they are written", async (context) => {
    const generator = (file: string): string =>
      `apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: made}\nfiles: ["${file}"]\n`;
    const inline = (file: string): string => JSON.stringify({ generators: [generator(file)] });
    // From the folder of a copy this leads to the machine's, and from the repository nowhere.
    const upwards = `${"../".repeat(4)}etc/hostname`;
    const folder = scratchFolder({
      "repo/.git/HEAD": "ref: refs/heads/main\n",
      "repo/own/kustomization.yaml": "generators: [made/generator.yaml]\n",
      "repo/own/made/generator.yaml": generator("data.txt"),
      "repo/own/data.txt": "mine",
      "repo/written/kustomization.yaml": inline("data.txt"),
      "repo/written/data.txt": "mine",
      "repo/absolute/kustomization.yaml": inline("x=/etc/hostname"),
      "repo/upwards/kustomization.yaml": inline(upwards),
      "repo/file/kustomization.yaml": "generators: [generator.yaml]\n",
      "repo/file/generator.yaml": generator("/etc/hostname"),
    });
    for (const restrictor of ["LoadRestrictionsRootOnly", "LoadRestrictionsNone"]) {
      const { result } = await scanResult(["repo", "--load-restrictor", restrictor], { cwd: folder, env: withKustomize(context) });
      expect(
        result.resources.map(({ name }) => name.slice(0, 4)),
        restrictor,
      ).toEqual(["made", "made"]);
      expect(result.problems.map(({ code, file }) => `${code} ${file}`)).toEqual(
        ["absolute", "file", "upwards"].map((name) => `overlay-outside repo/${name}/kustomization.yaml`),
      );
    }
    const bare = scratchFolder({
      "named/app/kustomization.yaml": inline("../near.txt"),
      "named/near.txt": "near",
      "far/kustomization.yaml": inline("../named/near.txt"),
    });
    const options = { cwd: folder, env: withKustomize(context) };
    const { result } = await scanResult([path.join(bare, "named"), path.join(bare, "far"), "--load-restrictor", "None"], options);
    expect(result.resources).toHaveLength(1);
    expect(result.problems.map(({ code }) => code)).toEqual(["overlay-outside"]);
  });

  test("links out of the folder are refused; --load-restrictor opens the repository, and no more", async (context) => {
    const cwd = scratchFolder({
      "secret.yaml": privilegedPod("secret"),
      "repo/.git/HEAD": "ref: refs/heads/main\n",
      "repo/shared/pod.yaml": privilegedPod("shared"),
      "repo/app/kustomization.yaml": "resources: [../shared/pod.yaml]\n",
      "repo/evil/kustomization.yaml": "resources: [link.yaml]\n",
    });
    symlinkSync("../../secret.yaml", path.join(cwd, "repo/evil/link.yaml"));
    const options = { cwd, env: withKustomize(context) };
    const { result } = await scanResult(["control", CONTROLS, "repo/app", "repo/evil"], options);
    expect(problems(result)).toContain("overlay-outside repo/app/kustomization.yaml");
    expect(problems(result)).toContain("overlay-outside repo/evil/kustomization.yaml");
    const opened = await scanResult(["control", CONTROLS, "repo/app", "repo/evil", "--load-restrictor", "LoadRestrictionsNone"], options);
    expect(failedNames(opened.result, "C-0057")).toEqual(["shared"]);
    expect(problems(opened.result)).toContain("overlay-outside repo/evil/kustomization.yaml");
  });

  test("without kustomize and kubectl each root is a problem, and plain files are judged", async () => {
    const cwd = scratchFolder({ ...ESTATE, "bin/nothing": "" });
    const { result } = await scanResult(["control", CONTROLS, "."], { cwd, env: { PATH: path.join(cwd, "bin") } });
    expect(problems(result)).toEqual(["alone", "dev", "prod"].map((name) => `kustomize-missing ${name}/kustomization.yaml`));
    expect(failedNames(result, "C-0057")).toEqual(["unused"]);
    expect(result.summary.coverage).toBeLessThan(50);
  });

  test("one that hangs or prints without end is ended, and the rest is judged", async () => {
    const cwd = scratchFolder({ ...ESTATE, "bin/kustomize": '#!/bin/sh\n[ "$1" = version ] && echo v5.0.0 && exit\nexec /usr/bin/yes\n' });
    chmodSync(path.join(cwd, "bin/kustomize"), 0o755);
    const { result } = await scanResult(["control", CONTROLS, "alone", "prod/unused.yaml"], { cwd, env: { PATH: path.join(cwd, "bin") } });
    expect(problems(result)).toEqual(["kustomize-limit alone/kustomization.yaml"]);
    expect(failedNames(result, "C-0057")).toEqual(["unused"]);
  });
});

test("what kubectl says of a failure is told without the time and the process of its log", async () => {
  const script = `#!/bin/sh
if [ "$1" = version ]; then echo '{"clientVersion":{"gitVersion":"v1.34.0"}}'; exit 0; fi
printf 'E1121 22:56:44.266933   18219 run.go:72] "command failed" err=<\\n\\tmapping key "a" already defined\\n >\\n' >&2; exit 1
`;
  const cwd = scratchFolder({ "app/kustomization.yaml": "resources: []\n", "bin/kubectl": script });
  chmodSync(path.join(cwd, "bin/kubectl"), 0o755);
  const { result } = await scanResult(["control", CONTROLS, "."], {
    cwd,
    env: { PATH: [path.join(cwd, "bin"), "/usr/bin", "/bin"].join(path.delimiter) },
  });
  expect(result.problems.map(({ cause }) => cause)).toEqual(['Kustomize says: mapping key "a" already defined']);
});

test("kubectl stands in for kustomize", async (context) => {
  // kubectl has Kustomize within it; this one starts it, so that the machine need not have both.
  const script = `#!/bin/sh
case "$1" in
  version) echo '{"clientVersion": {"gitVersion": "v1.34.0"}}' ;;
  kustomize) shift; exec ${needs(context, "kustomize")} build "$@" ;;
esac
`;
  const cwd = scratchFolder({ ...ESTATE, "bin/kubectl": script });
  chmodSync(path.join(cwd, "bin/kubectl"), 0o755);
  const { result } = await scanResult(["control", CONTROLS, "prod"], { cwd, env: { PATH: path.join(cwd, "bin") } });
  expect(result.inputs.renderers).toMatchObject([{ name: "kubectl", version: "v1.34.0" }]);
  expect(failedNames(result, "C-0057")).toEqual(["p-web", "unused"]);
});

test("empty documents around a kustomization change nothing; two kustomization files in a folder are a problem", async (context) => {
  const patched = {
    "p.yaml": privilegedPod("pod").replace("privileged: true", "privileged: false"),
    "kustomization.yaml":
      "---\nresources: [p.yaml]\npatches:\n  - target: {kind: Pod}\n    patch: |-\n      - {op: replace, path: /spec/containers/0/securityContext/privileged, value: true}\n---\n",
  };
  const result = await scanTree(context, patched);
  expect(problems(result)).toEqual([]);
  expect(failedNames(result, "C-0057")).toEqual(["pod"]);
  expect(places(result, "C-0057")).toEqual(["pod kustomization.yaml:6 true"]);
  const twins = await scanTree(context, {
    "p.yaml": privilegedPod("pod"),
    Kustomization: "resources: [p.yaml]\n",
    "kustomization.yml": "resources: [p.yaml]\n",
  });
  expect(problems(twins)).toEqual(["kustomize-failed Kustomization", "kustomize-failed kustomization.yml"]);
  expect(twins.inputs.account.produced).toBe(0);
});
