import { describe, expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import type { RuleResult } from "../6-link/program.ts";
import { stringify } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";
import { defineBuiltin, types } from "./define-builtin.ts";
import type { Builtin } from "./define.ts";

/** What `data.test.p` is, with builtins of one's own. */
function evaluate(rule: string, builtins: readonly Builtin[], input: RegoValue = null): RuleResult {
  const { program, diagnostics } = compile({
    modules: [{ file: "test.rego", source: `package test\nimport rego.v1\n${rule}\n` }],
    builtins,
  });
  expect(diagnostics).toEqual([]);
  return program!.rule(["test", "p"])!({ input, strictBuiltinErrors: true });
}

const initials = defineBuiltin({
  name: "text.initials",
  args: [types.string, types.array(types.integer)],
  result: types.string,
  evaluate: (context, text, [first = 0]) => (text === "" ? context.fail("eval_builtin_error", "no text") : text.charAt(Number(first))),
});

describe("a builtin of one's own", () => {
  test("is called with operands of its types", () => {
    expect(evaluate(`p := text.initials("abc", [1])`, [initials]).value).toBe("b");
    expect(evaluate(`p := text.initials(input, [1])`, [initials], 7).problem).toMatchObject({
      code: "eval_type_error",
      message: expect.stringContaining("operand 1 must be string but got number"),
    });
    expect(evaluate(`p := text.initials("abc", input)`, [initials], [1.5]).problem?.code).toBe("eval_type_error");
  });

  test("says why it has no result", () => {
    expect(evaluate(`p := text.initials("", [])`, [initials]).problem).toMatchObject({
      code: "eval_builtin_error",
      message: expect.stringContaining("no text"),
    });
  });

  test("can be replaced in a test of rules, and takes the place of one that is there", () => {
    expect(evaluate(`q := text.initials("abc", [1])\np := x if x := q with text.initials as "x"`, [initials]).value).toBe("x");
    const upper = defineBuiltin({ name: "upper", args: [types.string], result: types.string, evaluate: (_, text) => `${text}!` });
    expect(evaluate(`p := upper(input)`, [upper], "a").value).toBe("a!");
  });

  test("is called once for the same operands where that is wanted", () => {
    const calls: string[] = [];
    const noted = (memoise: boolean): Builtin =>
      defineBuiltin({
        name: "note",
        args: [types.any],
        result: types.any,
        ...(memoise ? { memoise: true } : {}),
        evaluate(_, value) {
          calls.push(stringify(value));
          return value === null ? undefined : value;
        },
      });
    const rule = `p := [x | some i in input; x := note(i)]`;
    expect(evaluate(rule, [noted(true)], ["a", "a", 1, null, null, [1]]).value).toEqual(["a", "a", 1, [1]]);
    expect(calls).toEqual(['"a"', "1", "null", "[1]"]);
    expect(evaluate(`p := {note({1}), note([1])}`, [noted(true)]).value).toMatchObject({ size: 2 });
  });

  test.each(["", "a-b", "a..b", "1a", "a b", "in", "some.thing", "input", "data.x", "x.else", "a\n"])("can't be called %j", (name) => {
    expect(() => defineBuiltin({ name, args: [], result: types.any, evaluate: () => null })).toThrow(TypeError);
  });
});
