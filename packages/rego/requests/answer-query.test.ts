import { describe, expect, test } from "vitest";
import { currentCapabilities } from "../builtins/capabilities.ts";
import { answerQuery, type QueryAnswer, type QueryRequest } from "./answer-query.ts";

const SOURCE = `package shop

deny contains x if {
	some x in input.items
	print("seen", x)
	x > data.limit
}

unused := 1
`;

function answered(query: string, request: Partial<QueryRequest> = {}, printed: string[] = []): QueryAnswer {
  let time = 0;
  return answerQuery(
    { modules: [{ file: "shop.rego", source: SOURCE, version: "v1" }], query, ...request },
    { input: { items: [1, 5] }, data: { limit: 2 }, clock: () => (time += 1000), print: (message) => printed.push(message) },
  );
}

test("what is not asked for is not told", () => {
  expect(answered("data.shop.deny[x]")).toEqual({
    solutions: [{ bindings: { x: 5 }, expressions: [{ value: 5, text: "data.shop.deny[x]", line: 1, column: 1 }] }],
    problem: null,
    diagnostics: [],
    explanation: null,
    profile: null,
    coverage: null,
    metrics: null,
  });
});

test("rules print to the host", () => {
  const printed: string[] = [];
  answered("data.shop.deny", {}, printed);
  expect(printed).toEqual(["seen 1", "seen 5"]);
});

describe("explanations", () => {
  test("the steps behind a solution name what is read, and nothing of the engine's own", () => {
    const { explanation } = answered("data.shop.deny[x]; x > 1", { explain: "steps" });
    expect(explanation?.steps).toMatchObject([
      {
        rule: "data.shop.deny[x]; x > 1",
        steps: [
          { text: "data.shop.deny[x]", variables: { x: 5 }, because: [{ rule: "data.shop.deny", value: 5, line: 3 }] },
          { text: "x > 1", variables: { x: 5 } },
        ],
      },
    ]);
    expect(explanation?.text).toContain("  query:1  data.shop.deny[x]\n");
    expect(explanation?.text).not.toContain("value_of_expression");
  });

  test("what is no solution is not explained, and an answer is, also when it is false", () => {
    expect(answered("some x in [1, 2]; x > 1", { explain: "steps" }).explanation?.steps).toMatchObject([
      { steps: [{ variables: { x: 2 } }, {}] },
    ]);
    expect(answered("x := 1; x > 1", { explain: "steps" }).explanation).toEqual({
      text: expect.stringContaining("there is no solution") as string,
      steps: [],
    });
    expect(answered("1 > 2", { explain: "steps" }).explanation?.steps).toHaveLength(1);
    expect(answered("data.shop.none", { explain: "steps" }).explanation?.steps).toEqual([]);
  });

  test("of a set that is asked for as a whole, each member is explained", () => {
    const source = "package shop\n\ndeny contains x if some x in [1, 2, 3]\n";
    const { explanation } = answered("data.shop.deny", { explain: "steps", modules: [{ file: "a.rego", source, version: "v1" }] });
    expect(explanation?.steps?.[0]?.steps[0]?.because.map(({ value }) => value)).toEqual([1, 2, 3]);
  });

  test.each(["full", "fails", "notes"] as const)("events (%s) are text", (view) => {
    const { explanation } = answered('data.shop.deny; trace("here")', { explain: view });
    expect(explanation?.steps).toBeNull();
    expect(explanation?.text).toMatch(
      view === "notes" ? /Note "here"/u : view === "fails" ? /Fail x > data\.limit/u : /Eval data\.shop\.deny\n/u,
    );
  });
});

test("a profile has as many expressions as are wanted, the dearest first", () => {
  const { profile } = answered("data.shop.deny", { profile: 2 });
  expect(profile).toHaveLength(2);
  const [first, second] = profile ?? [];
  expect(first?.total_time_ns).toBeGreaterThanOrEqual(second?.total_time_ns ?? Infinity);
});

test("coverage is that of the modules", () => {
  expect(answered("data.shop.deny", { coverage: true }).coverage?.files["shop.rego"]?.not_covered).toEqual([
    { start: { row: 9, col: 1 }, end: { row: 9, col: 12 } },
  ]);
});

test("metrics name what was timed", () => {
  expect(Object.keys(answered("1", { metrics: true }).metrics ?? {})).toEqual(
    expect.arrayContaining(["timer_rego_parse_ns", "timer_rego_evaluate_ns"]),
  );
});

test("limits, capabilities, schemas and strictness hold", () => {
  expect(answered("data.shop.deny", { limits: { steps: 1 } }).problem).toMatchObject({ code: "limit_steps" });
  const capabilities = { ...currentCapabilities(), builtins: [] };
  expect(answered("1", { capabilities }).diagnostics[0]).toMatchObject({ code: "rego_type_error" });
  const schemas = { schema: { type: "object", properties: { things: { type: "array" } } } };
  expect(answered("1", { schemas }).diagnostics[0]).toMatchObject({ code: "rego_type_error", file: "shop.rego", line: 4 });
  const modules = [{ file: "a.rego", source: "package a\n\nimport data.b\n", version: "v1" } as const];
  expect(answered("1", { modules }).problem).toBeNull();
  expect(answered("1", { modules, strict: true }).diagnostics).toMatchObject([{ code: "rego_compile_error", line: 3 }]);
});

test("what was collected of an evaluation that failed is told", () => {
  const { solutions, problem, coverage } = answered("data.shop.deny; 1 / 0", { strictBuiltinErrors: true, coverage: true });
  expect(solutions).toBeNull();
  expect(problem).toMatchObject({ code: "eval_builtin_error" });
  expect(coverage?.coverage).toBeGreaterThan(0);
});
