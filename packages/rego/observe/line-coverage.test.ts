import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import type { RegoValue } from "../runtime/value.ts";
import { LineCoverage, type CoverageRange } from "./line-coverage.ts";

/** A case of cases/coverage.yaml. */
interface Case {
  readonly note: string;
  readonly source: string;
  readonly query: string;
  readonly inputs: readonly RegoValue[];
  readonly covered: readonly number[];
  readonly not_covered: readonly number[];
}

const cases = load(readFileSync(new URL("cases/coverage.yaml", import.meta.url), "utf8")) as readonly Case[];

function lines(ranges: readonly CoverageRange[]): readonly number[] {
  const all = ranges.flatMap(({ start, end }) => Array.from({ length: end.row - start.row + 1 }, (_, i) => start.row + i));
  return [...new Set(all)].toSorted((a, b) => a - b);
}

test.each(cases)("coverage: $note", ({ source, query, inputs, covered, not_covered: missed }) => {
  const { program } = compile({ modules: [{ file: "a.rego", source, version: "v1" }] });
  const coverage = new LineCoverage();
  for (const input of inputs) expect(program?.evaluate(query, { input, coverage }).problem).toBeNull();
  const report = coverage.report();
  const file = report.files["a.rego"];
  expect({ covered: lines(file?.covered ?? []), missed: lines(file?.not_covered ?? []) }).toEqual({ covered, missed });
  expect(file).toMatchObject({ covered_lines: covered.length, not_covered_lines: missed.length });
  expect(report.coverage).toBeCloseTo((100 * covered.length) / (covered.length + missed.length), 9);
});

test("what no evaluation reached is reported as soon as a program was evaluated", () => {
  const { program } = compile({
    modules: [
      { file: "a.rego", source: "package a\n\np := 1\n", version: "v1" },
      { file: "b.rego", source: "package b\n\nq := input.x\n", version: "v1" },
    ],
  });
  const coverage = new LineCoverage();
  program?.rule(["a", "p"])?.({ coverage });
  expect(coverage.report()).toMatchObject({
    files: { "a.rego": { covered_lines: 1, coverage: 100 }, "b.rego": { covered_lines: 0, coverage: 0 } },
    covered_lines: 1,
    not_covered_lines: 1,
    coverage: 50,
  });
});
