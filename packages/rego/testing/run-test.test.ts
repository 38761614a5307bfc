import { describe, expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import { findTests } from "./find-tests.ts";
import { runTest, type RunTestOptions, type TestResult } from "./run-test.ts";

function results(body: string, options: Partial<RunTestOptions> = {}, explained = false): readonly TestResult[] {
  const source = `package t\n\nimport data.lib as helpers\n\n${body}`;
  const lib = "package lib\n\nsquares contains x * x if some x in input.numbers\n\nhalf(x) := x / 2\n";
  const found = findTests([
    { file: "t.rego", source, version: "v1" },
    { file: "lib.rego", source: lib, version: "v1" },
  ]);
  const { program, diagnostics } = compile({ modules: found.modules });
  if (program === null) throw new Error(JSON.stringify(diagnostics));
  const module = explained ? found.modules[0] : undefined;
  let time = 0;
  const clock = (): number => time++;
  return found.tests.map((each) => runTest(program, each, { clock, ...options, ...(module === undefined ? {} : { module }) }));
}

describe("how a test comes out", () => {
  test.each([
    ["test_x if true", "pass"],
    ["test_x if 1 == 2", "fail"],
    ["test_x := 1", "fail"],
    ["test_x := false", "fail"],
    ["test_x if input.missing", "fail"],
    ["todo_test_x if false", "skip"],
    ["test_x(y) if y", "error"],
    ["test_x := y if some y in [true, false]", "error"],
    ['test_x[name] if { some name in ["a"]; true }', "pass"],
    ['test_x[name] if { some name, ok in {"a": true, "b": false}; ok }', "fail"],
    ["test_x[name] if { some name in [x | some x in [1]; x > 1]; true }", "fail"],
  ])("%s: %s", (body, outcome) => {
    expect(results(body).map((one) => one.outcome)).toEqual([outcome]);
  });

  test("cases are told one by one", () => {
    const [result] = results('test_x[name] if { some name, ok in {"a": true, "b": false}; ok }');
    expect(result?.cases).toEqual([
      { name: "a", passed: true, cases: [] },
      { name: "b", passed: false, cases: [] },
    ]);
  });

  test("what ends an evaluation is the test's problem, with its place", () => {
    expect(results("test_x := y if some y in [true, false]")[0]?.problem).toMatchObject({
      code: "eval_conflict_error",
      file: "t.rego",
      line: 5,
    });
    const limited = results("test_x if count([1 | some i in numbers.range(1, 1000); i > 0]) == 3", { limits: { steps: 50 } });
    expect(limited[0]).toMatchObject({ outcome: "error", problem: { code: "limit_steps", file: "t.rego" } });
  });

  test("what is printed, and how long it took by the clock", () => {
    expect(results('test_x if print("a", 1)')[0]).toMatchObject({ outcome: "pass", printed: ["a 1"], duration: 1 });
  });
});

describe("why a test failed", () => {
  const failure = (body: string): TestResult["failure"] | undefined => results(body, {}, true)[0]?.failure;

  test("the expression furthest down, where it was evaluated last, with its parts and variables", () => {
    expect(failure("test_x if {\n\ty := 2\n\tsome x in [1, 3]\n\tx + 1 == y * y * y\n\tx == 9\n}")).toEqual({
      file: "t.rego",
      line: 8,
      text: "x + 1 == y * y * y",
      values: [
        { text: "x + 1", value: "4" },
        { text: "y * y * y", value: "8" },
        { text: "y * y", value: "4" },
        { text: "x", value: "3" },
        { text: "y", value: "2" },
      ],
    });
  });

  test("parts see imports, rules of their package and what with replaces", () => {
    expect(failure('own := 7\n\ntest_x if helpers.squares == {own} with input as {"numbers": [2, 3]}')).toMatchObject({
      values: [{ text: "helpers.squares", value: "{4, 9}" }],
    });
    expect(failure('test_x if {\n\tn := 4\n\thelpers.half(n) == object.get(input, ["a"], "none") with input as {"a": n}\n}')).toMatchObject(
      {
        values: [
          { text: "helpers.half(n)", value: "2" },
          { text: 'object.get(input, ["a"], "none")', value: "4" },
          { text: "n", value: "4" },
        ],
      },
    );
  });

  test("a part that is undefined is told as such", () => {
    expect(failure("test_x if input.a.b == 1")?.values).toEqual([{ text: "input.a.b", value: null }]);
  });

  test.each<[string, readonly string[]]>([
    ["every x in [1, 2, 1 + 2] { x < 3 }", ["[1, 2, 1 + 2] = [1, 2, 3]", "1 + 2 = 3"]],
    ["every x in helpers.squares { x < 3 } with input.numbers as [2]", ["helpers.squares = {4}"]],
    ["some x in helpers.squares with input.numbers as []", ["helpers.squares = set()"]],
    ["not helpers.half(4) == 2", ["helpers.half(4) = 2"]],
  ])("%s", (body, expected) => {
    expect(failure(`test_x if {\n\t${body}\n}`)?.values.map(({ text, value }) => `${text} = ${value ?? "none"}`)).toEqual(expected);
  });

  test("a part whose variable is not bound has no one value", () => {
    expect(failure("test_x if {\n\tnumbers := [1, 2]\n\tnumbers[i] == 3\n}")?.values).toEqual([{ text: "numbers", value: "[1, 2]" }]);
  });

  test.each([["test_x := false"], ["test_x := 3"]])("where no expression failed there is none to tell: %s", (body) => {
    expect(failure(body)).toBeNull();
  });

  test("tests that pass, and those nobody asks about, have none", () => {
    expect(results("test_x if true", {}, true)[0]?.failure).toBeNull();
    expect(results("test_x if false")[0]?.failure).toBeNull();
  });

  test("the values of a comprehension's own variables are not asked for", () => {
    expect(failure("test_x if count([x | some x in [1, 2]; x > 1]) == 2")).toMatchObject({
      values: [{ text: "count([x | some x in [1, 2]; x > 1])", value: "1" }],
    });
  });

  test("a hostile name can't change the query that a part is evaluated by", () => {
    expect(failure('test_x if {\n\tq := "\\"; data := 1 #"\n\tupper(q) == q\n}')?.values[0]).toEqual({
      text: "upper(q)",
      value: '"\\"; DATA := 1 #"',
    });
  });
});
