import { describe, expect, test } from "vitest";
import { compile } from "./compile.ts";
import type { EvaluateOptions, Program } from "./program.ts";
import { evaluateExpressions, type ExpressionsResult } from "./query-expressions.ts";

function programOf(source: string): Program {
  const { program, diagnostics } = compile({ modules: [{ file: "a.rego", source, version: "v1" }] });
  if (program === null) throw new Error(JSON.stringify(diagnostics));
  return program;
}

const program = programOf(`package shop.orders

limit := 2

deny contains x if {
	some x in input.items
	x > limit
}

double(x) := 2 * x

names.first := "ada"
`);

function evaluated(query: string, options: EvaluateOptions = {}): ExpressionsResult {
  return evaluateExpressions(program, query, { input: { items: [1, 3] }, ...options });
}

/** The values of each solution's expressions, and its variables. */
function solutions(query: string, options: EvaluateOptions = {}): unknown {
  return evaluated(query, options).solutions?.map(({ expressions, bindings }) => [expressions.map(({ value }) => value), bindings]);
}

describe("values of expressions", () => {
  test.each([
    ["1 + 2", [[[3], {}]]],
    ["x := 1; x + 1", [[[true, 2], { x: 1 }]]],
    ["1 > 2", [[[false], {}]]],
    ["x := 1; 1 > 2", []],
    ["[true, false][_]", [[[true], {}]]],
    [
      "some x in [1, 2]; x * 10",
      [
        [[true, 10], { x: 1 }],
        [[true, 20], { x: 2 }],
      ],
    ],
    ["not false", [[[true], {}]]],
    ["data.shop.orders.none", []],
    ['print("x")', [[[true], {}]]],
  ])("%s", (query, expected) => {
    expect(solutions(query)).toEqual(expected);
  });

  test("texts and places are those of the query", () => {
    expect(evaluated("x := 1;\n  x + 1").solutions?.[0]?.expressions).toMatchObject([
      { text: "x := 1", line: 1, column: 1 },
      { text: "x + 1", line: 2, column: 3 },
    ]);
  });

  test("what is wrong with a query is told of the query as it was written", () => {
    expect(evaluated("1 + y")).toMatchObject({ solutions: null, diagnostics: [{ code: "rego_unsafe_var_error", line: 1, column: 5 }] });
  });
});

describe("a query in a package, with imports", () => {
  test.each<[string, EvaluateOptions, unknown]>([
    ["limit", { queryPackage: "shop.orders" }, [[[2], {}]]],
    ["double(limit); names.first", { queryPackage: "shop.orders" }, [[[4, "ada"], {}]]],
    ["limit := 7; limit", { queryPackage: "shop.orders" }, [[[true, 7], { limit: 7 }]]],
    ["orders.limit", { queryImports: ["data.shop.orders"] }, [[[2], {}]]],
    ["o.limit; it[1]", { queryImports: ["data.shop.orders as o", "input.items as it"] }, [[[2, 3], {}]]],
    ["orders.limit; limit", { queryPackage: "shop.orders", queryImports: ["data.shop.orders"] }, [[[2, 2], {}]]],
    ["data.shop.orders.limit", { queryPackage: "elsewhere" }, [[[2], {}]]],
  ])("%s with %j", (query, options, expected) => {
    expect(solutions(query, options)).toEqual(expected);
  });

  test("the same query in another package is another query", () => {
    expect(solutions("limit", { queryPackage: "shop.orders" })).toEqual([[[2], {}]]);
    expect(evaluated("limit").diagnostics).toMatchObject([{ code: "rego_unsafe_var_error" }]);
  });

  test.each([{ queryPackage: "a b" }, { queryPackage: "" }, { queryImports: ["nothing"] }, { queryImports: ["data.["] }])(
    "what is no package or import is told: %j",
    (options) => {
      const { solutions: none, diagnostics } = evaluated("1", options);
      expect(none).toBeNull();
      expect(diagnostics[0]).toMatchObject({ code: "rego_parse_error", file: "query imports" });
    },
  );
});
