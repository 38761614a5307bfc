import { expect, test } from "vitest";
import { BundleFault } from "./bundle-files.ts";
import { isWithin, readManifest, versionOfFile, wholeManifest, type BundleManifest } from "./manifest.ts";

test("what is left out has its default", () => {
  expect(readManifest("{}")).toEqual(wholeManifest);
});

test("everything is read, and what is not known says nothing", () => {
  const text =
    '{"revision": "r", "roots": ["/a/b/", "c"], "rego_version": 0, "file_rego_versions": {"/x.rego": 1}, "metadata": {"k": 1}, "wasm": []}';
  expect(readManifest(text)).toEqual({
    revision: "r",
    roots: ["a/b", "c"],
    regoVersion: "v0",
    fileRegoVersions: new Map([["/x.rego", "v1"]]),
    metadata: { k: 1 },
  });
});

test.each([
  ["[]", "it is no object"],
  ["{", "it is no JSON"],
  ['{"revision": 1}', "revision is no text"],
  ['{"roots": 5}', "roots is no list of texts"],
  ['{"roots": ["a", 1]}', "roots is no list of texts"],
  ['{"roots": ["a/b", "a"]}', 'its roots overlap: "a/b" is within "a"'],
  ['{"roots": ["a", "a"]}', "its roots overlap"],
  ['{"roots": ["", "a"]}', "its roots overlap"],
  ['{"rego_version": 2}', "rego_version is neither 0 nor 1"],
  ['{"file_rego_versions": {"a.rego": "0"}}', "file_rego_versions: a.rego is neither 0 nor 1"],
  ['{"file_rego_versions": {"{a": 0}}', "is no pattern"],
  ['{"metadata": []}', "metadata is no object"],
])("%s: %s", (text, message) => {
  expect(() => readManifest(text)).toThrow(BundleFault);
  expect(() => readManifest(text)).toThrow(message);
});

test.each([
  ["", "a/b", true],
  ["a", "a/b", true],
  ["a", "ab", false],
  ["a/b", "a", false],
  ["a", "a", true],
])("%j holds %j: %s", (root, place, expected) => {
  expect(isWithin(root, place)).toBe(expected);
});

test.each(["x.rego", "/x.rego", "*", "*.rego", "b/x.rego", "*/x.rego"])("the pattern %s is one of x.rego in the bundle b", (glob) => {
  const manifest: BundleManifest = { ...wholeManifest, regoVersion: "v1", fileRegoVersions: new Map([[glob, "v0"]]) };
  expect(versionOfFile(manifest, "x.rego", "b")).toBe("v0");
  expect(versionOfFile(manifest, "other/y.txt", "b")).toBe("v1");
});
