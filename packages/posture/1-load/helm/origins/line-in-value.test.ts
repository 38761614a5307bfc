import { expect, test } from "vitest";
import { lineInValue } from "./line-in-value.ts";

const OBJECT = {
  c: [
    { name: "one", privileged: false },
    { name: "two", privileged: true, resources: {} },
  ],
};
const TEXT = '|\n  - name: "one"\n    privileged: false\n  - name: two\n    privileged: true # why not\n    resources: {}\n';

test.each([
  ["the line that says what the field says", ["c", 1, "privileged"], "privileged: true # why not"],
  ["a collection by its key", ["c", 1, "resources"], "resources: {}"],
  ["an item by its name", ["c", 1], "- name: two"],
  ["what is not there", ["c", 0, "image"], null],
  ["an item without a name", ["c", 5], null],
])("%s", (_name, field, shown) => {
  const range = lineInValue(TEXT, field, OBJECT);
  expect(range === null ? null : TEXT.slice(range.start, range.end)).toBe(shown);
});
