import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { buildResult, resourceAt } from "../testing/build-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { readCsv } from "../testing/read-csv.ts";
import { csv } from "./csv.ts";
import { testFormat, textOf } from "./tester.ts";

testFormat("csv", csv, (text) => readCsv(text).filter(({ record }) => record === "finding").length);

const FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|'/c calc'!A0", "＝1", "\n=1"];

test.each(FORMULAS)("%j is no formula to a spreadsheet", (message) => {
  const result = buildResult({
    controls: [{ id: "C-1", name: message, score: 5 }],
    resources: [resourceAt("Pod", "a", message, 1)],
    findings: [{ control: "C-1", resource: 0, message, fixes: [{ kind: "none", reason: "r" }] }],
  });
  const finding = readCsv(textOf(csv, result)).find(({ record }) => record === "finding");
  expect(finding?.["message"]).toBe(`'${message}`);
  expect(finding?.["file"]).toBe(`'${message}`);
});

test("no field of any result begins as a formula does, and texts are all there", () => {
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      const rows = readCsv(textOf(csv, result));
      for (const row of rows)
        for (const text of Object.values(row)) expect(text).not.toMatch(/^\s*[=@+]|^\s*-(?!\d+(?:\.\d+)?(?:e-?\d+)?$)/u);
      const messages = rows
        .filter(({ record }) => record === "finding")
        .map(({ message = "" }) => message.replace(/^'(?=[\s\0]*[=+\-@＝＋－＠]|[\t\r\n])/u, ""));
      expect(messages).toEqual(result.findings.map(({ message }) => message.toWellFormed()));
    }),
    { numRuns: 150 },
  );
});

test("a line of its own for the scan, each framework and control; no data is said", () => {
  const rows = readCsv(textOf(csv, handMadeResults["empty"] as Result));
  expect(rows[0]).toMatchObject({ record: "scan", findings: "0", compliance: "no data", coverage: "no data", all_controls: "2" });
  expect(rows[1]).toMatchObject({ record: "framework", name: "nsa" });
  expect(rows.find(({ control }) => control === "C-0069")).toMatchObject({
    record: "control",
    status: "skipped",
    reason: "needs host-data",
  });
});

test("what an exception accepts says which, why and until when", () => {
  const rows = readCsv(textOf(csv, handMadeResults["findings"] as Result));
  expect(rows.find(({ record, status }) => record === "finding" && status === "accepted")).toMatchObject({
    control: "C-0030",
    accepted_by: "node-tuner-network",
    reason: "It uses the host's network.",
    expires: "2026-12-31",
  });
});
