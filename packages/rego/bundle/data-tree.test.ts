import fc from "fast-check";
import { expect, test } from "vitest";
import { DataTree } from "./data-tree.ts";

test("objects of several files are merged, at their paths", () => {
  const tree = new DataTree();
  expect(tree.add(["a"], { x: 1 }, "one")).toBeNull();
  expect(tree.add([], { a: { y: { z: 2 } }, b: [1] }, "two")).toBeNull();
  expect(tree.value).toEqual({ a: { x: 1, y: { z: 2 } }, b: [1] });
});

test("two values for one place are a conflict that names the file which had it", () => {
  const tree = new DataTree();
  tree.add(["a"], { x: { deep: 1 } }, "one");
  expect(tree.add(["a", "x"], { deep: 1 }, "two")).toEqual({ path: ["a", "x", "deep"], file: "two", other: "one" });
  expect(tree.add(["a"], [], "three")).toEqual({ path: ["a"], file: "three", other: "one" });
});

test("what is no object has no place at the root", () => {
  expect(new DataTree().add([], [1], "one")).toEqual({ path: [], file: "one", other: "data" });
});

test("documents that were added are not changed by later ones", () => {
  const document = { a: { x: 1 } };
  const tree = new DataTree();
  tree.add([], document, "one");
  tree.add(["a"], { y: 2 }, "two");
  expect(document).toEqual({ a: { x: 1 } });
});

test("any names are names, and the order of files makes no difference", () => {
  const names = fc.constantFrom("a", "b", "__proto__", "constructor", "");
  const files = fc.array(fc.tuple(fc.array(names, { minLength: 1, maxLength: 3 }), fc.integer()), { maxLength: 6 });
  fc.assert(
    fc.property(files, (list) => {
      const build = (some: typeof list): { readonly conflict: boolean; readonly text: string } => {
        const tree = new DataTree();
        const conflicts = some.map(([path, value], i) => tree.add(path, value, String(i)));
        const entries = (value: unknown): unknown =>
          typeof value === "object" && value !== null
            ? Object.entries(value)
                .toSorted(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, inner]) => [key, entries(inner)])
            : value;
        return { conflict: conflicts.some((one) => one !== null), text: JSON.stringify(entries(tree.value)) };
      };
      const [one, other] = [build(list), build(list.toReversed())];
      expect(one.conflict).toBe(other.conflict);
      if (!one.conflict) expect(one.text).toBe(other.text);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
  );
});
