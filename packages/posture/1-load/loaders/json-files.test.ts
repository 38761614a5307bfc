import { expect, test } from "vitest";
import { jsonFiles } from "./json-files.ts";
import { checkLoader } from "./tester.ts";
import type { LoaderCase } from "./tester.ts";

const POD = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}';

const CASES: readonly LoaderCase[] = [
  { name: "an object", tree: { "a.json": POD, "b.JSON": POD, "c.yaml": POD }, documents: 2, objects: ["Pod/a", "Pod/a"] },
  { name: "indented with tabs", tree: { "a.json": JSON.stringify(JSON.parse(POD), null, "\t") }, documents: 1, objects: ["Pod/a"] },
  {
    name: "a list",
    tree: { "a.json": `{"apiVersion": "v1", "kind": "List", "items": [${POD}, ${POD}]}` },
    documents: 1,
    objects: ["Pod/a", "Pod/a"],
  },
  { name: "JSON of another kind, broken or not", tree: { "tsconfig.json": "{/* x */}", "package.json": "{}" }, documents: 2, objects: [] },
  { name: "a broken object", tree: { "a.json": POD.slice(0, -1) }, documents: 1, objects: [], problems: ["json-syntax"] },
  {
    name: "another kind of JSON that was named",
    tree: { "a.json": "{,}" },
    paths: ["a.json"],
    documents: 1,
    objects: [],
    problems: ["json-syntax"],
  },
  {
    name: "a key that stands twice",
    tree: { "a.json": `${POD.slice(0, -1)}, "kind": "Job"}` },
    documents: 1,
    objects: ["Job/a"],
    problems: ["duplicate-key"],
  },
];

test.each(CASES)("$name", async (one) => {
  expect(await checkLoader(jsonFiles, one)).toBe(one.documents);
});
