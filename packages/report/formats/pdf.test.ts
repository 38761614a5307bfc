import { createHash } from "node:crypto";
import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { markupResult } from "../testing/markup-result.ts";
import { formats } from "./list.ts";
import { pdf } from "./pdf.ts";
import { piecesOf } from "./tester.ts";

function bytesOf(result: Result): Buffer {
  return Buffer.concat(piecesOf(pdf, result).map((piece) => Buffer.from(piece)));
}

function digest(result: Result): string {
  return createHash("sha256").update(bytesOf(result)).digest("hex");
}

test("it is listed", async () => {
  const entry = formats.find(({ id }) => id === "pdf");
  expect(entry?.extension).toBe(".pdf");
  expect(await entry?.load()).toBe(pdf);
});

test.each(Object.keys(handMadeResults))("%s: a whole document, the same for the same result, which is not changed", (name) => {
  const result = handMadeResults[name] as Result;
  const copy = structuredClone(result);
  const bytes = bytesOf(result);
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.subarray(-6).toString()).toBe("%%EOF\n");
  expect(digest(copy)).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(result).toEqual(copy);
});

test("its date is the result's, and there is none where the result has none", () => {
  const info = (name: string): string => bytesOf(handMadeResults[name] as Result).toString("latin1");
  expect(info("findings")).toMatch(/\/CreationDate \d+ 0 R/u);
  expect(info("findings")).toContain("(D:20260101000000Z)");
  expect(info("calm")).not.toContain("CreationDate");
  expect(info("calm")).not.toMatch(/\(D:\d/u);
});

test("any result, hostile ones among them, becomes a document", () => {
  expect(bytesOf(markupResult).length).toBeGreaterThan(10_000);
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      expect(bytesOf(result).subarray(-6).toString()).toBe("%%EOF\n");
    }),
    { numRuns: 8 },
  );
});
