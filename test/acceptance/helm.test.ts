// Charts are rendered by the machine's own helm: all that is claimed is produced or is a named problem, and findings stand at the line to edit.
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { spawn, spawnSync } from "node:child_process";
import { setTimeout as after } from "node:timers/promises";
import type { Result } from "@holdfast/core";
import { describe, expect, test, type TestContext } from "vitest";
import { applyEdit } from "./apply-edit.ts";
import { needs, needsShared } from "./needs.ts";
import { program, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

interface Scan extends Run {
  readonly result: Result;
}

/** Scans with helm on the PATH, and reads the result; `temporary` is where it keeps its copies. */
async function scanCharts(
  context: TestContext,
  cwd: string,
  args: readonly string[],
  helm?: string,
): Promise<Scan & { readonly temporary: string }> {
  const bin = helm ?? path.dirname(needs(context, "helm"));
  const temporary = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-helm-"));
  const env = { PATH: `${bin}:/usr/bin:/bin`, TMPDIR: temporary };
  const run = await runHoldfast(["scan", ...args, "--format", "json"], { cwd, env });
  return { ...run, temporary, result: run.stdout === "" ? ({} as Result) : (JSON.parse(run.stdout) as Result) };
}

/** What a scan has left of its own; what was made of the program's functions is kept for the next one. */
function leftIn(temporary: string): string[] {
  return readdirSync(temporary).filter((name) => /^holdfast-(?!compiled)/u.test(name));
}

/** The places of findings on a path, `file:line` each. */
function places({ findings }: Result, name: string, at: string): string[] {
  const found = findings.filter(({ paths, fixes }) => [...paths, ...fixes].some(({ path: one }) => one?.endsWith(at)));
  return [
    ...new Set(found.flatMap(({ source }) => (source?.file.startsWith(name) === true ? [`${source.file}:${source.line}`] : []))),
  ].sort();
}

function problems({ problems: all }: Result): string[] {
  return all.map(({ code, file, line }) => [code, file, line].filter((one) => one !== undefined).join(" "));
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-web
  namespace: {{ .Release.Namespace }}
spec:
  replicas: {{ .Values.replicas }}
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      hostNetwork: {{ .Values.hostNetwork }}
      hostPID: true
      containers:
        - name: web
          image: {{ .Values.image }}
          securityContext:
            {{- toYaml .Values.securityContext | nindent 12 }}
`;

const SHOP = {
  "shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
  "shop/values.yaml":
    "replicas: 1\nhostNetwork: true\nimage: shop/web:latest\nsecurityContext:\n  privileged: true\ncache:\n  enabled: true\n  hostIPC: true\n",
  "shop/values-prod.yaml": "hostNetwork: true\n",
  "shop/ci/test-values.yaml": "replicas: 2\n",
  "shop/files/page.yaml": "title: {{ .Release.Name }}\n",
  "shop/examples/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: example}\nspec: {containers: [{name: a, image: b}]}\n",
  "shop/crds/things.yaml":
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec: {group: example.com, scope: Namespaced, names: {kind: Thing, plural: things}, versions: []}\n",
  "shop/templates/_helpers.tpl": '{{- define "shop.x" }}x{{ end }}',
  "shop/templates/NOTES.txt": "thanks",
  "shop/templates/web.yaml": DEPLOYMENT,
  "shop/templates/tests/test.yaml":
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\n  annotations: {"helm.sh/hook": test}\nspec:\n  hostIPC: true\n  containers: [{name: t, image: b}]\n',
  "shop/charts/cache/Chart.yaml": "apiVersion: v2\nname: cache\nversion: 0.1.0\n",
  "shop/charts/cache/values.yaml": "image: redis:7\nhostIPC: false\n",
  "shop/charts/cache/templates/pod.yaml":
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: cache\nspec:\n  hostIPC: {{ .Values.hostIPC }}\n  containers:\n    - name: redis\n      image: {{ .Values.image }}\n",
};

test("a chart is rendered with its dependencies once, and all in its folder is accounted for", async (context) => {
  const folder = scratchFolder(SHOP);
  const { result, code, temporary } = await scanCharts(context, folder, [".", "--show-inputs", "--framework", "nsa"]);
  expect([code, problems(result)]).toEqual([0, []]);
  const names = result.resources.flatMap(({ file, kind, name }) => (file === undefined ? [] : [`${file} ${kind} ${name}`]));
  expect(names.sort()).toEqual([
    "shop/charts/cache/templates/pod.yaml Pod cache",
    "shop/crds/things.yaml CustomResourceDefinition things.example.com",
    "shop/examples/pod.yaml Pod example",
    "shop/templates/tests/test.yaml Pod test",
    "shop/templates/web.yaml Deployment shop-web",
  ]);
  const { inputs, summary } = result;
  expect(summary.coverage).toBe(100);
  expect(inputs.files.map(({ file, loader, lost }) => `${file} ${loader} ${lost}`)).toEqual([
    "shop helm 0",
    "shop/examples/pod.yaml yaml 0",
    "shop/files/page.yaml yaml 0",
  ]);
  expect(inputs.renderers).toEqual([{ name: "helm", version: expect.stringMatching(/^v[34]\.\d+/u) }]);
  expect(inputs.rendered).toMatchObject([{ kind: "chart", name: "shop", file: "shop", resources: 4, problems: 0, hooks: 1 }]);
  expect(inputs.rendered?.[0]?.unused).toEqual(["shop/ci/test-values.yaml", "shop/values-prod.yaml"]);
  expect(inputs.rendered?.[0]?.files).toEqual(
    expect.arrayContaining(["shop/Chart.yaml", "shop/values.yaml", "shop/templates/_helpers.tpl", "shop/charts/cache/values.yaml"]),
  );
  // Nothing is left of the copies that helm worked on.
  expect(leftIn(temporary)).toEqual([]);

  // A field from a value stands in the values file that won, one from the template there.
  expect(places(result, "shop", "hostNetwork")).toEqual(["shop/values.yaml:2"]);
  expect(places(result, "shop", "hostPID")).toEqual(["shop/templates/web.yaml:14"]);
  expect(places(result, "shop", "securityContext.privileged")).toContain("shop/values.yaml:5");
  expect(places(result, "shop", "hostIPC")).toEqual(["shop/templates/tests/test.yaml:7", "shop/values.yaml:8"]);
  // What is missing in a mapping that a value feeds as a whole is missing there.
  expect(places(result, "shop", "containers[0].securityContext.runAsNonRoot")).toContain("shop/values.yaml:4");
  const fed = result.findings.find(({ source }) => source?.feeds?.path === "cache.hostIPC");
  expect(fed?.source).toMatchObject({ file: "shop/values.yaml", exact: true, feeds: { file: "shop/values.yaml", path: "cache.hostIPC" } });
});

test("--show-inputs lists charts with what they gave, what else was read, and what was not", async (context) => {
  const folder = scratchFolder({ ...SHOP, "notes.md": "x", ".holdfastignore": "examples\n" });
  const env = { PATH: `${path.dirname(needs(context, "helm"))}:/usr/bin:/bin` };
  const { stdout } = await runHoldfast(["scan", ".", "--show-inputs", "--verbose", "--control", "C-0057"], { cwd: folder, env });
  const [, inputs = ""] = /^INPUTS {2}(?<inputs>[^]*?)\n\n/mu.exec(stdout) ?? [];
  expect(inputs.split("\n").map((line) => line.trim())).toEqual([
    expect.stringMatching(/^2 inputs scanned, rendered by helm v\S+$/u),
    "shop (helm): 4 objects",
    "chart shop, with 1 hook or test",
    ...(
      ["Chart.yaml", "charts/cache/Chart.yaml", "charts/cache/templates/pod.yaml", "charts/cache/values.yaml", "crds/things.yaml"] as const
    ).map((name) => `shop/${name}`),
    ...(["templates/NOTES.txt", "templates/_helpers.tpl", "templates/tests/test.yaml", "templates/web.yaml", "values.yaml"] as const).map(
      (name) => `shop/${name}`,
    ),
    "not used: shop/ci/test-values.yaml",
    "not used: shop/values-prod.yaml",
    "shop/files/page.yaml (yaml): not Kubernetes",
    "skipped: .holdfastignore (nothing that is read)",
    "skipped: notes.md (nothing that is read)",
    "skipped: shop/examples (left out by an ignore file)",
  ]);
});

test("values are given for all charts or for one, and findings name the file that won", async (context) => {
  const folder = scratchFolder({
    ...SHOP,
    "other/Chart.yaml": "apiVersion: v2\nname: other\nversion: 0.1.0\n",
    "other/values.yaml": "hostNetwork: false\nsecurityContext: {}\nimage: a\n",
    "other/templates/web.yaml": DEPLOYMENT,
    "prod.yaml": "image: prod/web:1\nsecurityContext:\n  privileged: true\n",
    "name.txt": "from-a-file",
  });
  const { result, code } = await scanCharts(context, folder, [
    "shop",
    "other",
    "--framework",
    "nsa",
    "--values",
    "other=prod.yaml",
    "--set",
    "shop=replicas=7",
    "--set-string",
    "other=replicas=3",
    "--set-file",
    "other=image=name.txt",
    "--set",
    "other=hostNetwork=true",
    "--release-name",
    "shop=black",
    "--release-name",
    "friday",
    "--release-namespace",
    "sales",
    "--kube-version",
    "1.30.0",
  ]);
  expect([code, problems(result)]).toEqual([0, []]);
  const names = result.resources.filter(({ kind }) => kind === "Deployment").map(({ namespace, name }) => `${namespace}/${name}`);
  expect(names).toEqual(["sales/friday-web", "sales/black-web"]);
  expect(places(result, "prod.yaml", "securityContext.privileged")).toEqual(["prod.yaml:3"]);
  // What the command line says stands in no file: the template's line, with the value that feeds it.
  const network = result.findings.find(
    ({ source, paths }) => source?.file === "other/templates/web.yaml" && paths.some((one) => one.path.endsWith("hostNetwork")),
  );
  expect(network?.source).toMatchObject({ line: 13, exact: true, feeds: { path: "hostNetwork" } });
  expect(result.inputs.rendered?.map(({ name, files }) => [name, files.includes("prod.yaml")])).toEqual([
    ["other", true],
    ["shop", false],
  ]);
});

test("a piece of YAML that a named template renders: its line in the values file; and what only the command line knows is said to be so", async (context) => {
  const folder = scratchFolder({
    "odd/Chart.yaml": "apiVersion: v2\nname: odd\nversion: 0.1.0\n",
    "odd/values.yaml": "pod: |\n  # for the probes\n  hostPID: {{ .Values.probes }}\n  hostNetwork: true\nprobes: true\n",
    "odd/templates/_pod.tpl":
      '{{- define "odd.pod" -}}\nrestartPolicy: Never\n{{ tpl .Values.pod . }}\n{{ .Files.Get "ipc.yaml" }}\ncontainers:\n- name: a\n  image: b\n{{- end -}}\n',
    "odd/ipc.yaml": "hostIPC: true",
    "odd/templates/pod.yaml": 'apiVersion: v1\nkind: Pod\nmetadata: {name: odd}\nspec: {{- include "odd.pod" . | nindent 2 }}\n',
  });
  const { result } = await scanCharts(context, folder, ["odd", "--control", "C-0038,C-0041"]);
  expect(places(result, "odd", "hostPID")).toEqual(["odd/values.yaml:5"]);
  expect(places(result, "odd", "hostNetwork")).toEqual(["odd/values.yaml:4"]);
  // No expression says where this comes from: never another field's line as if it were known.
  const ipc = result.findings.find(({ paths }) => paths.some((one) => one.path.endsWith("hostIPC")));
  expect(ipc?.source).toMatchObject({ file: "odd/templates/_pod.tpl", exact: false, reason: expect.stringContaining("expression") });

  const env = { PATH: `${path.dirname(needs(context, "helm"))}:/usr/bin:/bin` };
  const { stdout } = await runHoldfast(["scan", "odd", "--control", "C-0038,C-0041", "--set", "probes=yes"], { cwd: folder, env });
  expect(stdout).toContain("the place is approximate: no line of the template");
  const none = await runHoldfast(["scan", "odd"], { cwd: folder, env: { PATH: "/usr/bin:/bin" } });
  expect(none.stdout).toContain("tool-missing");
  expect(none.stdout).toContain("Next: mend what was lost");
});

test("a value that templates merge into another: where it is set", async (context) => {
  const folder = scratchFolder({
    "merged/Chart.yaml": "apiVersion: v2\nname: merged\nversion: 0.1.0\n",
    "merged/values.yaml": "web: {repo: nginx, context: {runAsUser: 1}}\ndefaults:\n  privileged: true\n",
    "merged/templates/_pod.tpl":
      '{{- define "merged.pod" -}}\ncontainers:\n- name: a\n  image: b\n  {{- $own := merge .Values.web.context .Values.defaults }}\n  securityContext: {{ toJson $own }}\n{{- end -}}\n{{- define "merged.name" -}}{{ .Release.Name }}{{- end -}}\n',
    "merged/templates/pod.yaml": 'apiVersion: v1\nkind: Pod\nmetadata: {name: odd}\nspec:\n  {{- include "merged.pod" . | nindent 2 }}\n',
  });
  const { result } = await scanCharts(context, folder, ["merged", "--control", "C-0057"]);
  expect(places(result, "merged", "privileged")).toEqual(["merged/values.yaml:3"]);
});

test("a packaged chart, one with its dependency packed, a library and a chart of dependencies beside it", async (context) => {
  const folder = scratchFolder({
    ...SHOP,
    "lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n",
    "lib/templates/_x.tpl":
      '{{- define "lib.pod" }}\napiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ . }}\nspec:\n  hostPID: true\n  containers: [{name: a, image: b}]\n{{- end }}\n',
    "alone/Chart.yaml": "apiVersion: v2\nname: alone\nversion: 0.1.0\ntype: library\n",
    "user/Chart.yaml":
      'apiVersion: v2\nname: user\nversion: 0.1.0\ndependencies: [{name: lib, version: 0.1.0, repository: "file://../lib"}]\n',
    "user/templates/pod.yaml": '{{ include "lib.pod" "of-the-library" }}\n',
  });
  const helm = needs(context, "helm");
  const helmHome = { PATH: "/usr/bin:/bin", HOME: folder };
  spawnSync(helm, ["package", "shop"], { cwd: folder, env: helmHome });
  spawnSync("mv", ["shop", "away"], { cwd: folder });
  const { result, code } = await scanCharts(context, folder, ["shop-0.1.0.tgz", "lib", "alone", "user", "--framework", "nsa"]);
  expect([code, problems(result)]).toEqual([0, []]);
  expect(result.resources.map(({ file, name }) => `${file} ${name}`)).toEqual(
    expect.arrayContaining([
      "shop-0.1.0.tgz/shop/charts/cache/templates/pod.yaml cache",
      "shop-0.1.0.tgz/shop/templates/web.yaml shop-web",
      "user/templates/pod.yaml of-the-library",
    ]),
  );
  expect(result.inputs.rendered?.map(({ name, note }) => [name, note === undefined])).toEqual(
    expect.arrayContaining([
      ["alone", false],
      ["shop", true],
      ["user", true],
    ]),
  );
  expect(places(result, "lib", "hostPID")).toEqual(["lib/templates/_x.tpl:7"]);
  expect(places(result, "shop-0.1.0.tgz", "hostNetwork")).toEqual(["shop-0.1.0.tgz/shop/values.yaml:2"]);
});

test("a chart that another takes and leaves out is named: nothing of it was judged", async (context) => {
  const pod = (name: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {hostPID: true, containers: [{name: a, image: b}]}\n`;
  const chart = (name: string, more = ""): string => `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n${more}`;
  const local = (name: string): string => `{name: ${name}, version: 0.1.0, repository: "file://../${name}", condition: ${name}.enabled}`;
  const folder = scratchFolder({
    "kept/Chart.yaml": chart("kept"),
    "kept/templates/pod.yaml": pod("kept"),
    "gone/Chart.yaml": chart("gone", `dependencies: [${local("deep")}]\n`),
    "gone/templates/pod.yaml": pod("gone"),
    "deep/Chart.yaml": chart("deep"),
    "deep/templates/pod.yaml": pod("deep"),
    "helpers/Chart.yaml": chart("helpers"),
    "helpers/templates/_x.tpl": '{{ define "x" }}{{ end }}',
    "um/Chart.yaml": chart("um", `dependencies: [${["kept", "gone", "helpers"].map(local).join(", ")}]\n`),
    "um/values.yaml": "gone: {enabled: false}\n",
    "um/templates/pod.yaml": pod("um"),
  });
  const shown = await scanCharts(context, folder, ["control", "C-0038", "."]);
  const reason = "the chart um takes it, and leaves it out: with these values nothing of it is rendered";
  expect(shown.result.inputs.notExpanded).toEqual([
    { kind: "Chart", name: "deep", file: "deep", reason },
    { kind: "Chart", name: "gone", file: "gone", reason },
  ]);
  expect(shown.result.resources.map(({ name }) => name)).toEqual(["kept", "um"]);
  expect([problems(shown.result), shown.result.summary.coverage]).toEqual([[], 100]);
  const all = await scanCharts(context, folder, ["control", "C-0038", ".", "--set", "gone.enabled=true"]);
  expect(all.result.inputs.notExpanded?.map(({ name }) => name)).toEqual(["deep"]);
  const env = { PATH: `${path.dirname(needs(context, "helm"))}:/usr/bin:/bin` };
  const { stdout } = await runHoldfast(["scan", "control", "C-0038", ".", "--show-inputs"], { cwd: folder, env });
  expect(stdout.replaceAll(/\s+/gu, " ")).toContain(`not expanded: Chart gone (gone): ${reason}`);
  writeFileSync(path.join(folder, "um/templates/pod.yaml"), '{{ fail "never" }}');
  const failed = await scanCharts(context, folder, ["control", "C-0038", ".", "--set", "kept.enabled=x"]);
  expect(failed.result.inputs.notExpanded?.map(({ name }) => name)).toEqual(["deep", "gone"]);
});

describe("a chart that can't be rendered is a named problem, and the rest of the scan goes on", () => {
  const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: b}]}\n";
  const chart = (name: string, files: Readonly<Record<string, string>>): Record<string, string> => ({
    [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n`,
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${name}/${file}`, text])),
  });

  test("wrong templates, values and dependencies", async (context) => {
    const folder = scratchFolder({
      "pod.yaml": POD,
      ...chart("broken", {
        "templates/bad.yaml": "a: 1\nb: {{ .Values.x.y.z }}\n",
        "templates/worse.yaml": "a: {{ if }}\n",
        "templates/good.yaml": POD,
      }),
      ...chart("includes", {
        "templates/_h.tpl": '{{- define "x" }}\n{{ fail "never" }}{{ end }}',
        "templates/a.yaml": '{{ include "x" . }}',
      }),
      ...chart("endless", {
        "templates/_h.tpl": '{{- define "x" }}{{ include "x" . }}{{ end }}',
        "templates/a.yaml": '{{ include "x" . }}',
        "templates/b.yaml": POD,
      }),
      ...chart("schema", {
        "values.yaml": "replicas: many\n",
        "values.schema.json": '{"properties": {"replicas": {"type": "integer"}}}',
        "templates/a.yaml": POD,
      }),
      ...chart("invalid", { "templates/a.yaml": "kind: [\n", "templates/b.yaml": POD }),
      ...chart("needy", {
        "Chart.yaml":
          'apiVersion: v2\nname: needy\nversion: 0.1.0\ndependencies: [{name: redis, version: 1.0.0, repository: "https://example.com"}]\n',
        "templates/a.yaml": POD,
      }),
      "nameless/Chart.yaml": "apiVersion: v2\n",
      "nameless/templates/a.yaml": POD,
    });
    const { result, code } = await scanCharts(context, folder, ["."]);
    expect(problems(result)).toEqual([
      "chart-render broken/templates/bad.yaml 2",
      "chart-render broken/templates/worse.yaml 1",
      "chart-render endless/templates/_h.tpl 1",
      "chart-render includes/templates/a.yaml 1",
      "chart-render invalid/templates/a.yaml",
      "chart-invalid nameless",
      "chart-dependencies needy",
      "chart-values schema",
    ]);
    expect(result.problems.find((one) => one.code === "chart-dependencies")?.remedy).toContain("helm dependency build");
    expect(result.resources.filter(({ name }) => name === "p").map(({ file }) => file)).toEqual([
      "broken/templates/good.yaml",
      "endless/templates/b.yaml",
      "invalid/templates/b.yaml",
      "pod.yaml",
    ]);
    expect(result.summary.coverage).toBeLessThan(100);
    expect(code).toBe(0);
  });

  test("findings on objects whose names are made up each time keep their fingerprints", async (context) => {
    const named = (name: string): string => POD.replace("name: p", `name: ${name}`);
    const folder = scratchFolder(
      chart("one", {
        "templates/_names.tpl": '{{- define "job" -}}{{ .Release.Name }}-{{ randAlphaNum 6 | lower }}{{- end -}}\n',
        "templates/a.yaml": named('{{ include "job" . }}'),
        "templates/b.yaml": named('"b-{{ uuidv4 }}"'),
        "templates/c.yaml": named('c-{{ now | date "150405.000000000" }}-{{ randInt 0 100000 }}'),
        "templates/d.yaml": named("d"),
      }),
    );
    // It fails where what is made up is always the same, and is traced all the same.
    const picky = scratchFolder(
      chart("two", { "templates/a.yaml": `{{- if hasPrefix "random" (randAlphaNum 9) }}{{ fail "not random" }}{{ end }}\n${POD}` }),
    );
    const traced = await scanCharts(context, picky, [".", "--control", "C-0016"]);
    expect(traced.result.findings.map(({ source }) => [source?.line, source?.reason])).toEqual([[5, undefined]]);
    const [first, second] = await Promise.all([scanCharts(context, folder, ["."]), scanCharts(context, folder, ["."])]);
    const names = (scan: Scan): string[] => scan.result.resources.map(({ name }) => name);
    expect(names(first).filter((name) => names(second).includes(name))).toEqual(["d"]);
    const prints = ({ result }: Scan): string[] => result.findings.map(({ fingerprint }) => fingerprint).sort();
    expect(prints(first).length).toBeGreaterThan(4);
    expect(new Set(prints(first)).size).toBe(prints(first).length);
    expect(prints(second)).toEqual(prints(first));
  });

  test("values files that Helm can't read are exit code 2, by their own names", async (context) => {
    const folder = scratchFolder({
      "pod.yaml": POD,
      ...chart("one", { "templates/a.yaml": POD }),
      "my/tabs.txt": "a: 1\nb:\n\tc: 1\n",
      "list.yaml": "- a\n",
    });
    for (const file of ["my/tabs.txt", "list.yaml"]) {
      const { code, stdout, stderr } = await scanCharts(context, folder, [".", "--values", "pod.yaml", "--values", file]);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(`holdfast: ${file}: failed to parse ${file}: `);
      expect(stderr).toMatch(/\(chart-values\)\nNothing was scanned/u);
      expect(stderr).not.toContain("holdfast-helm-");
    }
  });

  test("names of dependencies that leave the folder, and a file where a dependency goes", async (context) => {
    const needs = (name: string, what: string): string =>
      `apiVersion: v2\nname: ${name}\nversion: 0.1.0\ndependencies: [{name: ${what}, version: 0.1.0, repository: "file://../foo"}]\n`;
    const folder = scratchFolder({
      ...chart("foo", { "templates/a.yaml": POD }),
      ...chart("dots", { "Chart.yaml": needs("dots", '".."'), "templates/b.yaml": POD }),
      ...chart("far", { "Chart.yaml": needs("far", "../../../../evil"), "templates/b.yaml": POD }),
      ...chart("full", { "Chart.yaml": needs("full", "foo"), "charts/foo": "hi\n" }),
    });
    const { result, code, temporary } = await scanCharts(context, folder, ["."]);
    expect([code, problems(result)]).toEqual([0, ["chart-invalid dots", "chart-invalid far"]]);
    expect(result.problems[1]?.cause).toContain('"../../../../evil"');
    expect(result.resources.filter(({ name }) => name === "p").map(({ file }) => file)).toEqual(["foo/templates/a.yaml"]);
    expect([result.inputs.notExpanded?.map(({ reason }) => reason) ?? [], leftIn(temporary)]).toEqual([
      ["the chart dots takes it, and could not be rendered", "the chart far takes it, and could not be rendered"],
      [],
    ]);
  });

  test("a template that needs more memory than a chart may", async (context) => {
    const folder = scratchFolder({ "pod.yaml": POD, ...chart("huge", { "templates/a.yaml": "a: {{ until 900000000 | len }}\n" }) });
    const { result } = await scanCharts(context, folder, ["."]);
    expect(problems(result)).toEqual(["tool-failed huge"]);
    expect(result.resources.map(({ name }) => name)).toContain("p");
  });

  test("no helm, a helm that or floods, and links that leave", async (context) => {
    const folder = scratchFolder({
      "pod.yaml": POD,
      ...chart("one", { "templates/a.yaml": POD }),
      ...chart("two", { "templates/a.yaml": 'a: {{ .Files.Get "secret.txt" | quote }}\n', "files/x": "" }),
      "flood/helm": "#!/bin/sh\nexec yes\n",
    });
    const outside = scratchFolder({ "secret.txt": "very-secret" });
    symlinkSync(path.join(outside, "secret.txt"), path.join(folder, "two/secret.txt"));
    chmodSync(path.join(folder, "flood/helm"), 0o755);
    const empty = scratchFolder();
    const none = await scanCharts(context, folder, ["."], empty);
    expect(problems(none.result)).toEqual(["tool-missing one", "tool-missing two", "link-outside two/secret.txt"]);
    expect(none.result.problems[0]?.remedy).toContain("helm");
    expect(none.result.resources.map(({ name }) => name)).toContain("p");
    expect(none.result.summary.coverage).toBeLessThan(100);

    const real = await scanCharts(context, folder, ["two"]);
    expect(problems(real.result)).toEqual(["link-outside two/secret.txt"]);
    expect(real.stdout).not.toContain("very-secret");

    const flood = await scanCharts(context, folder, ["."], path.join(folder, "flood"));
    expect(problems(flood.result)).toEqual(["tool-failed one", "tool-failed two", "link-outside two/secret.txt"]);
    expect(leftIn(flood.temporary)).toEqual([]);
  });
});

test("what range makes of the keys of a mapping stands at the key, and what it makes of the values at the value", async (context) => {
  const folder = scratchFolder({
    "shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
    "shop/values.yaml": 'env:\n  LOG: debug\n  DB_PASSWORD: "4f9ad3c8e1b27756"\nsecurity:\n  privileged: true\n',
    "shop/templates/pod.yaml": `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: main
      image: registry.example.com/main:1.0
      env:
        {{- range $key, $value := .Values.env }}
        - name: {{ $key }}
          value: {{ $value | quote }}
        {{- end }}
      securityContext:
        {{- range $key, $value := .Values.security }}
        {{ $key }}: {{ $value }}
        {{- end }}
`,
  });
  const { result, stdout } = await scanCharts(context, folder, ["shop", "--control", "C-0012,C-0057"]);
  expect(
    result.findings.map(({ control, source }) => [control, `${source?.file}:${source?.line}:${source?.column}`, source?.feeds?.path]),
  ).toEqual([
    ["C-0012", "shop/values.yaml:3:3", "env.DB_PASSWORD"],
    ["C-0057", "shop/values.yaml:5:15", "security.privileged"],
  ]);
  expect(stdout).not.toContain("4f9ad3c8");
});

test("where a value feeds the field the edit is that of the values file, and applied it ends the finding", async (context) => {
  const folder = scratchFolder({
    ...SHOP,
    "shop/values.yaml": `adminPassword: unseen-secret\n${SHOP["shop/values.yaml"]}podSecurity: {}\n`,
  });
  const { result, stdout } = await scanCharts(context, folder, ["shop", "--control", "C-0013,C-0041,C-0038,C-0034"]);
  const edits = result.findings.flatMap(({ control, edit, noEdit }) => [`${control} ${edit?.file ?? noEdit?.slice(0, 22) ?? "none"}`]);
  expect([...new Set(edits)].sort()).toEqual(
    expect.arrayContaining(["C-0013 shop/values.yaml", "C-0034 the object is rendered", "C-0041 shop/values.yaml"]),
  );
  expect(stdout).not.toContain("unseen-secret");
  for (const [control, field, written] of [
    ["C-0041", "hostNetwork", "hostNetwork"],
    ["C-0013", "runAsNonRoot", "  runAsNonRoot: true"],
  ] as const) {
    const found = result.findings.find((one) => one.control === control && one.edit !== undefined);
    const file = path.join(folder, "shop/values.yaml");
    const before = readFileSync(file, "utf8");
    const after = applyEdit(before, found?.edit ?? { replacements: [] });
    expect(after.includes(written)).toBe(control === "C-0013");
    writeFileSync(file, after);
    const again = await scanCharts(context, folder, ["shop", "--control", control]);
    expect(
      again.result.findings.some(
        ({ resource, fixes }) => again.result.resources[resource]?.kind === "Deployment" && fixes.some((fix) => fix.path?.endsWith(field)),
      ),
    ).toBe(false);
    writeFileSync(file, before);
  }
  // The parent's value hides the dependency's own: removing it would bring that back.
  const hidden = result.findings.find(({ control, resource }) => control === "C-0038" && result.resources[resource]?.name === "cache");
  expect(hidden?.noEdit).toContain("several values files");
});

test("Ctrl-C ends helm too, and nothing is left of the copies that it worked on", async () => {
  const folder = scratchFolder({
    "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n",
    "bin/helm": '#!/bin/sh\ntouch "$0.started"\nsleep 2\ntouch "$0.finished"\n',
    "tmp/x": "",
  });
  chmodSync(path.join(folder, "bin/helm"), 0o755);
  const temporary = path.join(folder, "tmp");
  const child = spawn(process.execPath, [program, "scan", "c"], {
    cwd: folder,
    env: { PATH: `${folder}/bin:/usr/bin:/bin`, TMPDIR: temporary },
    stdio: "ignore",
  });
  const ended = new Promise<string>((resolve) => child.on("exit", (code, signal) => resolve(String(signal ?? code))));
  while (!existsSync(path.join(folder, "bin/helm.started"))) await after(20);
  expect(leftIn(temporary)).toHaveLength(1);
  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
  expect(leftIn(temporary)).toEqual([]);
  await after(2500);
  expect(existsSync(path.join(folder, "bin/helm.finished"))).toBe(false);
});

test("secrets of a chart are shown nowhere, whichever file they stand in", async (context) => {
  const folder = scratchFolder({
    "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n",
    "c/values.yaml": "hostPID: true\nnote: hunter-two\npassword: abcdefgh\n",
    "c/templates/a.yaml":
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  hostPID: {{ .Values.hostPID }}\n  hostIPC: true\n  containers:\n    - {name: a, image: b, env: [{name: X_TOKEN, value: "plain-token"}]}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  a: {{ .Values.note }}\n  b: {{ "in-template" | quote }}\n',
  });
  const run = await scanCharts(context, folder, ["c"]);
  expect(places(run.result, "c/", "hostPID")).toEqual(["c/values.yaml:1"]);
  for (const secret of ["hunter-two", "abcdefgh", "plain-token", "in-template"]) expect(run.stdout).not.toContain(secret);
});

test("of the charts of the corpus everything is produced", async (context) => {
  const corpus = path.join(needsShared(context), "corpus/charts");
  const { result } = await scanCharts(context, corpus, [".", "--framework", "nsa"]);
  const { account } = result.inputs;
  expect(account.documents - account.notKubernetes).toBeGreaterThanOrEqual(8);
  expect(account.produced / (account.documents - account.notKubernetes)).toBe(1);
  expect(result.summary.coverage).toBe(100);
  // Every finding names a line of a file that is there, and none names the first for want of knowing.
  for (const { source } of result.findings) {
    if (source === undefined) continue;
    expect(existsSync(path.join(corpus, source.file))).toBe(true);
    expect(source.line === 1 || source.reason !== undefined).toBe(false);
    expect(source.line).toBeLessThanOrEqual(readFileSync(path.join(corpus, source.file), "utf8").split("\n").length);
  }
});

test("the same charts give the same result, byte for byte", async (context) => {
  const folder = scratchFolder(SHOP);
  const [one, other] = await Promise.all([scanCharts(context, folder, ["."]), scanCharts(context, folder, ["."])]);
  expect(one.stdout).toBe(other.stdout);
});
