import fc from "fast-check";
import { expect, test } from "vitest";
import { percentText } from "./percent.ts";

test.each([
  [null, "no data"],
  [100, "100 %"],
  [99.999_999_999_999, "99.9 %"],
  [99.95, "99.9 %"],
  [78.4, "78.4 %"],
  [(100 * 29) / 37, "78.3 %"],
  // 0.1 + 0.2 of a mean: a little below what it should be.
  [0.3 - 4e-17, "0.3 %"],
  [50, "50 %"],
  [0.05, "< 0.1 %"],
  [0, "0 %"],
])("%d is %s", (score, text) => {
  expect(percentText(score)).toBe(text);
});

test("only 100 reads as 100, only 0 as 0, and nothing is rounded up", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (score) => {
      const text = percentText(score);
      expect(text === "100 %").toBe(score === 100);
      expect(text === "0 %").toBe(score === 0);
      expect(Number(text.replace(/^< .*/u, "0").replace(" %", ""))).toBeLessThanOrEqual(score + 1e-9);
    }),
  );
});
