import { expect, test } from "vitest";
import type { Module } from "./ast.ts";
import { parseModule } from "./parse-module.ts";

function parse(source: string, version: "v0" | "v1" = "v1"): Module {
  const { module, diagnostics } = parseModule(source, { file: "x.rego", version });
  expect(diagnostics.filter((each) => each.severity === "error")).toEqual([]);
  if (module === null) throw new Error("no module");
  return module;
}

test("metadata belong to the statement that follows, with a scope by what that is", () => {
  const module = parse(`# METADATA
# title: all
package a

# METADATA
# title: one
# custom:
#   deep: [1, {x: true}]
p := 1

# a plain comment

# METADATA
# entrypoint: true

# another comment
q if {
  p # METADATA of nothing
}
r := 2
`);
  expect(module.annotations.map((each) => each.scope)).toEqual(["package", "rule", "document"]);
  expect(module.rules.map((rule) => rule.annotations.map((each) => each.content))).toEqual([
    [{ scope: "rule", title: "one", custom: { deep: [1, { x: true }] } }],
    [{ scope: "document", entrypoint: true }],
    [],
  ]);
  expect(module.source.slice(module.annotations[0]?.span.start, module.annotations[0]?.span.end)).toBe("# METADATA\n# title: all");
});

test("several blocks before one statement, and a scope that is written", () => {
  const module = parse(
    "# METADATA\n# scope: subpackages\n# title: s\n# METADATA\n# title: p\npackage a\n# METADATA\n# scope: document\n# title: d\n\n# METADATA\n# title: r\np := 1",
  );
  expect(module.annotations.map(({ scope, content }) => [scope, content["title"]])).toEqual([
    ["subpackages", "s"],
    ["package", "p"],
    ["document", "d"],
    ["rule", "r"],
  ]);
  expect(module.rules[0]?.annotations.length).toBe(2);
});

test("authors and related resources may be written as a string each", () => {
  const module = parse(`package a
# METADATA
# authors:
# - Ada Example <ada@example.com>
# - Bob
# - <carol@example.com>
# - name: Dave
# related_resources:
# - https://example.com/a
# - ref: https://example.com/b
#   description: b
p := 1
`);
  expect(module.rules[0]?.annotations[0]?.content).toEqual({
    scope: "rule",
    authors: [{ name: "Ada Example", email: "ada@example.com" }, { name: "Bob" }, { email: "carol@example.com" }, { name: "Dave" }],
    related_resources: [{ ref: "https://example.com/a" }, { ref: "https://example.com/b", description: "b" }],
  });
});

test("all rules that come from one v0 rule have its metadata", () => {
  const module = parse("package a\r\n# METADATA\r\n# title: t\r\np { x } { y }\r\n", "v0");
  expect(module.rules.map((rule) => rule.annotations[0]?.content["title"])).toEqual(["t", "t"]);
});

test("metadata at the end of a file, or inside a statement, belong to nothing", () => {
  const { module, diagnostics } = parseModule(
    "package a\np if {\n  # METADATA\n  # title: x\n  true\n}\nq := 1\n# METADATA\n# title: y\n",
    { file: "x.rego", version: "v1" },
  );
  expect(module?.annotations).toEqual([]);
  expect(diagnostics.map(({ line, kind, severity }) => [line, kind, severity])).toEqual([
    [3, "metadata-misplaced", "warning"],
    [8, "metadata-misplaced", "warning"],
  ]);
});
