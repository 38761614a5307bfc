import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readResult } from "../read-result.ts";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { json } from "./json.ts";
import { testFormat, textOf } from "./tester.ts";

testFormat("json", json, (text) => (JSON.parse(text) as Result).findings.length);

test("what is written is read again as it was", () => {
  for (const result of Object.values(handMadeResults)) expect(readResult(textOf(json, result))).toEqual({ result });
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      const read = readResult(textOf(json, result));
      expect("problem" in read ? read.problem : "").toBe("");
      // -0 is written as 0.
      expect(read).toEqual({ result: JSON.parse(JSON.stringify(result)) as Result });
    }),
    { numRuns: 200 },
  );
});

test("each finding stands on a line of its own", () => {
  const { findings } = handMadeResults as { readonly findings: Result };
  const lines = textOf(json, findings).split("\n");
  for (const { fingerprint } of findings.findings) {
    expect(
      lines.filter((line) => line.startsWith(`    {"fingerprint":"${fingerprint}"`) || line.includes(`"fingerprint":"${fingerprint}"`)),
    ).toHaveLength(1);
  }
});
