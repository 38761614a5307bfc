import { expect, test } from "vitest";
import { memoryFiles } from "../testing/memory-files.ts";
import type { MemoryNode } from "../testing/memory-files.ts";
import { load } from "./load.ts";
import type { LoadResult } from "./load.ts";
import { FILE_LIMIT } from "./read-text.ts";

function pod(name: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;
}

async function loadTree(tree: Readonly<Record<string, MemoryNode>>, paths: readonly string[] = ["."], cwd = "/w"): Promise<LoadResult> {
  return load({ paths, cwd, files: memoryFiles(tree) });
}

function names(result: LoadResult): string[] {
  return result.resources.map((resource) => `${resource.file}:${resource.line} ${resource.kind}/${resource.name}`);
}

function problems(result: LoadResult): string[] {
  return result.problems.map(({ code, file, line, column }) => [code, file, line, column].filter((part) => part !== undefined).join(" "));
}

test("a folder is read in the order of names, whatever order the system lists it in", async () => {
  const result = await loadTree({
    "/w/b.yml": pod("b"),
    "/w/a/z.yaml": pod("z"),
    "/w/a.yaml": `${pod("one")}---\n${pod("two")}`,
    "/w/c.json": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "j"}}',
    "/w/readme.md": "# no",
  });
  expect(names(result)).toEqual(["a.yaml:1 Pod/one", "a.yaml:6 Pod/two", "a/z.yaml:1 Pod/z", "b.yml:1 Pod/b", "c.json:1 Pod/j"]);
  expect(result.other).toBe(1);
  expect(result.inputs.account).toEqual({
    files: 4,
    ignored: 0,
    documents: 5,
    produced: 5,
    resources: 5,
    notKubernetes: 0,
    lost: 0,
    partial: 0,
  });
});

test("the order in which paths are named, and naming one twice, change nothing", async () => {
  const tree = { "/w/a.yaml": pod("a"), "/w/b/c.yaml": pod("c"), "/w/b/d.yaml": pod("d") };
  const one = await loadTree(tree, ["b", "a.yaml", "b/c.yaml"]);
  const other = await loadTree(tree, ["b/c.yaml", "./b", "b", "a.yaml"]);
  expect(names(one)).toEqual(["a.yaml:1 Pod/a", "b/c.yaml:1 Pod/c", "b/d.yaml:1 Pod/d"]);
  expect(names(other)).toEqual(names(one));
});

test("ignore files count at every level and from the root of the repository; a deeper one overrules", async () => {
  const result = await loadTree(
    {
      "/repo/.git/HEAD": "ref: x",
      "/repo/.gitignore": "*.gen.yaml\nbuild/\n/w/root-only.yaml\n",
      "/repo/w/a.gen.yaml": pod("generated"),
      "/repo/w/root-only.yaml": pod("anchored"),
      "/repo/w/build/x.yaml": pod("built"),
      "/repo/w/keep/.gitignore": "!b.gen.yaml\n",
      "/repo/w/keep/b.gen.yaml": pod("kept"),
      "/repo/w/.holdfastignore": "# ours\nvendor/*\n!vendor/own.yaml\n",
      "/repo/w/vendor/theirs.yaml": pod("theirs"),
      "/repo/w/vendor/own.yaml": pod("own"),
      "/repo/w/node_modules/x/y.yaml": pod("module"),
      "/repo/w/B.GEN.YAML": pod("case"),
    },
    ["."],
    "/repo/w",
  );
  expect(names(result)).toEqual(["B.GEN.YAML:1 Pod/case", "keep/b.gen.yaml:1 Pod/kept", "vendor/own.yaml:1 Pod/own"]);
  expect(result.inputs.account.ignored).toBe(4);
});

test("ignore files outside of a repository do not reach into the scanned folder", async () => {
  expect(names(await loadTree({ "/.gitignore": "*", "/w/a.yaml": pod("a") }))).toEqual(["a.yaml:1 Pod/a"]);
});

test("what the user names is read whatever ignore files and its name say", async () => {
  const tree = {
    "/w/.git/HEAD": "",
    "/w/.gitignore": "out/\nsecret.yaml\n",
    "/w/secret.yaml": pod("s"),
    "/w/out/x.yaml": pod("x"),
    "/w/manifest.txt": pod("t"),
  };
  expect(names(await loadTree(tree, ["secret.yaml", "out", "manifest.txt"]))).toEqual([
    "manifest.txt:1 Pod/t",
    "out/x.yaml:1 Pod/x",
    "secret.yaml:1 Pod/s",
  ]);
});

test("links within the folder are followed and nothing is read twice; loops end; links out of it are problems", async () => {
  const result = await loadTree({
    "/w/a.yaml": pod("a"),
    "/w/again.yaml": { link: "a.yaml" },
    "/w/data/target": pod("target"),
    "/w/linked.yaml": { link: "data/target" },
    "/w/deep/loop": { link: ".." },
    "/w/self.yaml": { link: "self.yaml" },
    "/w/gone.yaml": { link: "nowhere.yaml" },
    "/w/gone.txt": { link: "nowhere.txt" },
    "/w/out.yaml": { link: "/etc/out.yaml" },
    "/w/outdir": { link: "/etc" },
    "/etc/out.yaml": pod("out"),
  });
  expect(names(result)).toEqual(["a.yaml:1 Pod/a", "linked.yaml:1 Pod/target"]);
  expect(problems(result)).toEqual(["link-broken gone.yaml", "link-outside out.yaml", "link-outside outdir", "link-broken self.yaml"]);
  expect(result.inputs.account).toMatchObject({ documents: 6, produced: 2, lost: 4 });
});

test("files that can't be read are accounted for, each as one document", async () => {
  const result = await loadTree({
    "/w/binary.yaml": new Uint8Array([97, 0, 98]),
    "/w/latin1.yaml": new Uint8Array([97, 58, 32, 0xe9]),
    "/w/utf16.yaml": new Uint8Array([0xff, 0xfe, 97, 0]),
    "/w/large.yaml": new Uint8Array(FILE_LIMIT + 1).fill(32),
    "/w/locked.yaml": { refused: "file" },
    "/w/pipe.yaml": { special: true },
    "/w/socket": { special: true },
    "/w/locked": { refused: "directory" },
    "/w/ok.yaml": pod("ok"),
  });
  expect(names(result)).toEqual(["ok.yaml:1 Pod/ok"]);
  expect(problems(result)).toEqual([
    "file-binary binary.yaml",
    "file-too-large large.yaml",
    "file-not-utf8 latin1.yaml",
    "folder-unreadable locked",
    "file-unreadable locked.yaml",
    "special-file pipe.yaml",
    "file-not-utf8 utf16.yaml",
  ]);
  expect(result.inputs.account).toMatchObject({ documents: 8, produced: 1, lost: 7 });
  expect(result.unreadablePaths).toEqual([]);
});

test("a path that was named and can't be read is told apart", async () => {
  const result = await loadTree({ "/w/ok.yaml": pod("ok"), "/w/locked.yaml": { refused: "file" }, "/w/locked": { refused: "directory" } }, [
    "ok.yaml",
    "none.yaml",
    "ok.yaml/x",
    "locked.yaml",
    "locked",
  ]);
  expect(problems(result)).toEqual([
    "path-unreadable locked",
    "path-unreadable locked.yaml",
    "path-not-found none.yaml",
    "path-not-found ok.yaml/x",
  ]);
  expect([...result.unreadablePaths].sort()).toEqual(["locked", "locked.yaml", "none.yaml", "ok.yaml/x"]);
});

test("one broken document hides none of its neighbours", async () => {
  const text = [pod("first"), "a: [1\n", pod("second"), "kind: Pod\n\tmetadata: x\n", "just: values\n", "# nothing\n", pod("third")].join(
    "---\n",
  );
  const result = await loadTree({ "/w/many.yaml": text });
  expect(names(result)).toEqual(["many.yaml:1 Pod/first", "many.yaml:8 Pod/second", "many.yaml:20 Pod/third"]);
  expect(problems(result)).toEqual(["yaml-syntax many.yaml 6 6", "yaml-tabs many.yaml 14 1"]);
  expect(result.inputs.account).toMatchObject({ documents: 7, produced: 3, notKubernetes: 2, lost: 2 });
});

test("templates are no broken YAML, and those of a chart are not judged even where they parse; a chart without Helm is lost as one", async () => {
  const result = await loadTree({
    "/w/chart/Chart.yaml": "apiVersion: v2\nname: x\n",
    "/w/chart/values.yaml": "replicas: 1\n",
    "/w/chart/templates/deploy.yaml": 'apiVersion: v1\nkind: Pod\nmetadata: {name: "{{ .Release.Name }}"}\n',
    "/w/chart/templates/plain.yaml": pod("plain"),
    "/w/chart/templates/_helpers.tpl": "{{ define }}",
    "/w/loose.yaml": `${pod("loose")}---\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n`,
    "/w/workflow.yaml": 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {image: "{{inputs.image}}"}\n',
  });
  expect(names(result)).toEqual(["loose.yaml:1 Pod/loose", "workflow.yaml:1 Workflow/"]);
  expect(problems(result)).toEqual(["tool-missing chart", "template loose.yaml 8 9"]);
  const named = await loadTree(
    { "/w/chart/Chart.yaml": "name: x", "/w/chart/templates/a.yaml": 'apiVersion: v1\nkind: Pod\nmetadata: {name: "{{ x }}"}\n' },
    ["chart/templates/a.yaml"],
  );
  expect(problems(named)).toEqual(["template chart/templates/a.yaml 3 19"]);
});

test("lists are unfolded, lists in lists too, and each item has its own place", async () => {
  const result = await loadTree({
    "/w/list.yaml": `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: a}
  - apiVersion: v1
    kind: ServiceList
    items:
    - metadata: {name: s}
  - just: values
  - null
`,
    "/w/empty.yaml": "apiVersion: v1\nkind: PodList\nitems: []\n",
    "/w/list.json": '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"j"}}]}',
  });
  expect(names(result)).toEqual(["list.json:1 Pod/j", "list.yaml:4 Pod/a", "list.yaml:10 Service/s"]);
  expect(result.resources[2]?.object).toEqual({ apiVersion: "v1", kind: "Service", metadata: { name: "s" } });
  expect(problems(result)).toEqual(["list-item list.yaml 11 5", "list-item list.yaml 12 5"]);
  expect(result.inputs.account).toEqual({
    files: 3,
    ignored: 0,
    documents: 3,
    produced: 3,
    resources: 3,
    notKubernetes: 0,
    lost: 0,
    partial: 1,
  });
});

test("a duplicate key is a problem, and the document is judged with the last value", async () => {
  const result = await loadTree({ "/w/a.yaml": `${pod("a")}spec: {x: 1}\nspec: {x: 2}\n` });
  expect(result.resources[0]?.object["spec"]).toEqual({ x: 2 });
  expect(problems(result)).toEqual(["duplicate-key a.yaml 6 1"]);
  expect(result.problems[0]).toMatchObject({ effect: "partial", stage: "load" });
  expect(result.inputs.account.partial).toBe(1);
});

test("a document may have any number of problems", async () => {
  const result = await loadTree({ "/w/list.json": JSON.stringify({ apiVersion: "v1", kind: "List", items: Array(200_000).fill(1) }) });
  expect(result.problems).toHaveLength(200_000);
  expect(result.inputs.account).toMatchObject({ produced: 1, partial: 1 });
});

test("what is no Kubernetes object is counted, and is no problem", async () => {
  const result = await loadTree({
    "/w/overlay.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n",
    "/w/flux.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: f}\n",
    "/w/ci.yml": "on: push\n",
    "/w/list.yaml": "- 1\n- 2\n",
    "/w/tsconfig.json": '{ /* a comment */ "a": 1, }',
    "/w/package.json": '{"name": "x"}',
    "/w/empty.yaml": "",
  });
  expect(names(result)).toEqual(["flux.yaml:1 Kustomization/f"]);
  expect(problems(result)).toEqual([]);
  expect(result.inputs.account).toMatchObject({ files: 7, documents: 6, produced: 1, notKubernetes: 5, lost: 0 });
});

test("broken JSON that may be an object is a problem; with a byte order mark JSON and YAML are read", async () => {
  const result = await loadTree({
    "/w/a.json": '{"apiVersion": "v1", "kind": ',
    "/w/b.json": '\uFEFF{"apiVersion": "v1", "kind": "Pod"}',
    "/w/c.yaml": `\uFEFF${pod("c").replaceAll("\n", "\r\n")}`,
  });
  expect(names(result)).toEqual(["b.json:1 Pod/", "c.yaml:1 Pod/c"]);
  expect(problems(result).map((text) => text.split(" ").slice(0, 2).join(" "))).toEqual(["json-syntax a.json"]);
});

test("standard input is a file called -", async () => {
  const result = await load({ paths: ["-"], cwd: "/w", files: memoryFiles({}, `${pod("a")}---\n{"apiVersion": "v1", "kind": "Pod"}`) });
  expect(names(result)).toEqual(["-:1 Pod/a", "-:6 Pod/"]);
  expect(result.inputs.files).toEqual([{ file: "-", loader: "stdin", documents: 2, resources: 2, notKubernetes: 0, lost: 0 }]);
});

test("files outside of the working folder are named from it", async () => {
  expect(names(await loadTree({ "/other/a.yaml": pod("a") }, ["/other"]))).toEqual(["../other/a.yaml:1 Pod/a"]);
});

test("a scan that is aborted ends with the reason", async () => {
  const stop = new AbortController();
  stop.abort(new Error("enough"));
  await expect(load({ paths: ["."], cwd: "/w", files: memoryFiles({ "/w/a.yaml": pod("a") }), signal: stop.signal })).rejects.toThrow(
    "enough",
  );
});

test("a scan can be aborted while files are read, however fast the file system answers", async () => {
  const stop = new AbortController();
  const tree = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`/w/${at}.yaml`, pod("a")]));
  let read = 0;
  setImmediate(() => {
    stop.abort(new Error("enough"));
  });
  const loading = load({ paths: ["."], cwd: "/w", files: memoryFiles(tree), signal: stop.signal, onProgress: (done) => (read = done) });
  await expect(loading).rejects.toThrow("enough");
  expect(read).toBeLessThan(500);
});

test("progress counts files", async () => {
  const seen: string[] = [];
  await load({
    paths: ["."],
    cwd: "/w",
    files: memoryFiles({ "/w/a.yaml": "", "/w/b.yaml": "" }),
    onProgress: (done, total) => seen.push(`${done}/${total}`),
  });
  expect(seen).toEqual(["1/2", "2/2"]);
});
