import { expect, test } from "vitest";
import { loadSources } from "./load-sources.ts";
import { memoryFiles } from "./tester.ts";

test("documents lie at the path of their folder, and objects are merged", () => {
  const files = memoryFiles({ "d/a/x.json": '{"p": 1}', "d/a/y.yaml": "q: 2\n", "d/m.rego": "package m", "d/notes.txt": "no" });
  const { data, modules, faults } = loadSources(["d"], files, { version: "v1" });
  expect(data).toEqual({ a: { p: 1, q: 2 } });
  expect(modules).toEqual([{ file: "d/m.rego", source: "package m", version: "v1" }]);
  expect(faults).toEqual([]);
});

test("two values for one place are a fault that names both files", () => {
  const files = memoryFiles({ "a.json": '{"p": {"q": 1}}', "b.json": '{"p": {"q": 2}}' });
  expect(loadSources(["a.json", "b.json"], files, { version: "v1" }).faults).toMatchObject([
    { file: "b.json", message: "data.p.q is in a.json already" },
  ]);
});

test("a name such as __proto__ is a name like any other", () => {
  const { data } = loadSources(["a.json"], memoryFiles({ "a.json": '{"__proto__": {"polluted": 1}}' }), { version: "v1" });
  expect(Object.keys(data)).toEqual(["__proto__"]);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("an archive is told to be a bundle", () => {
  expect(loadSources(["b.tar.gz"], memoryFiles({ "b.tar.gz": "x" }), { version: "v1" }).faults).toMatchObject([
    { file: "b.tar.gz", message: "it is a bundle, not a document" },
  ]);
});

test("a prefix puts a document below a name, which alone lets it be no object", () => {
  const files = memoryFiles({ "x.json": "3" });
  expect(loadSources(["a.b:x.json"], files, { version: "v1" }).data).toEqual({ a: { b: 3 } });
  expect(loadSources(["x.json"], files, { version: "v1" }).faults).toHaveLength(1);
});
