import { expect, test } from "vitest";
import { ruleOfQuery } from "./rule-of-query.ts";

const modules = [
  { file: "broken.rego", source: "package", version: "v1" } as const,
  { file: "a.rego", source: "package a.b\n\np := 1\n\nq contains 1\n", version: "v1" } as const,
];

test.each([
  ["data.a.b.q", "a.rego", 5],
  ["x := data.a.b.q[_]; data.a.b.p", "a.rego", 5],
  ["count([1 | data.a.b.p])", "a.rego", 3],
  ["data.a.b", "query", 1],
  ["data.a.b.none", "query", 1],
  ["1 + 1", "query", 1],
  ["data.[", "query", 1],
])("%s asks for what is at %s:%i", (query, file, line) => {
  expect(ruleOfQuery({ modules, query })).toEqual({ file, line });
});
