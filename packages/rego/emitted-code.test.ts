import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { expect, test } from "vitest";
import { compile } from "./6-link/compile.ts";

const folder = new URL("5-emit/cases/", import.meta.url);
const source = readFileSync(new URL("privileged.rego", folder), "utf8");

function program(text: string): NonNullable<ReturnType<typeof compile>["program"]> {
  const compiled = compile({ modules: [{ file: "privileged.rego", source: text, version: "v1" }] }).program;
  if (compiled === null) throw new Error("does not compile");
  return compiled;
}

// The file is what a reviewer has read and found good. When the emitter changes, read the difference and replace it.
test("the code of a typical module reads well", () => {
  expect(program(source).code).toBe(readFileSync(new URL("privileged.js", folder), "utf8"));
});

test("the source map leads from the code to the rule", () => {
  const { code, map } = program(source);
  const lines = code.split("\n");
  const line = lines.findIndex((text) => text.includes("privileged !== true"));
  const entry = new SourceMap(JSON.parse(map)).findEntry(line, lines[line]?.indexOf("if") ?? 0);
  expect(entry).toMatchObject({ originalSource: "privileged.rego" });
  const original = "originalLine" in entry ? entry.originalLine : -1;
  expect(source.split("\n")[original]).toContain("container.securityContext.privileged == true");
});

test.each([
  ["one pass over the input", "p contains x if { some o in input; x := o.a }", true],
  ["with helpers that only see the element", "f(o) := o.a\np contains x if { some o in input; x := f(o) }", true],
  ["by way of another such rule", "q contains o if { some o in input; o.a }\np contains x if { some o in q; x := o.a }", true],
  ["with data and closures over the element", "p contains n if { some o in input; n := count([y | some y in o.l; y in data.ok]) }", true],
  ["a join", "p contains x if { some o in input; some q in input; o.a == q.a; x := o.a }", false],
  ["a count of all", "p contains n if { some o in input; n := count(input) }", false],
  ["the position", "p contains i if { some i, o in input; o.a }", false],
  ["a rule that reads the input", "all := count(input)\np contains x if { some o in input; x := o.a + all }", false],
  ["a function that reads the input", "f(o) := count(input)\np contains x if { some o in input; x := f(o) }", false],
  ["negation over the whole", "p contains 1 if { some o in input; not any_bad }\nany_bad if { input[_].bad }", false],
  ["no pass at all", "p contains 1 if { true }", false],
  ["a single value", "p := 1 if { input[_].a }", false],
  ["another input", "p contains x if { some o in input; x := v with input as [o] }\nv := input[0].a", false],
  ["the whole package", "p contains x if { some o in input; x := [o.a, data.lib] }", true],
])("a rule judges elements one by one: %s", (_, text, wanted) => {
  const { program: compiled, diagnostics } = compile({
    modules: [{ file: "a.rego", source: `package a\nimport rego.v1\n${text}`, version: "v1" }],
  });
  expect(diagnostics).toEqual([]);
  expect(compiled?.elementwise(["a", "p"])).toBe(wanted);
});
