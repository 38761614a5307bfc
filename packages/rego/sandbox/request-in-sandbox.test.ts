import { expect, test } from "vitest";
import { answerQuery, type QueryRequest } from "../requests/answer-query.ts";
import { answerTests, type TestRequest } from "../requests/test-run.ts";
import { annotationsInSandbox, queryInSandbox, testsInSandbox } from "./request-in-sandbox.ts";

const ENDLESS = "count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1])";
const SOURCE = `package shop

deny contains x if {
	print("seen", input.items)
	some x in input.items
	x > data.limit
}

slow := ${ENDLESS}

big := [text | some i in numbers.range(1, 3000); text := sprintf("%01000d", [i])]
`;

const modules = [{ file: "shop.rego", source: SOURCE, version: "v1" } as const];
const input = { items: [1, 5, 12345678901234567890n] };
const data = { limit: 2 };

function request(query: string, more: Partial<QueryRequest> = {}): QueryRequest {
  return { modules, query, ...more };
}

test("an answer is what it would be here, explanation, coverage and large numbers too", async () => {
  const whole = request("data.shop.deny[x]", { explain: "steps", coverage: true, seed: "a", now: "5" });
  const printed: string[] = [];
  const there = await queryInSandbox(whole, { input, data, print: (message) => printed.push(message) });
  const here = answerQuery(whole, { input, data, clock: () => 0, print: () => {} });
  expect(there).toEqual(here);
  expect(printed).toEqual(["seen [1, 5, 12345678901234567890]"]);
}, 30_000);

test("no input is no input", async () => {
  const { solutions } = await queryInSandbox(request("not input"));
  expect(solutions).toHaveLength(1);
}, 30_000);

test("an evaluation without end is ended, and the rule that was asked for is named", async () => {
  const { problem } = await queryInSandbox(request("x := data.shop.slow"), { input, limits: { wallMs: 1000 } });
  expect(problem).toMatchObject({ code: "limit_time", file: "shop.rego", line: 9 });
}, 30_000);

test("where steps are counted, the line is named that was reached when the time was over", async () => {
  const source = `package deep\n\nrule := helper(1)\n\nhelper(x) := n if {\n\tx > 0\n\tn := ${ENDLESS}\n}\n`;
  const counted = { modules: [{ file: "deep.rego", source, version: "v1" }], limits: { steps: 1e12 } } as const;
  const { problem } = await queryInSandbox({ ...counted, query: "data.deep.rule" }, { limits: { wallMs: 2500 } });
  expect(problem).toMatchObject({ code: "limit_time", file: "deep.rego", line: 7 });
  const more = { ...counted.modules[0], file: "deep_test.rego", source: "package deep\n\ntest_rule if rule == 1\n" };
  const { results } = await testsInSandbox({ ...counted, modules: [...counted.modules, more] }, { limits: { wallMs: 2500 } });
  expect(results).toMatchObject([{ outcome: "error", problem: { code: "limit_time", file: "deep.rego", line: 7 } }]);
}, 30_000);

test("a result that is too large is refused", async () => {
  const { problem } = await queryInSandbox(request("data.shop.big"), { input, limits: { outputBytes: 100_000 } });
  expect(problem).toMatchObject({ code: "limit_output", file: "shop.rego", line: 11 });
}, 30_000);

test("what is wrong with modules or query is told", async () => {
  expect((await queryInSandbox(request("x := "))).diagnostics).toMatchObject([{ file: "query" }]);
}, 30_000);

const TESTS = `package t

test_a if data.limit == 2

test_slow if ${ENDLESS} == 1

test_fails if data.limit == 3

test_z if {
	print("z")
	data.limit == 2
}
`;
const tests: TestRequest = { modules: [{ file: "t.rego", source: TESTS, version: "v1" }], explain: true, coverage: true };

test("a test that passes a limit is an error; those beside it come out, and what they covered counts", async () => {
  const { results, coverage } = await testsInSandbox(tests, { data, limits: { wallMs: 1500 } });
  expect(results).toMatchObject([
    { outcome: "pass" },
    { outcome: "error", problem: { code: "limit_time", file: "t.rego", line: 5 } },
    { outcome: "fail", failure: { line: 7, values: [{ text: "data.limit", value: "2" }] } },
    { outcome: "pass", printed: ["z"] },
  ]);
  const without: TestRequest = { ...tests, run: "test_(?:a|fails|z)" };
  const here = answerTests(without, { data, clock: () => 0, print: () => {} });
  expect(coverage).toEqual(here.coverage);
}, 60_000);

test("what does not compile has no results", async () => {
  const { results, diagnostics } = await testsInSandbox({
    modules: [{ file: "t.rego", source: "package t\n\ntest_a if x\n", version: "v1" }],
  });
  expect(results).toBeNull();
  expect(diagnostics).toMatchObject([{ code: "rego_unsafe_var_error", line: 3 }]);
}, 30_000);

test("modules that say nothing of themselves need no process", async () => {
  const modules = [
    { file: "a.rego", source: "package a\n\np := 1\n" },
    { file: "b.rego", source: "}{" },
  ];
  // A process would be refused with so little memory.
  expect(await annotationsInSandbox(modules, { limits: { memoryBytes: 1 } })).toEqual({ annotations: [null, null], problem: null });
}, 30_000);

test("what packages say of themselves is read there, and a file that takes too much is named", async () => {
  const said = { file: "said.rego", source: "# METADATA\n# title: Said\n# custom: {id: A-1}\npackage a\n" };
  const old = { file: "old.rego", source: "# METADATA\n# title: Old\npackage a\n\np[1] { true }\n" };
  const modules = [said, old, { file: "none.rego", source: "package a" }, { file: "broken.rego", source: "}{" }];
  expect(await annotationsInSandbox(modules)).toEqual({
    annotations: [{ scope: "package", title: "Said", custom: { id: "A-1" } }, { scope: "package", title: "Old" }, null, null],
    problem: null,
  });
  // Each line stands for ten of the one before: no text that could be sent.
  const bomb = Array.from(
    { length: 12 },
    (_, i) => `# x${i}: &x${i} [${Array.from({ length: 10 }, () => (i === 0 ? "y" : `*x${i - 1}`)).join(", ")}]`,
  );
  const source = `# METADATA\n${bomb.join("\n")}\npackage a\n`;
  const { annotations, problem } = await annotationsInSandbox([said, { file: "bomb.rego", source }], { limits: { wallMs: 4000 } });
  expect(annotations).toBeNull();
  expect(problem).toMatchObject({ file: "bomb.rego" });
}, 60_000);
