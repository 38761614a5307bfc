import { expect, test } from "vitest";
import { findTests } from "./find-tests.ts";

const SOURCE = `package shop_test

helper := 1

test_one if helper == 1

test_one if helper == 2

todo_test_later if false

test_each[name] if {
	some name, x in {"a": 1, "b": 2}
	x == 1
}

test_call(x) if x

default test_fallback := true
`;

test("tests are rules whose names begin with test_, in the order of the file; those of one name are told apart", () => {
  const { tests } = findTests([{ file: "a.rego", source: SOURCE, version: "v1" }]);
  expect(tests.map(({ name, line, column, todo, isFunction, depth }) => ({ name, line, column, todo, isFunction, depth }))).toEqual([
    { name: "test_one", line: 5, column: 1, todo: false, isFunction: false, depth: 0 },
    { name: "test_one#01", line: 7, column: 1, todo: false, isFunction: false, depth: 0 },
    { name: "todo_test_later", line: 9, column: 1, todo: true, isFunction: false, depth: 0 },
    { name: "test_each", line: 11, column: 1, todo: false, isFunction: false, depth: 1 },
    { name: "test_call", line: 16, column: 1, todo: false, isFunction: true, depth: 0 },
  ]);
  expect(new Set(tests.map(({ package: name }) => name))).toEqual(new Set(["data.shop_test"]));
});

test("the modules that are made keep every line where it was", () => {
  const { modules } = findTests([{ file: "a.rego", source: SOURCE, version: "v1" }]);
  const before = SOURCE.split("\n");
  const after = (modules[0]?.source ?? "").split("\n");
  const changed = before.flatMap((line, i) => (line === after[i] ? [] : [i + 1]));
  expect(changed).toEqual([7]);
});

test("tests of one name in two files are two tests", () => {
  const source = "package a\n\ntest_x if true\n";
  const { tests } = findTests([
    { file: "a.rego", source, version: "v1" },
    { file: "b.rego", source, version: "v1" },
  ]);
  expect(tests.map(({ name, file }) => [name, file])).toEqual([
    ["test_x", "a.rego"],
    ["test_x#01", "b.rego"],
  ]);
});

test("what can't be parsed is left as it is, for the compiler to speak of", () => {
  const broken = { file: "a.rego", source: "package", version: "v1" } as const;
  expect(findTests([broken])).toEqual({ tests: [], modules: [broken] });
});

test("a module of Rego v0 is found to be one", () => {
  const { tests, modules } = findTests([{ file: "a.rego", source: "package a\n\ntest_x { true }\n" }]);
  expect(tests.map(({ name }) => name)).toEqual(["test_x"]);
  expect(modules[0]?.version).toBe("v0");
});
