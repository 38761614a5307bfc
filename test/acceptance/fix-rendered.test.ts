// `holdfast fix` in charts and overlays: the values file, the patch or the base is changed, whatever it takes is rendered again, and templates are left alone.
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, type TestContext } from "vitest";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { machinePath, program, runCommand, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

async function fix(context: TestContext, tool: "helm" | "kustomize", cwd: string, ...args: readonly string[]): Promise<Run> {
  const env = { PATH: [path.dirname(needs(context, tool)), machinePath()].join(path.delimiter) };
  return runHoldfast(["fix", ...args, "--control", "C-0038,C-0017,C-0041"], { cwd, env });
}

function textOf(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}

const CHART = {
  "chart/Chart.yaml": "apiVersion: v2\nname: ferry\nversion: 1.0.0\n",
  "chart/values.yaml": `# What the ferry needs.
host:
  ipc: true   # for the old engine
  pid: "yes"

securityContext:
  runAsUser: 1000
`,
  "chart/templates/pod.yaml": `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  hostIPC: {{ .Values.host.ipc }}
  {{- if eq .Values.host.pid "yes" }}
  hostPID: true
  {{- end }}
  hostNetwork: true
  containers:
    - name: ferry
      image: registry.example.com/ferry:1.0
      securityContext:
        {{- toYaml .Values.securityContext | nindent 8 }}
`,
};

test("in a chart the value is changed that feeds the field; what is the template's own is listed", async (context) => {
  const folder = scratchFolder(CHART);
  const dry = await fix(context, "helm", folder, "chart", "--dry-run");
  expect(dry.code, dry.stderr).toBe(0);
  expect(dry.stdout).toContain("+++ b/chart/values.yaml");
  expect(textOf(folder, "chart/values.yaml"), "a dry run tries in a copy").toBe(CHART["chart/values.yaml"]);
  const run = await fix(context, "helm", folder, "chart", "--yes");
  expect(run.stderr).toBe("");
  expect(run.code).toBe(0);
  expect(textOf(folder, "chart/values.yaml")).toBe(
    CHART["chart/values.yaml"]
      .replace("ipc: true ", "ipc: false ")
      .replace("runAsUser: 1000\n", "runAsUser: 1000\n  readOnlyRootFilesystem: true\n"),
  );
  for (const name of ["chart/templates/pod.yaml", "chart/Chart.yaml"] as const) expect(textOf(folder, name)).toBe(CHART[name]);
  expect(run.stdout).toMatch(/C-0041 Pod\/ferry {2}chart\/templates\/pod.yaml:10\n.*fix-no-edit.*\n.*spec\.hostNetwork/u);
  expect(run.stdout, "what to change in the template is proposed").toMatch(
    /proposed for templates.*\n--- a\/chart\/templates\/pod.yaml\n[^]*\n- {2}hostNetwork: true\n\+ {2}hostNetwork: false\n/u,
  );
  expect(run.stdout).toMatch(/fixed 2 findings in 1 file, 2 not fixed/u);
  const again = await fix(context, "helm", folder, "chart", "--yes");
  expect(again.stdout).toContain("fixed 0 findings in 0 files");
});

test("in an overlay the patch is changed that sets the field, else the base", async (context) => {
  const base = privilegedPod("web").replace("spec:\n", "spec:\n  hostPID: true # once\n");
  const files = {
    "repo/base/kustomization.yaml": "resources:\n  - pod.yaml\n",
    "repo/base/pod.yaml": base,
    "repo/prod/kustomization.yaml": "resources:\n  - ../base\npatches:\n  - path: host.yaml\n",
    "repo/prod/host.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  hostIPC: true\n  hostNetwork: true # ports\n",
  };
  const folder = scratchFolder(files);
  const repo = path.join(folder, "repo");
  const run = await fix(context, "kustomize", repo, "prod", "--yes");
  expect(run.stderr).toBe("");
  expect(textOf(repo, "prod/host.yaml")).toBe(
    files["repo/prod/host.yaml"].replace("hostIPC: true", "hostIPC: false").replace("hostNetwork: true", "hostNetwork: false"),
  );
  expect(textOf(repo, "base/pod.yaml")).toBe(
    base
      .replace("hostPID: true", "hostPID: false")
      .replace("privileged: true\n", "privileged: true\n        readOnlyRootFilesystem: true\n"),
  );
  for (const name of ["base/kustomization.yaml", "prod/kustomization.yaml"] as const)
    expect(textOf(repo, name)).toBe(files[`repo/${name}`]);
});

test("nothing outside of the copy is touched by trying, and no secret is shown, whatever its name", async (context) => {
  const secret = "hunter2hunter2";
  const values = `motto: ${secret}\nhost:\n  ipc: true\n  pid: "no"\nsecurityContext: {}\n`;
  const folder = scratchFolder({
    ...CHART,
    "chart/templates/secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  a: {{ .Values.motto }}\n",
    "chart/values.yaml": values,
    "real/values.yaml": values,
  });
  const shown = await fix(context, "helm", folder, "chart", "--dry-run", "--json");
  expect(shown.stdout).toContain(" motto: •••\\n");
  expect(shown.stdout).toContain("+  ipc: false\\n");
  expect(shown.stdout + shown.stderr).not.toContain(secret);
  const patch = await fix(context, "helm", folder, "chart", "--dry-run");
  expect(patch.stdout, "the patch is exact, so it begins behind the secret").toMatch(/@@ -2,/u);
  expect(patch.stdout + patch.stderr).not.toContain(secret);
  rmSync(path.join(folder, "chart/values.yaml"));
  symlinkSync(path.join(folder, "real/values.yaml"), path.join(folder, "chart/values.yaml"));
  const run = await fix(context, "helm", folder, "chart", "--dry-run", "--json");
  expect(run.stdout + run.stderr).not.toContain(secret);
  expect(textOf(folder, "real/values.yaml")).toBe(values);
});

test("a change after which the chart can't be rendered is taken back", async (context) => {
  const strict = CHART["chart/templates/pod.yaml"].replace(
    "spec:",
    'spec:\n  {{- if not .Values.host.ipc }}{{ fail "the engine needs it" }}{{ end }}',
  );
  const folder = scratchFolder({ ...CHART, "chart/templates/pod.yaml": strict });
  writeFileSync(path.join(folder, "chart/values.yaml"), 'host:\n  ipc: true\n  pid: "no"\nsecurityContext: {}\n');
  const run = await fix(context, "helm", folder, "chart", "--yes");
  expect(run.stdout).toMatch(/C-0038/u);
  expect(textOf(folder, "chart/values.yaml")).toBe('host:\n  ipc: true\n  pid: "no"\nsecurityContext:\n  readOnlyRootFilesystem: true\n');
});

test("what a person must choose is asked about charts too, and the answers go into the values file", async (context) => {
  const script = needs(context, "script");
  const folder = scratchFolder({
    "chart/Chart.yaml": "apiVersion: v2\nname: ferry\nversion: 1.0.0\n",
    "chart/values.yaml": "# What a ferry may use.\nresources: {} # none yet\n",
    "chart/templates/pod.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: ferry\nspec:\n  containers:\n    - name: ferry\n      image: ferry:1\n      resources:\n        {{- toYaml .Values.resources | nindent 8 }}\n",
  });
  const words = [process.execPath, program, "fix", ".", "--control", "C-0009"].map((word) => `'${word}'`).join(" ");
  const PATH = [path.dirname(needs(context, "helm")), machinePath()].join(path.delimiter);
  const run = await runCommand([script, "--quiet", "--return", "--command", words, "/dev/null"], {
    cwd: folder,
    env: { TERM: "dumb", PATH },
    stdin: "250m\n64Mi\ny\n",
  });
  expect(run.stdout).toContain("chart/values.yaml:2 Pod/ferry");
  expect(textOf(folder, "chart/values.yaml"), run.stdout).toBe(
    "# What a ferry may use.\nresources: # none yet\n  limits:\n    cpu: 250m\n    memory: 64Mi\n",
  );
  expect(run.code).toBe(0);
});

test("JSON patches, patches that stand in a kustomization, and objects that stand in a value are changed where they stand", async (context) => {
  const inline = `# Ours.
resources: [base.yaml]
patches:
  - target: {kind: Pod, name: web}
    patch: |-
      # the engine
      - op: add
        path: /spec/containers/-
        value: {name: side, image: "s:1", securityContext: {privileged: true}} # for now
  - target: {kind: Pod}
    path: host.yaml
`;
  const host = "- op: add\n  path: /spec/hostNetwork\n  value: true # ports\n";
  const values =
    'extra: |\n  apiVersion: v1\n  kind: Pod\n  metadata: {name: extra}\n  spec:\n    hostPID: true # look\n    containers: [{name: c, image: "{{ .Values.tag }}"}]\ntag: x:1\n';
  const folder = scratchFolder({
    "overlay/kustomization.yaml": inline,
    "overlay/base.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: main\n      image: x:1\n",
    "overlay/host.yaml": host,
    "chart/Chart.yaml": "apiVersion: v2\nname: ferry\nversion: 1.0.0\n",
    "chart/values.yaml": values,
    "chart/templates/extra.yaml": "{{ tpl .Values.extra . }}\n",
    "lost/Chart.yaml":
      'apiVersion: v2\nname: lost\nversion: 1.0.0\ndependencies: [{name: x, version: "1", repository: "https://charts.example.com"}]\n',
  });
  const PATH = [path.dirname(needs(context, "helm")), path.dirname(needs(context, "kustomize")), machinePath()].join(path.delimiter);
  const run = await runHoldfast(["fix", ".", "--yes", "--control", "C-0057,C-0041,C-0038"], { cwd: folder, env: { PATH } });
  expect(textOf(folder, "overlay/kustomization.yaml")).toBe(inline.replace("privileged: true", "privileged: false"));
  expect(textOf(folder, "overlay/host.yaml")).toBe(host.replace("true", "false"));
  expect(textOf(folder, "chart/values.yaml")).toBe(values.replace("hostPID: true", "hostPID: false"));
  expect(run.stderr, "what was not looked at is said").toMatch(/^holdfast: 1 problem took from what was judged/mu);
  expect(run.code).toBe(0);
});

test("options that name files hold for what is rendered again, also those that nothing comes of", async (context) => {
  const values = "host: {pid: true}\n";
  const folder = scratchFolder({
    "chart/Chart.yaml": "apiVersion: v2\nname: ferry\nversion: 1.0.0\n",
    "chart/templates/pod.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}-{{ .Values.more }}}\nspec:\n  hostPID: {{ .Values.host.pid }}\n  containers: [{name: c, image: x}]\n",
    "mine/host.yaml": values,
    "mine/name": "web",
    "mine/more": "one",
    "packed/README": "",
  });
  const files = ["--values", "mine/host.yaml", "--set-file", "name=mine/name,more=mine/more", "--chart-cache", "packed"];
  const run = await fix(context, "helm", folder, "chart", "mine", "--yes", ...files);
  expect(run.code, run.stderr).toBe(0);
  expect(textOf(folder, "mine/host.yaml")).toBe(values.replace("true", "false"));
});

test("patches in quotes are changed where they stand; of one with escapes it is said what to do", async (context) => {
  const json = JSON.stringify([
    { op: "add", path: "/spec/containers/0/securityContext", value: { privileged: true } },
    { op: "add", path: "/spec/hostPID", value: true },
  ]);
  const merge = (name: string): string =>
    JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { hostNetwork: true } });
  const kustomization = (own: string): string => `# Ours.
resources: [base.yaml]
patches:
  - target: {kind: Pod, name: web}
    patch: '${json}' # no more
  - {patch: '${merge("web")}'}
  - {patch: ${JSON.stringify(own)}}
`;
  const before = kustomization(merge("other"));
  const pod = (name: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: main\n      image: x:1\n`;
  const folder = scratchFolder({ "kustomization.yaml": before, "base.yaml": `${pod("web")}---\n${pod("other")}` });
  const PATH = [path.dirname(needs(context, "kustomize")), machinePath()].join(path.delimiter);
  const run = await runHoldfast(["fix", ".", "--yes", "--control", "C-0057,C-0041,C-0038"], { cwd: folder, env: { PATH } });
  // hostNetwork of web is changed, that of the other one stands in a text with escapes.
  const after = before.replace('privileged":true', 'privileged":false').replace('hostPID","value":true', 'hostPID","value":false');
  expect(textOf(folder, "kustomization.yaml")).toBe(after.replace('hostNetwork":true', 'hostNetwork":false'));
  expect(run.stdout.replaceAll(/\s+/gu, " ")).toMatch(
    /not fixed: C-0041 Pod\/other kustomization\.yaml:7 the patch stands there as a text with escapes, which is not edited: write it as a block \(patch: \|-\)/u,
  );
  expect(run.code, "no machine can").toBe(0);
  expect(textOf(folder, "base.yaml")).not.toContain("host");
});

test("a release of a packaged chart is mended in its values, wherever the folder of charts is named from", async (context) => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ferry, namespace: apps}
spec:
  chart: {spec: {chart: ferry, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}
  values:
    host: {ipc: true, pid: "no"} # ports
    securityContext: {readOnlyRootFilesystem: true}
`;
  const folder = scratchFolder({ ...CHART, "estate/release.yaml": release });
  const packed = await runCommand([needs(context, "helm"), "package", "chart", "--destination", "packed"], { cwd: folder });
  expect(packed.code, packed.stderr).toBe(0);
  const run = await fix(context, "helm", folder, "estate", "--chart-cache", "packed", "--yes");
  expect(textOf(folder, "estate/release.yaml"), run.stdout).toBe(release.replace("ipc: true", "ipc: false"));
});

test("no template is proposed a key that it writes itself under other values", async (context) => {
  const folder = scratchFolder({
    "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    "c/values.yaml": "debug: false\n",
    "c/templates/pod.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: c\nspec:\n  hostPID: true\n  containers:\n  - name: a\n    image: b:1\n    {{- if .Values.debug }}\n    securityContext: {privileged: true}\n    {{- end }}\n",
  });
  const { stdout, stderr } = await fix(context, "helm", folder, "c", "--dry-run");
  expect(stdout + stderr).toContain("+  hostPID: false");
  expect(stdout + stderr).not.toContain("+    securityContext");
});
