import { expect, test } from "vitest";
import { opaAnswers } from "./ask-opa.ts";
import { builtinDifferences, knownDifferences } from "./builtin-differences.ts";
import { comparable } from "./builtin-calls.ts";

// A short run with a fixed seed; run-builtins.ts makes long ones.
test("random calls of every builtin give what OPA gives", { timeout: 60_000 }, ({ skip }) => {
  const program = opaAnswers();
  if (program === null) {
    const what = "missing: opa-answers; build it with tools/install-peers opa-answers";
    if (process.env["HOLDFAST_REQUIRE_ALL"] === "1") throw new Error(what);
    return skip(what);
  }
  const { found, results, asked } = builtinDifferences(program, 1, 8, () => true);
  expect(found.map(({ question, opa, holdfast }) => ({ query: question.query, input: question.inputTerm, opa, holdfast }))).toEqual([]);
  // Calls that suit their builtin, not errors alone.
  expect(results).toBeGreaterThan(asked / 2);
});

test("what is known to differ is about builtins that can be compared", () => {
  expect(knownDifferences.filter(({ calls }) => !comparable.some(({ name }) => calls.test(name)))).toEqual([]);
});
