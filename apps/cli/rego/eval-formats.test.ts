import { describe, expect, test } from "vitest";
import { coverageTable, evalFormats, type EvalReport } from "./eval-formats.ts";

const report: EvalReport = {
  solutions: [{ expressions: [{ value: 3, text: "1 + 2", line: 1, column: 1 }], bindings: {} }],
  metrics: null,
  explanation: null,
  profile: null,
  coverage: null,
};

const explained: EvalReport = { ...report, explanation: { text: "because\u001B[31m\n", steps: null } };

describe("what is asked for beside the solutions", () => {
  test("is nothing where it was not asked for", () => {
    expect(evalFormats.raw(report)).toEqual({ text: "3\n", notes: "" });
    expect(evalFormats.discard(report)).toEqual({ text: "", notes: "" });
    expect(JSON.parse(evalFormats.json(report).text)).toEqual({
      result: [{ expressions: [{ value: 3, text: "1 + 2", location: { row: 1, col: 1 } }] }],
    });
  });

  test("goes beside values to standard error, and is never obeyed by a terminal", () => {
    const { text, notes } = evalFormats.raw(explained);
    expect(text).toBe("3\n");
    expect(notes).toMatch(/^because/u);
    expect(notes).not.toContain("\u001B");
    expect(evalFormats.pretty(explained).text).toMatch(/^3\nbecause/u);
  });

  test("is in the JSON, an explanation without steps as lines", () => {
    expect(JSON.parse(evalFormats.json(explained).text)).toMatchObject({ explanation: ["because\u001B[31m"] });
    expect(JSON.parse(evalFormats.discard({ ...report, metrics: { timer_rego_load_files_ns: 1 } }).text)).toEqual({
      metrics: { timer_rego_load_files_ns: 1 },
    });
  });
});

test("lines of coverage are those on which nothing was evaluated", () => {
  const range = (from: number, to: number): { start: { row: number; col: number }; end: { row: number; col: number } } => ({
    start: { row: from, col: 1 },
    end: { row: to, col: 2 },
  });
  const figures = { covered_lines: 3, not_covered_lines: 3, coverage: 50 };
  const files = { "a.rego": { ...figures, covered: [range(2, 2), range(5, 6)], not_covered: [range(2, 4), range(9, 9), range(8, 8)] } };
  const table = coverageTable({ files, ...figures });
  expect(table).toContain("│ a.rego │ 50.0 %  │ 3-4, 8-9 ");
});
