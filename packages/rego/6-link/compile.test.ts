import { expect, test } from "vitest";
import type { Builtin } from "../builtins/define.ts";
import type { RegoValue } from "../runtime/value.ts";
import { compile } from "./compile.ts";
import type { Program } from "./program.ts";

function programOf(...sources: readonly string[]): Program {
  const { program, diagnostics } = compile({ modules: sources.map((source, i) => ({ file: `${i}.rego`, source })) });
  expect(diagnostics.filter((one) => one.severity === "error")).toEqual([]);
  if (program === null) throw new Error("no program");
  return program;
}

test("a module is read as v1 first and as v0 with a note", () => {
  const { program, diagnostics } = compile({ modules: [{ file: "old.rego", source: "package a\np[x] { x := input[_] }" }] });
  expect(program?.evaluate("x = data.a.p", { input: [1] }).results).toHaveLength(1);
  expect(diagnostics).toMatchObject([{ kind: "old-version", severity: "warning", file: "old.rego" }]);
});

test("what is neither v1 nor v0 gets the messages of v1", () => {
  const { program, diagnostics } = compile({ modules: [{ file: "bad.rego", source: "package a\np if {" }] });
  expect(program).toBe(null);
  expect(diagnostics[0]).toMatchObject({ code: "rego_parse_error", file: "bad.rego" });
});

test.each([
  ["v0, where v1 would end at its first rule", "package a\np[x] { x := 1 }\nq[x] { x := }", 3, 13],
  ["v1, where v0 would end at its first rule", "package a\np contains x if { x := 1 }\nq contains x if { x := }", 3, 24],
  ["v1 that says so, where both end at one place", "package a\nimport rego.v1\np if { x := }", 3, 13],
])("what is neither v1 nor v0 gets the messages of the version that reads more of it: %s", (_, source, line, column) => {
  const { diagnostics } = compile({ modules: [{ file: "bad.rego", source }] });
  expect(diagnostics[0]).toMatchObject({ code: "rego_parse_error", severity: "error", line, column });
});

test("a conflict names file and line", () => {
  const program = programOf("package a\np := 1", "package a\n\np := x if {\n\tx := input.x\n}");
  expect(program.evaluate("data.a.p", { input: { x: 2 } }).problem).toMatchObject({ code: "eval_conflict_error", file: "1.rego", line: 3 });
});

test.each([
  ["p := 1", { a: { p: 2 } }, "a/p"],
  ["p.q.r := 1", { a: { p: { q: { r: null } } } }, "a/p/q/r"],
  ["p[x] := 1 if some x in [1]", { a: { p: {} } }, "a/p"],
  ["f(x) := x", { a: { f: 1 } }, "a/f"],
  ["p := 1", { a: [] }, "a/p"],
])("beside data no rule may stand where they have a value: %s", (rule, besideData, path) => {
  const modules = [{ file: "0.rego", source: `package a\n${rule}` }];
  const { program, diagnostics } = compile({ modules, besideData });
  expect(program).toBe(null);
  expect(diagnostics).toMatchObject([{ code: "rego_compile_error", message: `conflicting rule for data path ${path} found`, line: 2 }]);
  expect(compile({ modules, besideData: { a: { other: 1 } } }).program).not.toBe(null);
  // Data that only an evaluation brings are hidden.
  expect(compile({ modules }).program?.evaluate("x = data.a", { data: besideData }).problem).toBe(null);
});

test("a failing builtin is undefined, or a failure where that is wanted", () => {
  const program = programOf("package a\np := 1 / input.x");
  expect(program.evaluate("x = data.a.p", { input: { x: 0 } })).toMatchObject({ results: [], problem: null });
  expect(program.evaluate("x = data.a.p", { input: { x: 0 }, strictBuiltinErrors: true }).problem).toMatchObject({
    code: "eval_builtin_error",
    message: "div: divide by zero",
  });
});

test("a failing builtin names file and line, also where steps are counted", () => {
  const program = programOf("package a\n\nf(x) := y if {\n\ty := 1 / x\n}\n\np := f(input.x)\n\nq := [y | y := to_number(input.s)]");
  const options = { input: { x: 0, s: "no" }, strictBuiltinErrors: true };
  for (const limits of [{}, { limits: { steps: 1000 } }]) {
    expect(program.evaluate("data.a.p", { ...options, ...limits }).problem).toMatchObject({ file: "0.rego", line: 4 });
    expect(program.evaluate("data.a.q", { ...options, ...limits }).problem).toMatchObject({ file: "0.rego", line: 9 });
  }
});

test("a query that can't be compiled has diagnostics", () => {
  const { results, diagnostics } = programOf("package a").evaluate("data.a.p == y");
  expect(results).toBe(null);
  expect(diagnostics[0]?.code).toBe("rego_unsafe_var_error");
});

test("an input may hold sets when it is given as a value", () => {
  const set = programOf('package s\nv := {1, "a"}').rule(["s", "v"])?.({}).value ?? null;
  const program = programOf("package a\np if input.s.a\nq if f(input.s)\nf(s) if s.a");
  expect(program.rule(["a"])?.({ inputValue: { s: set } }).value).toEqual({ p: true, q: true });
});

test("entrypoints leave the rest to queries", () => {
  const source = "package a\np := f(1)\nf(x) := x + 1\nunused := f(2)";
  const { program } = compile({ modules: [{ file: "a.rego", source }], entrypoints: [["a", "p"]] });
  expect(program?.rule(["a", "p"])?.({}).value).toBe(2);
  expect(program?.code).not.toContain("unused");
  expect(program?.evaluate("x = data.a.unused").results).toEqual([{ x: 3 }]);
});

test("rules are listed, and functions are none", () => {
  const program = programOf("package b\nf(x) := x\np := 1", "package a.c\nq[x] := 1 if some x in [1]");
  expect(program.rulePaths()).toEqual([
    ["a", "c", "q"],
    ["b", "p"],
  ]);
  expect(program.rule(["b", "f"])).toBe(null);
  expect(program.rule(["b", "missing"])).toBe(null);
});

test("builtins of one's own are called", () => {
  const number = { kind: "number", integer: false } as const;
  const twice: Builtin = { name: "acme.twice", args: [number], result: number, evaluate: (_, x) => Number(x) * 2 };
  const { program } = compile({ modules: [{ file: "a.rego", source: "package a\np := acme.twice(4)" }], builtins: [twice] });
  expect(program?.rule(["a", "p"])?.({}).value).toBe(8);
});

test("print is given its text and place, undefined values included", () => {
  const printed: unknown[] = [];
  const program = programOf('package a\np if {\n\tprint("x", input.x, input.y)\n}');
  program.evaluate("data.a.p", { input: { x: [1] }, print: (text, place) => printed.push([text, place]) });
  expect(printed).toEqual([["x [1] <undefined>", { file: "0.rego", line: 3 }]]);
});

test("the same evaluation gives the same random numbers, another seed others", () => {
  const program = programOf('package a\np := [rand.intn("a", 1000000), rand.intn("a", 1000000), rand.intn("b", 1000000)]');
  const numbers = (seed: string): RegoValue => program.rule(["a", "p"])?.({ seed }).value ?? null;
  const [first, again] = numbers("s") as readonly number[];
  expect(first).toBe(again);
  expect(numbers("s")).toEqual(numbers("s"));
  expect(numbers("s")).not.toEqual(numbers("t"));
});

test("values nested deeper than the stack end the evaluation, not the process", () => {
  let nested: RegoValue = 1;
  for (let depth = 0; depth < 200_000; depth++) nested = [nested];
  let other: RegoValue = 1;
  for (let depth = 0; depth < 200_000; depth++) other = [other];
  const program = programOf("package a\np if input.a == input.b");
  expect(program.rule(["a", "p"])?.({ input: { a: nested, b: other } }).problem?.code).toBe("eval_internal_error");
});

test("a variable of an entry whose key comes again is no variable of the query", () => {
  const { program } = compile({ modules: [] });
  expect(program?.evaluate('x = {"k": left_out, "k": 1}').results).toEqual([{ x: { k: 1 } }]);
});

test("a long chain of functions compiles, whichever end of it comes first", () => {
  const chain = Array.from({ length: 1500 }, (_, i) => `f${i}(x) := f${i + 1}(x) + 1`);
  for (const rules of [chain, chain.toReversed()]) {
    const source = ["package a", ...rules, "f1500(x) := x", "p := f0(1)"].join("\n");
    const { program, diagnostics } = compile({ modules: [{ file: "a.rego", source, version: "v1" }] });
    expect(diagnostics).toEqual([]);
    expect(program?.rule(["a", "p"])?.({ input: {} })).toEqual({ value: 1501, problem: null });
  }
});
