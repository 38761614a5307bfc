import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatObjectPath, parseObjectPath, valueAt } from "./object-path.ts";

describe("a path is read", () => {
  test.each([
    ["spec.containers[0].image", ["spec", "containers", 0, "image"]],
    ['metadata.annotations["a.b/c"]', ["metadata", "annotations", "a.b/c"]],
    ["metadata.annotations['a.b/c'].x", ["metadata", "annotations", "a.b/c", "x"]],
    ["metadata.annotations[a.b/c]", ["metadata", "annotations", "a.b/c"]],
    ["a[0][1]", ["a", 0, 1]],
    ["", []],
  ])("%s", (text, path) => {
    expect(parseObjectPath(text)).toEqual(path);
  });

  test.each(["a.", ".a", "a..b", "a[", "a[]", "a[0]b"])("%s is none", (text) => {
    expect(parseObjectPath(text)).toBe(null);
  });
});

describe("a key with dots of its own is found where the object has it", () => {
  const object = { metadata: { labels: { app: "x", "app.kubernetes.io/name": "y" }, app: { kubernetes: 1 } } };

  test.each([
    ["metadata.labels.app.kubernetes.io/name", ["metadata", "labels", "app.kubernetes.io/name"]],
    ["metadata.labels.app", ["metadata", "labels", "app"]],
    ["metadata.app.kubernetes", ["metadata", "app", "kubernetes"]],
    ["metadata.labels.other.io/name", ["metadata", "labels", "other", "io/name"]],
  ])("%s", (text, path) => {
    expect(parseObjectPath(text, object)).toEqual(path);
  });
});

test("what is written is read back", () => {
  const step = fc.oneof(fc.nat(99), fc.string({ minLength: 1, maxLength: 8 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (path) => {
      expect(parseObjectPath(formatObjectPath(path))).toEqual(path);
    }),
  );
});

test("only own properties are reached", () => {
  expect(valueAt({}, ["constructor"])).toBe(undefined);
  expect(valueAt({ a: [1] }, ["a", "length"])).toBe(1);
  expect(valueAt({ a: [{ b: 2 }] }, ["a", 0, "b"])).toBe(2);
});

test("the same text means different keys in different objects", () => {
  const text = "metadata.labels.app.io/name";
  const long = { metadata: { labels: { "app.io/name": "x" } } };
  const nested = { metadata: { labels: { app: { "io/name": "x" }, "app.io/name": "y" } } };
  for (const _ of [1, 2]) {
    expect(parseObjectPath(text, long)).toEqual(["metadata", "labels", "app.io/name"]);
    expect(parseObjectPath(text, nested)).toEqual(["metadata", "labels", "app", "io/name"]);
    expect(parseObjectPath(text)).toEqual(["metadata", "labels", "app", "io/name"]);
  }
});
