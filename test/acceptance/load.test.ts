// What is read, what is lost, and that one never hides the other: inputs claimed = values produced + problems reported.
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { UNKNOWN_KIND, privilegedPod } from "./manifests.ts";
import { controlOf, failedNames, findingsOf, problemsOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** Scans a folder of these files by the control of privileged containers. */
async function scanFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<Result> {
  return scanFolder(scratchFolder(files));
}

async function scanFolder(cwd: string, ...args: readonly string[]): Promise<Result> {
  const { result } = await scanResult(["control", "C-0057", ".", ...args], { cwd });
  expectConservation(result);
  return result;
}

/** Nothing that was claimed is without an account. */
function expectConservation({ inputs: { account, files }, problems, resources }: Result): void {
  expect(account.produced + account.notKubernetes + account.lost).toBe(account.documents);
  expect(files.reduce((sum, { documents }) => sum + documents, 0)).toBe(account.documents);
  expect(account.lost).toBe(problems.filter(({ stage, effect }) => stage === "load" && effect === "lost").length);
  expect(resources.filter(({ file }) => file !== undefined).length).toBe(account.resources);
}

function fileNames({ inputs }: Result): readonly string[] {
  return inputs.files.map(({ file }) => file);
}

describe("files and folders", () => {
  test("folders are read to their depth, in order, whatever the names", async () => {
    const result = await scanFiles({
      "z.yaml": privilegedPod("z"),
      "b/c/d/deep.yml": privilegedPod("deep"),
      "a b/ü.json": JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "json" }, spec: { containers: [] } }),
      "README.md": "# not a manifest",
      "main.go": "package main",
    });
    expect(fileNames(result)).toEqual(["a b/ü.json", "b/c/d/deep.yml", "z.yaml"]);
    expect(failedNames(result, "C-0057")).toEqual(["deep", "z"]);
  });

  test("standard input is read as -", async () => {
    const { result, code } = await scanResult(["control", "C-0057", "-"], { stdin: `${privilegedPod("one")}---\n${privilegedPod("two")}` });
    expect(code).toBe(0);
    expect(failedNames(result, "C-0057")).toEqual(["one", "two"]);
    expect(result.findings.map(({ source }) => [source?.file, source?.line])).toEqual([
      ["-", 10],
      ["-", 21],
    ]);
    const json = await scanResult(["control", "C-0057", "-"], {
      stdin: JSON.stringify({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "json" },
        spec: { containers: [{ name: "a", securityContext: { privileged: true } }] },
      }),
    });
    expect(failedNames(json.result, "C-0057")).toEqual(["json"]);
  });

  test(".gitignore and .holdfastignore leave out, and the account says how many", async () => {
    const pod = privilegedPod("pod");
    const cwd = scratchFolder({
      ".gitignore": "build/\n*.generated.yaml\n!kept.generated.yaml\n",
      ".holdfastignore": "/testdata\n",
      "build/a.yaml": pod,
      "x.generated.yaml": pod,
      "kept.generated.yaml": pod,
      "testdata/bad.yaml": pod,
      "deep/testdata/used.yaml": pod,
      "deep/.holdfastignore": "local.yaml\n",
      "deep/local.yaml": pod,
      "local.yaml": pod,
    });
    mkdirSync(path.join(cwd, ".git"));
    const result = await scanFolder(cwd);
    expect(fileNames(result)).toEqual(["deep/testdata/used.yaml", "kept.generated.yaml", "local.yaml"]);
    expect(result.inputs.account.ignored).toBe(4);
    const named = await scanFolder(cwd, "build/a.yaml");
    expect(fileNames(named), "a file that is named is read whatever ignore files say").toContain("build/a.yaml");
  });

  test("loops of symbolic links end, and what two ways lead to is read once", async () => {
    const cwd = scratchFolder({ "real/pod.yaml": privilegedPod("pod") });
    symlinkSync("..", path.join(cwd, "real/up"));
    symlinkSync("real", path.join(cwd, "again"));
    symlinkSync("self.yaml", path.join(cwd, "self.yaml"));
    const result = await scanFolder(cwd);
    expect(failedNames(result, "C-0057")).toEqual(["pod"]);
    expect(result.problems.map(({ file }) => file)).toEqual(["self.yaml"]);
  });

  test("binary files and files over 32 MiB are problems, and their neighbours are judged", async () => {
    const cwd = scratchFolder({
      "binary.yaml": Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0xff]),
      "latin1.yaml": Buffer.from("# caf\xe9\n", "latin1"),
      "large.yaml": "",
      "limit.yaml": `${privilegedPod("limit")}# `,
      "pod.yaml": privilegedPod("pod"),
    });
    truncateSync(path.join(cwd, "large.yaml"), 32 * 2 ** 20 + 1);
    writeFileSync(path.join(cwd, "limit.yaml"), privilegedPod("limit").padEnd(32 * 2 ** 20, "# padding\n"));
    const result = await scanFolder(cwd);
    expect(failedNames(result, "C-0057")).toEqual(["limit", "pod"]);
    for (const file of ["binary.yaml", "latin1.yaml", "large.yaml"]) {
      expect(problemsOf(result, file), file).toMatchObject([{ effect: "lost", stage: "load" }]);
    }
    expect(problemsOf(result, "large.yaml")[0]?.cause).toMatch(/MiB/u);
    expect(result.summary.coverage).toBeLessThan(100);
  });

  test("YAML that is not Kubernetes is accounted for, is no problem and takes nothing from coverage", async () => {
    const result = await scanFiles({
      "mixed.yaml": `just: values\n---\n${privilegedPod("pod")}---\n- a\n- list\n---\n`,
      "compose.yaml": "services: {web: {image: nginx, privileged: true}}\n",
    });
    expect(result.problems).toEqual([]);
    expect(result.summary.coverage).toBe(100);
    expect(result.inputs.account.notKubernetes).toBeGreaterThanOrEqual(3);
    expect(result.inputs.account.produced).toBe(1);
    expect(failedNames(result, "C-0057")).toEqual(["pod"]);
  });
});

describe("documents", () => {
  test("one broken document never hides its neighbours", async () => {
    const broken = "apiVersion: v1\nkind: Pod\nmetadata: {name: broken\nspec: [}\n";
    const result = await scanFiles({ "three.yaml": `${privilegedPod("before")}---\n${broken}---\n${privilegedPod("after")}` });
    expect(failedNames(result, "C-0057")).toEqual(["after", "before"]);
    const [problem] = problemsOf(result, "three.yaml");
    expect(result.problems).toHaveLength(1);
    expect(problem).toMatchObject({ effect: "lost", file: "three.yaml" });
    // The first document has ten lines and the separator is the eleventh: the broken one stands in the lines 12 to 15.
    expect(problem?.line).toBeGreaterThanOrEqual(12);
    expect(problem?.line).toBeLessThanOrEqual(16);
    expect(result.summary.coverage).toBeGreaterThan(0);
    expect(result.summary.coverage).toBeLessThan(100);
    expect(findingsOf(result, "C-0057").map(({ source }) => source?.line)).toEqual([10, 26]);
  });

  test("templates are a problem with its line, and what stands beside them is judged", async () => {
    const result = await scanFiles({
      "chart.yaml": `{{- if .Values.enabled }}\n${privilegedPod("templated")}{{- end }}\n`,
      "half.yaml": `${privilegedPod("plain")}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n`,
      "text.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: alerts}\ndata:\n  text: "{{ $labels.instance }} is down"\n`,
      "pod.yaml": privilegedPod("pod"),
    });
    expect(failedNames(result, "C-0057")).toEqual(["plain", "pod"]);
    expect(problemsOf(result, "chart.yaml")).toMatchObject([{ code: "template", line: 1 }]);
    expect(problemsOf(result, "half.yaml")).toMatchObject([{ code: "template", line: 15 }]);
    expect(problemsOf(result, "text.yaml"), "braces within a string are no template").toEqual([]);
    expect(result.resources.map(({ name }) => name)).toContain("alerts");
  });

  test("duplicate keys are named, and the document is judged with the last value, as Kubernetes takes it", async () => {
    const result = await scanFiles({ "pod.yaml": `${privilegedPod("pod").trimEnd()}\n        privileged: false\n` });
    expect(result.problems).toMatchObject([{ code: "duplicate-key", effect: "partial", file: "pod.yaml", line: 11 }]);
    expect(result.problems[0]?.cause).toContain("privileged");
    expect(controlOf(result, "C-0057").status).toBe("passed");
    expect(result.inputs.account.partial).toBe(1);
  });

  test("tabs are named with their line", async () => {
    const result = await scanFiles({
      "tabs.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: pod\n",
      "pod.yaml": privilegedPod("pod"),
    });
    expect(problemsOf(result, "tabs.yaml")).toMatchObject([{ effect: "lost", line: 4 }]);
    expect(problemsOf(result, "tabs.yaml")[0]?.cause).toMatch(/tab/u);
    expect(failedNames(result, "C-0057")).toEqual(["pod"]);
  });

  test("anchors, aliases and merge keys mean what they stand for", async () => {
    const result = await scanFiles({
      "pods.yaml": `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: alias}
    spec:
      containers:
        - name: a
          securityContext: &open
            privileged: true
        - name: b
          securityContext: *open
  - apiVersion: v1
    kind: Pod
    metadata: {name: merged}
    spec:
      containers:
        - name: a
          securityContext:
            <<: *open
            runAsNonRoot: true
  - apiVersion: v1
    kind: Pod
    metadata: {name: overridden}
    spec:
      containers:
        - name: a
          securityContext:
            <<: [*open]
            privileged: false
`,
    });
    expect(result.problems).toEqual([]);
    expect(failedNames(result, "C-0057")).toEqual(["alias", "merged"]);
    const paths = findingsOf(result, "C-0057").flatMap((finding) => finding.paths.map((one) => one.path));
    expect(paths.toSorted()).toEqual([
      "spec.containers[0].securityContext.privileged",
      "spec.containers[0].securityContext.privileged",
      "spec.containers[1].securityContext.privileged",
    ]);
  });

  test("anchors are gone where their document ends", async () => {
    const result = await scanFiles({
      "two.yaml": `${privilegedPod("one").replace("privileged: true", "privileged: &yes true")}---\n${privilegedPod("two").replace("privileged: true", "privileged: *yes")}`,
    });
    expect(failedNames(result, "C-0057")).toEqual(["one"]);
    expect(problemsOf(result, "two.yaml")).toMatchObject([{ effect: "lost", line: 21 }]);
  });

  test("line ends of Windows and a byte order mark change no value and no place", async () => {
    const pod = privilegedPod("pod");
    const [plain, crlf, marked] = await Promise.all([
      scanFiles({ "pod.yaml": pod }),
      scanFiles({ "pod.yaml": pod.replaceAll("\n", "\r\n") }),
      scanFiles({ "pod.yaml": `\uFEFF${pod}` }),
    ]);
    expect(plain.findings[0]?.source).toMatchObject({ line: 10, column: 21, endLine: 10, endColumn: 25, exact: true });
    for (const other of [crlf, marked]) {
      expect(other.problems).toEqual([]);
      expect(failedNames(other, "C-0057")).toEqual(["pod"]);
      expect(other.findings[0]?.source).toMatchObject({ line: 10, column: 21, endLine: 10, endColumn: 25, exact: true });
      expect(other.findings[0]?.fingerprint).toBe(plain.findings[0]?.fingerprint);
    }
  });

  test("the document mark within a string divides nothing", async () => {
    const result = await scanFiles({
      "strings.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: strings}
data:
  block: |
    first
    ---
    second
  folded: >-
    a
    ---
    b
  quoted: "x
    --- y"
---
${privilegedPod("pod")}`,
    });
    expect(result.problems).toEqual([]);
    expect(result.inputs.account).toMatchObject({ documents: 2, produced: 2 });
    expect(findingsOf(result, "C-0057")[0]?.source?.line).toBe(25);
  });

  test("the same object in two files is two: both are judged, and both fail", async () => {
    // A base and its overlay, or a copy: neither may pass because the other one has failed.
    const result = await scanFiles({ "base/pod.yaml": privilegedPod("pod"), "copy/pod.yaml": privilegedPod("pod") });
    expect(failedNames(result, "C-0057")).toEqual(["pod", "pod"]);
    expect(findingsOf(result, "C-0057").map(({ source }) => source?.file)).toEqual(["base/pod.yaml", "copy/pod.yaml"]);
    expect(new Set(result.findings.map(({ fingerprint }) => fingerprint)).size).toBe(result.findings.length);
  });

  test("text nested without end is a problem, and its neighbours are judged", async () => {
    const result = await scanFiles({
      "deep.yaml": "[".repeat(100_000),
      "deep.json": `{"apiVersion":"v1","kind":"Pod","spec":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
      "laughs.yaml": [
        "a: &a [x,x,x,x,x,x,x,x,x]",
        ..."bcdefghi".split("").map((name, i) => {
          const before = "abcdefgh"[i] ?? "a";
          return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`;
        }),
      ].join("\n"),
      "pod.yaml": privilegedPod("pod"),
    });
    expect(failedNames(result, "C-0057")).toEqual(["pod"]);
    expect(result.problems.map(({ file, effect }) => [file, effect])).toEqual([
      ["deep.json", "lost"],
      ["deep.yaml", "lost"],
      ["laughs.yaml", "lost"],
    ]);
  });

  test("names that JavaScript knows are names like others", async () => {
    const pod = privilegedPod("__proto__")
      .replace("name: main", "name: constructor")
      .replace("spec:", "  labels: {toString: a, __proto__: b}\nspec:");
    const result = await scanFiles({ "pod.yaml": pod });
    expect(failedNames(result, "C-0057")).toEqual(["__proto__"]);
    expect(result.problems).toEqual([]);
  });

  test("values that SOPS has encrypted are read, are no credentials and no problem", async () => {
    const cwd = scratchFolder({
      "sops.yaml": `apiVersion: v1
kind: Pod
metadata: {name: pod}
spec:
  containers:
    - name: main
      env:
        - name: DB_PASSWORD
          value: ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=]
      securityContext: {privileged: true}
sops:
  lastmodified: "2026-01-01T00:00:00Z"
  mac: ENC[AES256_GCM,data:AAAA,iv:BB=,aad:CC=,tag:DD=]
`,
    });
    const { result } = await scanResult(["control", "C-0057,C-0012", "."], { cwd });
    expect(result.problems).toEqual([]);
    expect(failedNames(result, "C-0057")).toEqual(["pod"]);
    expect(failedNames(result, "C-0012")).toEqual([]);
  });
});

describe("lists", () => {
  test("List and lists of one kind are unfolded, in YAML and JSON", async () => {
    const pod = { metadata: { name: "typed" }, spec: { containers: [{ name: "a", securityContext: { privileged: true } }] } };
    const result = await scanFiles({
      "list.yaml": `apiVersion: v1\nkind: List\nitems:\n${privilegedPod("item")
        .replace("apiVersion", "- apiVersion")
        .replaceAll(/\n(?=.)/gu, "\n  ")}`,
      "pods.json": JSON.stringify({ apiVersion: "v1", kind: "PodList", metadata: {}, items: [pod] }),
      "nested.json": JSON.stringify({
        apiVersion: "v1",
        kind: "List",
        items: [{ apiVersion: "v1", kind: "PodList", items: [{ ...pod, metadata: { name: "nested" } }] }],
      }),
      "empty.yaml": "apiVersion: v1\nkind: List\nitems: []\n",
    });
    expect(result.problems).toEqual([]);
    expect(failedNames(result, "C-0057")).toEqual(["item", "nested", "typed"]);
    expect(result.inputs.account.resources).toBe(3);
  });

  test("an item that is no object is named, and the others are judged", async () => {
    const result = await scanFiles({
      "list.json": JSON.stringify({
        apiVersion: "v1",
        kind: "List",
        items: [
          {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: "good" },
            spec: { containers: [{ name: "a", securityContext: { privileged: true } }] },
          },
          "text",
        ],
      }),
    });
    expect(failedNames(result, "C-0057")).toEqual(["good"]);
    expect(result.problems).toMatchObject([{ effect: "partial", file: "list.json" }]);
    expect(result.summary.coverage).toBeLessThan(100);
  });
});

describe("scalars as Kubernetes reads them", () => {
  test.each(["true", "True", "TRUE", "yes", "Yes", "on", "ON"])("hostNetwork: %s is true", async (written) => {
    // https://yaml.org/type/bool.html, which the API machinery's parser follows.
    const cwd = scratchFolder({
      "pod.yaml": `apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\nspec:\n  hostNetwork: ${written}\n  containers: []\n`,
    });
    const { result } = await scanResult(["control", "C-0041", "."], { cwd });
    expect(failedNames(result, "C-0041")).toEqual(["pod"]);
  });

  test("there are no dates and no numbers of base 60, and quoted words are words", async () => {
    const cwd = scratchFolder({
      "names.yaml": ["2001-01-01", "22:22:22", '"true"', "'123'", "1_000", "nil", "Yes-man"]
        .map((name) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}}\n`)
        .join("---\n"),
    });
    const { result } = await scanResult(["."], { cwd });
    const names = result.resources.map(({ name }) => name);
    expect(names).toEqual(["2001-01-01", "22:22:22", "true", "123", expect.any(String), "nil", "Yes-man"]);
  });

  test("a document of a kind that no control knows is read without a word", async () => {
    const result = await scanFiles({ "gadget.yaml": UNKNOWN_KIND, "pod.yaml": privilegedPod("pod") });
    expect(result.problems).toEqual([]);
    expect(result.inputs.account.produced).toBe(2);
  });
});
