import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "../runtime/json.ts";
import { parseNumber } from "../runtime/numbers.ts";
import type { RegoNumber } from "../runtime/value.ts";
import * as extended from "./extended-float.ts";
import * as fractions from "./fractions.ts";

/** Numbers as people write them, some of them with more digits than the quick way takes. */
const written = fc
  .tuple(fc.oneof(fc.integer({ min: -20_000, max: 20_000 }), fc.integer(), fc.maxSafeInteger()), fc.nat({ max: 11 }))
  .map(([units, decimals]) => {
    const digits = String(Math.abs(units)).padStart(decimals + 1, "0");
    const point = digits.length - decimals;
    return parseNumber(`${units < 0 ? "-" : ""}${digits.slice(0, point)}${decimals > 0 ? `.${digits.slice(point)}` : ""}`) as RegoNumber;
  });

// The other way works with fractions of integers of any size, where nothing is left out by itself.
test.each([
  ["sums", fractions.addFractions, extended.addFractions],
  ["differences", fractions.subtractFractions, extended.subtractFractions],
  ["products", fractions.multiplyFractions, extended.multiplyFractions],
  ["quotients", fractions.divideFractions, extended.divideFractions],
] as const)("%s of decimals have the digits that the long way gives them", (_, quick, long) => {
  fc.assert(
    fc.property(written, written, (a, b) => {
      fc.pre(long !== extended.divideFractions || Number(b) !== 0);
      expect(stringify(quick(a, b))).toBe(stringify(long(a, b)));
    }),
    { numRuns: 3000 },
  );
});

test("sums of many decimals have the digits that the long way gives them, each addition being rounded", () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 12 }), (values) => {
      expect(stringify(fractions.sumOfFractions(values))).toBe(stringify(extended.sumOfFractions(values)));
    }),
    { numRuns: 1000 },
  );
});

// What OPA gives.
test.each([
  [fractions.addFractions(0.1, 0.2), "0.3"],
  [fractions.multiplyFractions(0.1, 3), "0.3"],
  [fractions.divideFractions(1, 3), "0.33333333333333333334"],
  [fractions.divideFractions(12_345_675, 10), "1.2345675e+06"],
  [fractions.subtractFractions(0.3, 0.1), "0.20000000000000000002"],
  [fractions.subtractFractions(0.1, 0.1), "0"],
])("%s is written as %s", (value, text) => {
  expect(stringify(value)).toBe(text);
});
