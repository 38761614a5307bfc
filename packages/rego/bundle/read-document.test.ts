import { expect, test } from "vitest";
import { readDocument } from "./read-document.ts";

test.each([
  ["a.json", '{"x": 12345678901234567890}', { x: 12345678901234567890n }],
  ["a.json", "\uFEFF[1]", [1]],
  ["a.yaml", "x: [1, two]\n", { x: [1, "two"] }],
  ["a.yml", '{"x": 1}', { x: 1 }],
  ["-", "x: 1\n", { x: 1 }],
])("%s: %j", (name, text, value) => {
  expect(readDocument(name, text)).toEqual({ value, fault: null });
});

test.each([
  ["a.json", "x: 1", "it is no JSON: "],
  ["a.json", "", "it is no JSON: "],
  ["a.yaml", "a: [", "it is neither YAML nor JSON"],
])("%s: %j is refused", (name, text, fault) => {
  expect(readDocument(name, text)).toEqual({ value: null, fault: expect.stringContaining(fault) as string });
});
