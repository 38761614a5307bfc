// All outputs of one result say the same: as many findings, as many accepted, as many controls skipped, the same score or that there is none.
import type { Result, Score } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formats } from "./formats/list.ts";
import { textOf } from "./formats/tester.ts";
import { percentText } from "./pretty/percent.ts";
import { arbitraryResult } from "./testing/arbitrary-result.ts";
import { handMadeResults } from "./testing/hand-made-results.ts";
import { readings } from "./testing/readings.ts";

/** The forms in which a score may be written: as it is, or for people. */
function scoreForms(score: Score): readonly string[] {
  return [score === null ? "no data" : JSON.stringify(score), percentText(score)];
}

// No text: what its pages say is for its own tests to read.
const texts = formats.filter(({ id }) => id !== "pdf");

test("every format that is text has a reader here", () => {
  expect(Object.keys(readings).toSorted()).toEqual(texts.map(({ id }) => id).toSorted());
});

test.each(texts)("$id says what the result says, of any result", async ({ id, load }) => {
  const format = await load();
  const read = readings[id];
  if (read === undefined) throw new Error(`testing/readings.ts has no reader for ${id}`);
  const same = (result: Result): void => {
    const { findings, accepted, skipped, compliance, coverage } = read(textOf(format, result));
    const { summary } = result;
    expect({ findings, accepted, skipped }).toEqual({
      findings: summary.findings,
      accepted: summary.accepted,
      skipped: summary.controls.skipped,
    });
    expect(scoreForms(summary.compliance)).toContain(compliance);
    expect(scoreForms(summary.coverage)).toContain(coverage);
  };
  for (const result of Object.values(handMadeResults)) same(result);
  fc.assert(fc.property(arbitraryResult, same), { numRuns: 100 });
});
