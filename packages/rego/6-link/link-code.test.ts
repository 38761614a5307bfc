import { expect, test, vi } from "vitest";
import { compile } from "./compile.ts";
import type { ModuleSource } from "./program.ts";

function module(file: string, source: string): ModuleSource {
  return { file, source, version: "v1" };
}

/** Compiles and evaluates `data.rules.deny`; tells its value, and of how many texts code was made. */
function evaluated(modules: readonly ModuleSource[]): { readonly value: unknown; readonly made: number } {
  let made = 0;
  const { Function: original } = globalThis;
  vi.stubGlobal(
    "Function",
    new Proxy(original, {
      construct(target, texts: readonly string[]) {
        made++;
        return Reflect.construct(target, texts) as object;
      },
    }),
  );
  try {
    const { program, diagnostics } = compile({ modules, entrypoints: [["rules", "deny"]] });
    expect(diagnostics).toEqual([]);
    return { value: program?.rule(["rules", "deny"])?.({ input: { n: 3 } }).value, made };
  } finally {
    vi.unstubAllGlobals();
  }
}

function rule(body: string): ModuleSource {
  return module("rule.rego", `package rules\n\nimport data.lib.linked\n\ndeny := ${body}\n`);
}

const lib = module(
  "linked.rego",
  "package lib.linked\n\ntwice(x) := x * 2\n\nlimit := twice(input.n)\n\nover(x) if x > limit\n\nnames := {name | some name in input.names}\n",
);

test("code is made once of a rule that stands in many programs, at whatever place it stands in them", () => {
  const first = evaluated([rule("[linked.twice(4), linked.over(7)]"), lib]);
  expect(first).toEqual({ value: [8, true], made: 4 });
  const before = module("before.rego", "package aaa\n\nfirst := 1\n\nsecond := 2\n");
  expect(evaluated([before, lib, rule("[linked.over(7), linked.limit]")])).toEqual({ value: [true, 6], made: 1 });
  expect(evaluated([lib, rule("linked.names"), before]).made).toBe(2);
});

test("a rule of the same text means another rule beside another module", () => {
  const other = module("linked.rego", "package lib.linked\n\ntwice(x) := x + x + 1\n\nlimit := 1\n\nover(x) if x > limit\n");
  const use = rule("[linked.twice(5), linked.over(2)]");
  expect(evaluated([use, lib]).value).toBe(undefined);
  expect(evaluated([use, other]).value).toEqual([11, true]);
  expect(evaluated([use, lib]).value).toBe(undefined);
});
