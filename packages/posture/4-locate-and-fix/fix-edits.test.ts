import { expect, test } from "vitest";
import type { Fix } from "@holdfast/core";
import { loadText } from "../testing/load-text.ts";
import { fixEdits } from "./fix-edits.ts";
import { applyEdits } from "./text-edit.ts";

async function fixed(text: string, ...fixes: readonly Fix[]): Promise<string> {
  const [resource] = await loadText(text);
  const outcome = fixEdits(resource, fixes);
  return "edits" in outcome ? applyEdits(text, outcome.edits) : `no edit: ${outcome.reason}`;
}

function set(path: string, value: unknown): Fix {
  return { kind: "set", path, value };
}

function remove(path: string): Fix {
  return { kind: "remove", path };
}

const HEAD = "apiVersion: v1\nkind: Pod\n";

interface EditCase {
  readonly name: string;
  readonly before: string;
  readonly fixes: readonly Fix[];
  readonly after: string;
}

const CASES: readonly EditCase[] = [
  {
    name: "a comma behind the last entry in braces goes with it, and stays where another entry stands",
    before: "a: {x: 1, }\nb: {x: 1, k: 2, }\nc: [x , # why\n  ]\nd: {x: 1,}\n",
    fixes: [remove("a.x"), remove("b.k"), remove("c[0]"), remove("d.x"), set("d.z", 3)],
    after: "a: { }\nb: {x: 1, }\nc: [ # why\n  ]\nd: {z: 3,}\n",
  },
  {
    name: "a value, its comment stays",
    before: "spec:\n  hostPID: true  # why\n  x: 1\n",
    fixes: [set("spec.hostPID", false)],
    after: "spec:\n  hostPID: false  # why\n  x: 1\n",
  },
  {
    name: "a text keeps its quotes",
    before: "a: 'x'\nb: \"y\"\n",
    fixes: [set("a", "it's"), set("b", "z")],
    after: "a: 'it''s'\nb: \"z\"\n",
  },
  {
    name: "texts that would be read as something else get quotes",
    before: "a: x\nb: x\nc: x\nd: x\n",
    fixes: [set("a", "yes"), set("b", "0755"), set("c", "a: b"), set("d", "")],
    after: 'a: "yes"\nb: "0755"\nc: "a: b"\nd: ""\n',
  },
  {
    name: "missing mappings, with the file's indentation",
    before: "spec:\n    containers:\n    -   name: a\n        image: b\n    -   name: c\n",
    fixes: [set("spec.containers[0].securityContext.capabilities.drop[0]", "ALL")],
    after:
      "spec:\n    containers:\n    -   name: a\n        image: b\n        securityContext:\n            capabilities:\n                drop:\n                - ALL\n    -   name: c\n",
  },
  {
    name: "several fixes of one container make its mapping once",
    before: "spec:\n  containers:\n    - name: a\n      image: b # c\n\n  # volumes\n  volumes: []\n",
    fixes: [
      set("spec.containers[0].securityContext.privileged", false),
      set("spec.containers[0].securityContext.runAsNonRoot", true),
      set("spec.containers[0].imagePullPolicy", "Always"),
    ],
    after:
      "spec:\n  containers:\n    - name: a\n      image: b # c\n      securityContext:\n        privileged: false\n        runAsNonRoot: true\n      imagePullPolicy: Always\n\n  # volumes\n  volumes: []\n",
  },
  {
    name: "an empty value",
    before: "spec:\n  securityContext: # none yet\n  x: 1\n",
    fixes: [set("spec.securityContext.runAsNonRoot", true)],
    after: "spec:\n  securityContext: # none yet\n    runAsNonRoot: true\n  x: 1\n",
  },
  {
    name: "an empty mapping",
    before: "spec:\n  securityContext: {} # none yet\n  x: 1\n",
    fixes: [set("spec.securityContext.runAsNonRoot", true)],
    after: "spec:\n  securityContext: # none yet\n    runAsNonRoot: true\n  x: 1\n",
  },
  { name: "an empty list", before: "spec:\n  list: []\n", fixes: [set("spec.list[0]", "a")], after: "spec:\n  list:\n    - a\n" },
  {
    name: "flow style",
    before: "spec: {a: 1, securityContext: {privileged: true}}\n",
    fixes: [set("spec.securityContext.privileged", false), set("spec.securityContext.runAsUser", 1000)],
    after: "spec: {a: 1, securityContext: {privileged: false, runAsUser: 1000}}\n",
  },
  {
    name: "flow lists",
    before: "drop: [A, B]\nadd: [X]\n",
    fixes: [set("drop[2]", "C"), remove("add[0]")],
    after: "drop: [A, B, C]\nadd: []\n",
  },
  {
    name: "Windows line breaks",
    before: "spec:\r\n  a: 1\r\n",
    fixes: [set("spec.b.c", true)],
    after: "spec:\r\n  a: 1\r\n  b:\r\n    c: true\r\n",
  },
  { name: "no line break at the end", before: "spec:\n  a: 1", fixes: [set("spec.b", 2)], after: "spec:\n  a: 1\n  b: 2" },
  {
    name: "behind a block scalar",
    before: "spec:\n  a: |\n    x\n\n    y\n\n\nz: 1\n",
    fixes: [set("spec.b", 2)],
    after: "spec:\n  a: |\n    x\n\n    y\n  b: 2\n\n\nz: 1\n",
  },
  {
    name: "behind a block scalar that keeps its blank lines",
    before: "spec:\n  a: |+\n    x\n\nz: 1\n",
    fixes: [set("spec.b", 2)],
    after: "spec:\n  a: |+\n    x\n\n  b: 2\nz: 1\n",
  },
  { name: "a block scalar becomes a value", before: "a: |\n  x\n  y\nb: 1\n", fixes: [set("a", "z")], after: "a: z\nb: 1\n" },
  {
    name: "a mapping becomes a value",
    before: "a: # why\n  b: 1\n  c: 2\nd: 3\n",
    fixes: [set("a", false)],
    after: "a: false # why\nd: 3\n",
  },
  {
    name: "an entry goes with its lines",
    before: "spec:\n  a: 1\n  # about b\n  b:\n    - x\n    - y # z\n  c: 3\n",
    fixes: [remove("spec.b")],
    after: "spec:\n  a: 1\n  # about b\n  c: 3\n",
  },
  {
    name: "the last entry of all goes without the line break before it",
    before: "spec:\n  a: 1\n  b: 2",
    fixes: [remove("spec.b")],
    after: "spec:\n  a: 1",
  },
  {
    name: "the first entry of an item: the next moves up",
    before: "list:\n  - a: 1\n    b: 2\n",
    fixes: [remove("list[0].a")],
    after: "list:\n  - b: 2\n",
  },
  {
    name: "the only entry leaves an empty mapping",
    before: "spec:\n  a:\n    b: 1\n  c: 2\n",
    fixes: [remove("spec.a.b")],
    after: "spec:\n  a: {}\n  c: 2\n",
  },
  { name: "items of a list", before: "add:\n- A\n- B # b\n- C\n", fixes: [remove("add[0]"), remove("add[2]")], after: "add:\n- B # b\n" },
  {
    name: "all items of a list",
    before: "add: # caps\n- A\n- B\nx: 1\n",
    fixes: [remove("add[0]"), remove("add[1]")],
    after: "add: [] # caps\nx: 1\n",
  },
  {
    name: "one in place of another",
    before: "spec:\n  a:\n    b: 1\n",
    fixes: [remove("spec.a.b"), set("spec.a.c", 2)],
    after: "spec:\n  a:\n    c: 2\n",
  },
  {
    name: "a key with dots",
    before: 'metadata:\n  annotations:\n    a.b/c: "1"\n',
    fixes: [set("metadata.annotations.a.b/c", "2"), set('metadata.annotations["x/y: z"]', "3")],
    after: 'metadata:\n  annotations:\n    a.b/c: "2"\n    "x/y: z": "3"\n',
  },
  { name: "an alias of its own is replaced", before: "x: &a {b: 1}\nw: *a\n", fixes: [set("w", false)], after: "x: &a {b: 1}\nw: false\n" },
  { name: "an anchor that nothing refers to is none", before: "x: &a\n  b: 1\n", fixes: [set("x.b", 2)], after: "x: &a\n  b: 2\n" },
];

test.each(CASES)("$name", async ({ before, fixes, after }) => {
  const lineBreak = before.includes("\r\n") ? "\r\n" : "\n";
  const head = HEAD.replaceAll("\n", lineBreak);
  expect(await fixed(head + before, ...fixes)).toBe(head + after);
});

test.each<[string, string, Fix, RegExp]>([
  ["what an alias brings in", "x: &a {b: 1}\nw: *a\n", set("w.b", 2), /anchor/u],
  ["what an alias repeats", "x: &a {b: 1}\nw: *a\n", set("x.b", 2), /alias/u],
  ["what holds an anchor that is used elsewhere", "x:\n  b: &a 1\nw: *a\n", remove("x"), /alias/u],
  ["what a merge key brings in", "x: &a {b: 1}\nw:\n  <<: *a\n", set("w.b", 2), /anchor/u],
  ["a key that stands in a single value", "x: 1\n", set("x.y", 2), /single value/u],
  ["a fix that contradicts another", "x: 1\n", set("x[a]", 2), /single value/u],
  ["what is not there", "x: 1\n", remove("y"), /nothing/u],
  ["a key of a list", "x: [1]\n", set("x.y", 2), /list/u],
])("no edit of %s", async (_, text, fix, reason) => {
  expect(await fixed(HEAD + text, fix)).toMatch(/^no edit: /u);
  expect(await fixed(HEAD + text, fix)).toMatch(reason);
});

test("setting and removing the same value contradict each other", async () => {
  expect(await fixed(`${HEAD}x: {w: 1}\n`, set("x.w", 2), remove("x.w"))).toMatch(/^no edit: .*set and remove/u);
});

test("an item of a list is edited in its place", async () => {
  const text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Pod\n  spec: {}\n";
  const [, second] = await loadText(text);
  const outcome = second === undefined ? { reason: "none" } : fixEdits(second, [set("spec.hostPID", false)]);
  expect("edits" in outcome ? applyEdits(text, outcome.edits) : outcome).toBe(text.replace("spec: {}", "spec:\n    hostPID: false"));
});

test("JSON stays JSON", async () => {
  const text =
    '{\n  "apiVersion": "v1",\n  "kind": "Pod",\n  "spec": {\n    "containers": [\n      {\n        "name": "a"\n      }\n    ]\n  }\n}\n';
  const after = await fixed(text, set("spec.containers[0].securityContext.capabilities", { drop: ["ALL"] }), set("spec.hostPID", false));
  expect(JSON.parse(after)).toEqual({
    apiVersion: "v1",
    kind: "Pod",
    spec: { containers: [{ name: "a", securityContext: { capabilities: { drop: ["ALL"] } } }], hostPID: false },
  });
  expect(after).toBe(`${JSON.stringify(JSON.parse(after), null, 2)}\n`);
});

test("JSON without white space gets none", async () => {
  expect(await fixed('{"apiVersion":"v1","kind":"Pod","spec":{"a":1}}', set("spec.b.c", true))).toBe(
    '{"apiVersion":"v1","kind":"Pod","spec":{"a":1,"b":{"c":true}}}',
  );
});
