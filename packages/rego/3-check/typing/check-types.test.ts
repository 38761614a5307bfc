import { readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { compile } from "../../6-link/compile.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";

/** A case of cases/types.yaml. */
interface Case {
  readonly module: string;
  readonly refused: readonly string[];
}

const cases = load(readFileSync(path.join(import.meta.dirname, "cases/types.yaml"), "utf8")) as readonly Case[];

function check(source: string): readonly Diagnostic[] {
  return compile({ modules: [{ file: "a.rego", source, version: "v1" }] }).diagnostics;
}

test.each(cases)("$module", ({ module, refused }) => {
  const found = new Set(check(module).map(({ line, code }) => `${line} ${code}`));
  expect([...found].toSorted()).toEqual(refused);
});

describe("messages", () => {
  test("show both sides of what can't be equal", () => {
    expect(check('package a\np if [1] = ["b"]')[0]?.message).toBe("match error\n\tleft  : array<number>\n\tright : array<string>");
  });

  test("show what a function was given and what it takes, with the result last", () => {
    expect(check("package a\np := upper(1)")[0]?.message).toBe(
      "upper: invalid argument(s)\n\thave: (number, ???)\n\twant: (string, string)",
    );
  });

  test("name what there is", () => {
    expect(check('package a\nx := {"name": 1}\np := x.nme')[0]).toMatchObject({
      message: 'undefined ref: data.a.x.nme\n\thave: "nme"\n\twant (one of): ["name"]',
      line: 3,
      column: 8,
    });
  });
});

test("types that share their parts take no longer for being large", () => {
  const rules = Array.from({ length: 60 }, (_, i) => `r${i + 1} := [r${i}, r${i}, {"a": r${i}}]`);
  const started = process.threadCpuUsage();
  const diagnostics = check(["package a", "r0 := input.x", ...rules, "p if r60 = r59", "q if r60 = 1"].join("\n"));
  expect(diagnostics.map(({ line }) => line)).toEqual([64]);
  expect(process.threadCpuUsage(started).user).toBeLessThan(2_000_000);
});

test("types are not checked where that is not wanted", () => {
  const modules = [{ file: "a.rego", source: 'package a\np if 1 = "a"' }];
  expect(compile({ modules, checkTypes: false }).diagnostics).toEqual([]);
});

test("queries are checked too", () => {
  const { program } = compile({ modules: [{ file: "a.rego", source: "package a\nx := 1" }] });
  expect(program?.evaluate("data.a.x.y").diagnostics[0]?.code).toBe("rego_type_error");
  expect(program?.evaluate("data.a.y.z").results).toEqual([]);
});
