import { expect, test } from "vitest";
import { standardInput } from "./standard-input.ts";
import { checkLoader } from "./tester.ts";
import type { LoaderCase } from "./tester.ts";

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";

const CASES: readonly LoaderCase[] = [
  { name: "YAML", paths: ["-"], stdin: `${POD}---\n${POD}`, documents: 2, objects: ["Pod/a", "Pod/a"] },
  { name: "JSON", paths: ["-"], stdin: '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}', documents: 1, objects: ["Pod/a"] },
  { name: "nothing", paths: ["-"], stdin: "", documents: 0, objects: [] },
  { name: "a template", paths: ["-"], stdin: "{{ x }}", documents: 1, objects: [], problems: ["template"] },
];

test.each(CASES)("$name", async (one) => {
  expect(await checkLoader(standardInput, one)).toBe(one.documents);
});
