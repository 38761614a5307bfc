import { expect, test } from "vitest";
import { checkLoader } from "./tester.ts";
import type { LoaderCase } from "./tester.ts";
import { yamlFiles } from "./yaml-files.ts";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";

const CASES: readonly LoaderCase[] = [
  {
    name: "both endings, in any case",
    tree: { "a.yaml": POD, "b.YML": POD, "c.json": "{}", "d.yaml.bak": POD },
    documents: 2,
    objects: ["Pod/a", "Pod/a"],
  },
  { name: "many documents", tree: { "a.yaml": `---\n${POD}---\n---\nx: 1\n---\n${POD}` }, documents: 4, objects: ["Pod/a", "Pod/a"] },
  { name: "a marker within a text", tree: { "a.yaml": `${POD}data: |\n  ---\n  kind: Pod\n` }, documents: 1, objects: ["Pod/a"] },
  {
    name: "a broken document",
    tree: { "a.yaml": `${POD}---\nx: [\n---\n${POD}` },
    documents: 3,
    objects: ["Pod/a", "Pod/a"],
    problems: ["yaml-syntax"],
  },
  {
    name: "a list",
    tree: { "a.yaml": "apiVersion: v1\nkind: PodList\nitems: [{metadata: {name: a}}, {metadata: {name: b}}]\n" },
    documents: 1,
    objects: ["Pod/a", "Pod/b"],
  },
  {
    name: "a list of aliases",
    tree: { "a.yaml": "apiVersion: v1\nkind: PodList\nx: &p {metadata: {name: a}}\nitems: [*p, *p]\n" },
    documents: 1,
    objects: ["Pod/a", "Pod/a"],
  },
  { name: "the same object twice is two", tree: { "a.yaml": POD, "b.yaml": POD }, documents: 2, objects: ["Pod/a", "Pod/a"] },
  { name: "a file that was named", tree: { manifest: POD }, paths: ["manifest"], documents: 1, objects: ["Pod/a"] },
  { name: "a value that JSON can't hold", tree: { "a.yaml": `${POD}x: .nan\n` }, documents: 1, objects: [], problems: ["yaml-value"] },
  { name: "binary data", tree: { "a.yaml": new Uint8Array([0, 1]) }, documents: 1, objects: [], problems: ["file-binary"] },
];

test.each(CASES)("$name", async (one) => {
  expect(await checkLoader(yamlFiles, one)).toBe(one.documents);
});
