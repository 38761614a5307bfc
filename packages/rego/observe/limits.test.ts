import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import { stringify } from "../runtime/json.ts";
import { measure } from "../runtime/measure.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import type { RegoValue } from "../runtime/value.ts";

/** A case of cases/limits.yaml. `xs` is how many numbers `input.xs` has. */
interface Case {
  readonly note: string;
  readonly source: string;
  readonly xs?: number;
  readonly steps?: number;
  readonly outputBytes?: number;
  readonly problem?: { readonly code: string; readonly line?: number };
  readonly value?: RegoValue;
}

const cases = load(readFileSync(new URL("cases/limits.yaml", import.meta.url), "utf8")) as readonly Case[];

test.each(cases)("limits: $note", ({ source, xs, steps, outputBytes, problem, value }) => {
  const { program, diagnostics } = compile({ modules: [{ file: "a.rego", source, version: "v1" }] });
  expect(diagnostics).toEqual([]);
  const input = { xs: Array.from({ length: xs ?? 0 }, (_, i) => i) };
  const limits = { ...(steps === undefined ? {} : { steps }), ...(outputBytes === undefined ? {} : { outputBytes }) };
  const start = process.threadCpuUsage();
  const result = program?.rule(["a", "p"])?.({ input, limits });
  expect(process.threadCpuUsage(start).user).toBeLessThan(2_000_000);
  if (problem === undefined) expect(result).toEqual({ value, problem: null });
  else expect(result).toMatchObject({ value: undefined, problem: { file: "a.rego", ...problem } });
});

test("a query is limited as a rule is, at a line of its own", () => {
  const { program } = compile({ modules: [] });
  const steps = program?.evaluate("some x in input; some y in input; x + y < 0", { input: Array(1000).fill(1), limits: { steps: 5000 } });
  expect(steps?.problem).toMatchObject({ code: "limit_steps", file: "query", line: 1 });
  expect(program?.evaluate("x = input", { input: "long text", limits: { outputBytes: 5 } }).problem?.code).toBe("limit_output");
});

describe("the size of a value", () => {
  test.each<[RegoValue]>([
    ["text"],
    ['quo"te\\\n\u0001'],
    ["Größe, 大, 🙂"],
    [[1, 2.5, [true, null]]],
    [{ a: { "b\n": [] } }],
    [RegoSet.of(1, 2)],
  ])("%j: near its JSON text", (value) => {
    const exact = Buffer.byteLength(stringify(value));
    const size = measure(value, Infinity);
    expect(size).toBeGreaterThanOrEqual(exact);
    expect(size).toBeLessThanOrEqual(exact + 10);
  });

  test("values of any depth have one", () => {
    let deep: RegoValue = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(measure(deep, Infinity)).toBeGreaterThan(200_000);
  });
});
