// Modules that are compiled again beside others are taken over; what comes out is the same as if nothing had been known.
import { expect, test } from "vitest";
import { defineBuiltin, types } from "../builtins/define-builtin.ts";
import { compile, type Compilation } from "./compile.ts";
import type { ModuleSource } from "./program.ts";

const numbers = module("numbers", "double(x) := x * 2\n\nlimit := data.settings.limit");
const shapes = module(
  "shapes",
  "import data.lib.numbers\n\narea(shape) := numbers.double(shape.side)\n\nsmall contains shape if {\n\tsome shape in input\n\tarea(shape) < numbers.limit\n}\n\nsides(of) := [of.side, of.shape.side]\n\nboth(of) := sides(of)",
);

function module(name: string, body: string): ModuleSource {
  return { file: `${name}.rego`, source: `package lib.${name}\n\nimport rego.v1\n\n${body}\n`, version: "v1" };
}

function rule(body: string): ModuleSource {
  return {
    file: "rule.rego",
    source: `package rules\n\nimport rego.v1\nimport data.lib.shapes\nimport data.lib.numbers\n\n${body}\n`,
    version: "v1",
  };
}

/** A program with a list of builtins that no other was given takes nothing over. */
function compileAlone(modules: readonly ModuleSource[]): Compilation {
  const own = defineBuiltin({ name: "nothing.at_all", args: [], result: types.number, evaluate: () => 1 });
  return compile({ modules, builtins: [own] });
}

const bodies = [
  "deny := shapes.small",
  "deny := {shapes.area(s) | some s in input}",
  "deny := numbers.limit",
  "deny := data.lib.shapes",
  "deny := data.lib[_]",
  // What a function is given decides how it reads it.
  "deny := [shapes.both(shape) | some shape in input]",
  'deny := shapes.both({"side": 1, "shape": {{1}, {2}}})',
];

test("programs are the same in whatever order they share modules", () => {
  for (const body of [...bodies, ...bodies, ...bodies.toReversed()]) {
    for (const modules of [
      [rule(body), shapes, numbers],
      [numbers, rule(body), shapes],
    ]) {
      const shared = compile({ modules }).program;
      expect(shared?.code).toBe(compileAlone(modules).program?.code);
      const data = { settings: { limit: 7 } };
      const input = [{ side: 2 }, { side: 3 }, { side: 4 }];
      const wanted = compileAlone(modules).program?.rule(["rules", "deny"])?.({ input, data });
      expect(shared?.rule(["rules", "deny"])?.({ input, data })).toEqual(wanted);
    }
  }
});

test("a module means something else beside other modules", () => {
  const use = rule('deny := shapes.area({"side": 3})');
  const half = module("numbers", "double(x) := x / 2\n\nlimit := 1");
  const settings: ModuleSource = { file: "settings.rego", source: "package settings\n\nlimit := 5\n", version: "v1" };
  const areas = [numbers, half, numbers, half].map(
    (one) => compile({ modules: [use, shapes, one] }).program?.rule(["rules", "deny"])?.({ input: [] }).value,
  );
  expect(areas).toEqual([6, 1.5, 6, 1.5]);
  const limits = [[numbers], [numbers, settings], [numbers], [settings, numbers]].map(
    (modules) =>
      compile({ modules: [rule("deny := numbers.limit"), shapes, ...modules] }).program?.rule(["rules", "deny"])?.({
        input: [],
        data: { settings: { limit: 7 } },
      }).value,
  );
  expect(limits).toEqual([7, 5, 7, 5]);
});

test("mistakes are reported each time", () => {
  const faulty = module("numbers", "double(x) := y\n\nlimit := 1");
  const messages = [1, 2, 3].map(() => compile({ modules: [rule("deny := 1"), shapes, faulty] }).diagnostics.map(({ message }) => message));
  expect(messages).toEqual([["var y is unsafe"], ["var y is unsafe"], ["var y is unsafe"]]);
  const wrong = rule('deny := numbers.double("a") + count(5)');
  const counts = [1, 2, 3].map(() => compile({ modules: [wrong, shapes, numbers] }).diagnostics.map(({ code }) => code));
  expect(counts[0]).toHaveLength(1);
  expect(counts).toEqual([counts[0], counts[0], counts[0]]);
});

test("rules that replace what others are built on are planned anew", () => {
  const modules = [rule('deny := x if x := shapes.area({"side": 3}) with numbers.double as 4'), shapes, numbers];
  const plain = [rule('deny := shapes.area({"side": 3})'), shapes, numbers];
  const values = [plain, modules, plain, modules, plain].map(
    (each) => compile({ modules: each }).program?.rule(["rules", "deny"])?.({ input: [] }).value,
  );
  expect(values).toEqual([6, 4, 6, 4, 6]);
});
