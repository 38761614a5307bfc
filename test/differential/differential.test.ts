import { expect, test } from "vitest";
import { opaAnswers } from "./ask-opa.ts";
import { differences } from "./differences.ts";
import { randomForms } from "./generate-forms.ts";
import { randomQuestion } from "./generate.ts";
import { agree } from "./question.ts";
import { Random } from "./random.ts";

// A short run with fixed seeds; run.ts makes long ones.
test("random programs give what OPA gives", { timeout: 120_000 }, ({ skip }) => {
  const program = opaAnswers();
  if (program === null) {
    const what = "missing: opa-answers; build it with tools/install-peers opa-answers";
    if (process.env["HOLDFAST_REQUIRE_ALL"] === "1") throw new Error(what);
    return skip(what);
  }
  const questions = Array.from({ length: 500 }, (_, i) => randomQuestion(new Random(1000 + i)));
  const { found, refused } = differences(program, questions);
  expect(found).toEqual([]);
  expect(refused).toBeLessThan(300);
});

test("random programs of rarer forms give what OPA gives", { timeout: 120_000 }, ({ skip }) => {
  const program = opaAnswers();
  if (program === null) return skip("missing: opa-answers; the test above says what to do");
  const questions = Array.from({ length: 300 }, (_, i) => randomForms(new Random(1000 + i)));
  const { found, refused } = differences(program, questions);
  expect(found).toEqual([]);
  expect(refused).toBeLessThan(200);
});

test("a seed makes the same program again", () => {
  expect(randomQuestion(new Random(7))).toEqual(randomQuestion(new Random(7)));
  expect(randomQuestion(new Random(7))).not.toEqual(randomQuestion(new Random(8)));
});

test("answers agree whatever the order of solutions and keys, and on the codes of errors", () => {
  expect(agree({ result: [{ x: 1 }, { x: 2 }] }, { result: [{ x: 2 }, { x: 1 }] })).toBe(true);
  expect(agree({ result: [{ x: { a: 1, b: 2 } }] }, { result: [{ x: { b: 2, a: 1 } }] })).toBe(true);
  expect(agree({ result: [{ x: [1, 2] }] }, { result: [{ x: [2, 1] }] })).toBe(false);
  expect(agree({ error: { code: "a", message: "one" } }, { error: { code: "a", message: "other" } })).toBe(true);
  expect(agree({ error: { code: "a", message: "" } }, { result: [] })).toBe(false);
});
