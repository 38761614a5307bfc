import { expect, test } from "vitest";
import { ParsedModules } from "./parsed-modules.ts";

test("a tree is kept by its text, version and file", () => {
  const modules = new ParsedModules();
  const tree = modules.parse("package a", { file: "a.rego", version: "v1" });
  expect(modules.parse("package a", { file: "a.rego", version: "v1" })).toBe(tree);
  expect(modules.parse("package a", { file: "b.rego", version: "v1" })).not.toBe(tree);
  expect(modules.parse("package a", { file: "a.rego", version: "v0" })).not.toBe(tree);
  expect(modules.parse("package b", { file: "a.rego", version: "v1" })).not.toBe(tree);
  expect(modules.parse("package a", { file: "a.rego", version: "v1" })).toBe(tree);
});

test("what was used longest ago goes first, and one text under many names does not stay for ever", () => {
  const modules = new ParsedModules(60);
  const parse = (source: string, file: string): unknown => modules.parse(source, { file, version: "v1" });
  const [first, second] = [parse("package a", "a"), parse("package b", "b")];
  expect(parse("package a", "a")).toBe(first);
  for (const file of "cdefg") parse("package c", file);
  expect(parse("package c", "g")).toBe(parse("package c", "g"));
  expect(parse("package b", "b")).not.toBe(second);
  const [one] = [parse("package d", "1")];
  for (let file = 2; file <= 9; file++) parse("package d", String(file));
  expect(parse("package d", "1")).not.toBe(one);
});
