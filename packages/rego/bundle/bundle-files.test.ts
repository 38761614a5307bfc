import { expect, test } from "vitest";
import { folderFiles } from "./bundle-files.ts";
import { memoryFiles } from "./tester.ts";

const files = { "b/a/x.rego": "12345", "b/y.rego": "12345", "other/z.rego": "1" };

test("the files of a folder have their paths in it", () => {
  const found = folderFiles("b", memoryFiles(files), {});
  expect([...found.paths]).toEqual(["a/x.rego", "y.rego"]);
  expect(new TextDecoder().decode(found.read("a/x.rego"))).toBe("12345");
});

test("what is read counts against the limit, and what is there against that of files", () => {
  const found = folderFiles("b", memoryFiles(files), { bytes: 9 });
  found.read("y.rego");
  expect(() => found.read("a/x.rego")).toThrow("its files have more than");
  expect(() => folderFiles("b", memoryFiles(files), { files: 1 })).toThrow("it holds more than 1 files");
});

test("folders that lead on without end are refused", () => {
  const endless = { list: () => [{ name: "a", folder: true }], read: () => new Uint8Array() };
  expect(() => folderFiles("b", endless, {})).toThrow("folders are nested more than 64 deep");
});

test("a link that leads out is refused when it is read", () => {
  const found = folderFiles("b", { ...memoryFiles(files), isInside: (file) => file !== "b/y.rego" }, {});
  expect(found.read("a/x.rego")).toHaveLength(5);
  expect(() => found.read("y.rego")).toThrow("leads out of the bundle");
});
