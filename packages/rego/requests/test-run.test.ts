import { describe, expect, test } from "vitest";
import { answerTests, type TestAnswer, type TestRequest } from "./test-run.ts";

const RULES = "package shop\n\nallow if input.ok\n\nnever if input.never\n";
const TESTS =
  'package shop_test\n\nimport data.shop\n\ntest_a if shop.allow with input.ok as true\n\ntest_a if 1 == 2\n\ntest_b[x] if some x in ["c"]\n';

function answered(request: Partial<TestRequest> = {}): TestAnswer {
  const modules = [
    { file: "shop.rego", source: RULES, version: "v1" } as const,
    { file: "shop_test.rego", source: TESTS, version: "v1" } as const,
  ];
  return answerTests({ modules, ...request }, { clock: () => 0, print: () => {} });
}

function names({ results }: TestAnswer): unknown {
  return results?.map(({ test: { name }, outcome }) => `${name} ${outcome}`);
}

test("all tests are run, or those whose full name matches, as often as is wanted", () => {
  expect(names(answered())).toEqual(["test_a pass", "test_a#01 fail", "test_b pass"]);
  expect(names(answered({ run: "shop_test\\.test_b$", count: 2 }))).toEqual(["test_b pass", "test_b pass"]);
  expect(names(answered({ run: "(?i)TEST_A$" }))).toEqual(["test_a pass"]);
});

describe("coverage", () => {
  test("lines are those that were written, not those that are made for running tests", () => {
    const { coverage } = answered({ coverage: true });
    expect(coverage?.files["shop.rego"]?.not_covered).toEqual([
      { start: { row: 5, col: 1 }, end: { row: 5, col: 6 } },
      { start: { row: 5, col: 10 }, end: { row: 5, col: 21 } },
    ]);
    const last = coverage?.files["shop_test.rego"]?.covered.at(-1)?.end.row;
    expect(last).toBeLessThanOrEqual(TESTS.split("\n").length);
  });

  test("without a test nothing is covered", () => {
    expect(answered({ coverage: true, run: "none" }).coverage?.coverage).toBe(0);
  });
});

test("failures are explained where that is wanted", () => {
  expect(answered().results?.[1]?.failure).toBeNull();
  expect(answered({ explain: true }).results?.[1]?.failure).toMatchObject({ line: 7, text: "1 == 2" });
});

test("errors are told of the modules as they were written", () => {
  const modules = [{ file: "a.rego", source: "package a\n\ntest_a if x\n\ntest_a if y\n", version: "v1" } as const];
  const { results, diagnostics } = answered({ modules });
  expect(results).toBeNull();
  expect(diagnostics.map(({ line, column }) => [line, column])).toEqual([
    [3, 11],
    [5, 11],
  ]);
});
